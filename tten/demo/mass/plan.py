"""Which case is a copy of which pattern, of which firm, on which product, when, and over how much money."""

import datetime as dt
import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Self
from zoneinfo import ZoneInfo

from policy.models import PolicyVersion
from redemption.models import Claim
from tten.demo.mass.profile import Profile, shares
from tten.demo.mass.sql import read
from vouchers.models import Application

SHANGHAI = ZoneInfo("Asia/Shanghai")
OLDEST = 720  # days since the first of the cases began
VOUCHER_ALIVE = 400  # days; a voucher that waits to be used is younger
LONE_ORDERS = 20  # cases for each order that nobody applies on
USUAL = {"passed": 32, "approved": 10, "completed": 3, "district": 3, "body": 3, "formal": 3, "experts": 2}
FIRM_STEEP, OFFER_STEEP = 1.4, 2.0  # how much more the first firms and products have than the last ones
MOST_A_YEAR = 60  # applications of one firm, where no profile says how many the busiest has
STEP, LEAST, MOST = 200, 2_000, 120_000  # yuan of a contract, half of which is applied for


@dataclass(frozen=True)
class Pattern:
    """One order of the small demo with what hangs on it."""

    key: int
    order_state: str
    application_state: str | None
    claim_state: str | None
    began: dt.datetime
    submitted_at: dt.datetime | None
    first_due: dt.date | None  # the first day on which the clock would end it

    @property
    def weight(self) -> int:
        """How often it is met."""
        return USUAL.get(self.claim_state or self.application_state or self.order_state, 1)

    def most_weeks(self, today: dt.date) -> int:
        """How many weeks older a copy may be without having outlived its state."""
        age = (today - self.began.date()).days
        if self.first_due is not None:
            return max(0, (self.first_due - today).days // 7)
        if self.claim_state not in {*Claim.DEAD, "passed", None} or self.application_state in Application.TURN:
            return 1
        if self.claim_state is None and (self.application_state or self.order_state) in {"draft", "placed", "serving"}:
            return 2
        return max(0, ((VOUCHER_ALIVE if self.application_state == "approved" else OLDEST) - age) // 7)


@dataclass(frozen=True)
class Among:
    """Whom and what the next case is about."""

    firm: Callable[[random.Random], int]
    offer: Callable[[random.Random], int]
    firms: Sequence[int]  # who may have cases, the busiest first
    most_a_year: int = MOST_A_YEAR

    @classmethod
    def curved(cls, firms: Sequence[int], offers: int) -> Self:
        """Smoothly fewer and fewer for the later ones."""
        return cls(
            firm=lambda chance: firms[int(len(firms) * chance.random() ** FIRM_STEEP)],
            offer=lambda chance: int(offers * chance.random() ** OFFER_STEEP),
            firms=firms,
        )

    @classmethod
    def like(cls, profile: Profile, firms: Sequence[int], offers: Sequence[Sequence[int]]) -> Self:
        """As many as the profile says; offers: of each provider, the one with the most first."""
        firm_ends = list(accumulate(shares(profile.applications_of_firms, len(firms))))
        ends = list(accumulate(shares(profile.orders_of_providers, len(offers))))
        return cls(
            firm=lambda chance: firms[bisect_right(firm_ends, chance.random(), hi=len(firms) - 1)],
            offer=lambda chance: chance.choice(offers[bisect_right(ends, chance.random(), hi=len(offers) - 1)]),
            firms=firms,
            most_a_year=2 * MOST // STEP,
        )


@dataclass
class Plan:
    """The rows of `mass_plan` and of `mass_account`."""

    cases: list[tuple[object, ...]] = field(default_factory=list)
    accounts: list[tuple[object, ...]] = field(default_factory=list)


@dataclass
class Draft:
    """One case before its amount is known."""

    pattern: Pattern
    firm: int
    offer: int
    days: int
    minutes: int
    began: dt.datetime
    account: tuple[int, int] | None  # firm and year
    rules: PolicyVersion


def plan_cases(count: int, chance: random.Random, among: Among) -> Plan:
    """Plan so many applications and redemptions, and some orders beside them, the oldest first."""
    policies = list(PolicyVersion.objects.filter(published=True).order_by("effective_from"))
    asked: dict[tuple[int, int], int] = {}
    drafts = []
    for pattern in chosen(count, chance):
        draft = drafted(pattern, chance, among, policies, asked)
        if draft.account:
            asked[draft.account] = asked.get(draft.account, 0) + 1
        drafts.append(draft)
    return settled(sorted(drafts, key=lambda draft: draft.began), asked, chance)


def chosen(count: int, chance: random.Random) -> Iterable[Pattern]:
    """Patterns for so many cases: two in five are redemptions, each with its application; every pattern at least once."""
    found = [Pattern(*row) for row in read(PATTERNS)]
    claims = [pattern for pattern in found if pattern.claim_state]
    applications = [pattern for pattern in found if pattern.application_state and not pattern.claim_state]
    orders = [pattern for pattern in found if not pattern.application_state]
    pairs = 2 * count // 5
    numbers = (pairs, count - 2 * pairs, count // LONE_ORDERS)
    return chain.from_iterable(
        some(patterns, number, chance) for patterns, number in zip((claims, applications, orders), numbers, strict=True)
    )


def some(patterns: Sequence[Pattern], number: int, chance: random.Random) -> list[Pattern]:
    """So many of them: each one first, then as often as it is met."""
    more = chance.choices(patterns, [pattern.weight for pattern in patterns], k=max(0, number - len(patterns)))
    return [*patterns[:number], *more]


def drafted(
    pattern: Pattern,
    chance: random.Random,
    among: Among,
    policies: Sequence[PolicyVersion],
    asked: dict[tuple[int, int], int],
) -> Draft:
    """One case: whose, on which offer, how long ago."""
    days, minutes = 7 * chance.randint(0, pattern.most_weeks(dt.datetime.now(SHANGHAI).date())), chance.randrange(60)
    earlier = dt.timedelta(days=days, minutes=minutes)
    handed_in = ((pattern.submitted_at or pattern.began) - earlier).astimezone(SHANGHAI)
    rules = [policy for policy in policies if policy.effective_from <= handed_in.date()][-1]
    firm, firms, year = among.firm(chance), among.firms, handed_in.year
    if asked.get((firm, year), 0) >= min(among.most_a_year, int(rules.annual_cap) * 2 // STEP):
        firm = min(chance.sample(firms, min(len(firms), 8)), key=lambda other: asked.get((other, year), 0))
    return Draft(
        pattern=pattern,
        firm=firm,
        offer=among.offer(chance),
        days=days,
        minutes=minutes,
        began=pattern.began - earlier,
        account=(firm, year) if pattern.submitted_at and pattern.application_state else None,
        rules=rules,
    )


def settled(drafts: Sequence[Draft], asked: dict[tuple[int, int], int], chance: random.Random) -> Plan:
    """Give each case its amount, so that no firm asks for more in a year than its cap, and each firm its accounts."""
    plan, numbers = Plan(), dict[tuple[int, int], int]()
    caps: dict[tuple[int, int], int] = {}
    for k, draft in enumerate(drafts):
        account = draft.account
        if account is not None and account not in numbers:
            numbers[account], caps[account] = len(numbers), int(draft.rules.annual_cap)
            plan.accounts.append((numbers[account], *account, caps[account]))
        share = caps[account] // asked[account] if account else MOST
        contract = min(int(LEAST / (1.001 - chance.random()) ** 0.7), 2 * share, MOST) // STEP * STEP
        number = numbers[account] if account else None
        plan.cases.append(
            (k, draft.pattern.key, draft.days, draft.minutes, draft.firm, draft.offer, contract, number, draft.rules.pk)
        )
    return plan


PATTERNS = """
    SELECT q.pattern, q.order_state, q.application_state, q.claim_state, q.began, q.submitted_at, q.first_due
      FROM mass_case_pattern q ORDER BY q.pattern
"""
