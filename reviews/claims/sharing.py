"""分派: the head of an office gives its cases to the people who may decide them (docs/adr/0138)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.kinds import own_cases
from records.people import Person
from records.rules import RuleBroken
from records.steps import note
from reviews.claims.permissions import kept_by
from reviews.claims.services import lease_end
from reviews.models import District, Office, OfficeMember, Turn, TurnClaim
from reviews.notices import SHARED_OUT
from reviews.querysets import OfficeMemberQuerySet, TurnQuerySet, alive, places_of
from reviews.worklist import words_elsewhere

SHARED_CASES = "件。"  # in the trail of an office, before the numbers of the cases
NOT_LEADING = "R-PERM", "只有本单位的负责人可以分派事项。"
NOBODY = "R-HANDS", "请选择至少一位在岗的同事。"
CARRIED = ("person", "since", "alive_until", "is_kept", "given_by", "note")  # what a claim that was there takes anew


@dataclass
class Sharing:
    """What one 分派 gave to whom; `left` are the turns that nobody could take."""

    office: Office
    by: Person
    given: dict[int, list[Turn]] = field(default_factory=dict)  # key of a person → his turns
    people: dict[int, Person] = field(default_factory=dict)
    left: list[Turn] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        """Where those who got something find it."""
        return reverse("turn_list")

    @property
    def total(self) -> int:
        """How many turns were given."""
        return sum(map(len, self.given.values()))

    @property
    def words(self) -> str:
        """Who got how many."""
        return "、".join(f"{self.people[key]} {len(turns)} 件" for key, turns in self.given.items())

    @property
    def numbers(self) -> str:
        """Who got which, for the trail of the office."""
        rows = (f"{self.people[key]}：{'、'.join(turn.number for turn in turns)}" for key, turns in self.given.items())
        return "；".join(rows)


def offices_led_by(user: Person) -> QuerySet[Office]:
    """The offices that review and whose 负责人 the person is today."""
    led = places_of(user).leading().values("office")
    return Office.objects.filter(pk__in=led).exclude(kind__in=(Office.Kind.EXPERT, Office.Kind.MUNICIPAL))


def hands_of(office: Office) -> OfficeMemberQuerySet:
    """Who is at work at the office today and can sign in, stand-ins included."""
    places = OfficeMember.objects.at_work().filter(office=office, user__is_active=True)
    return places.select_related("user").order_by("user__name_key", "pk")


def to_share(
    office: Office, *, of: Person | None = None, kind: int | None = None, district: District | None = None
) -> TurnQuerySet:
    """The office's open turns that nobody has, or all that one person has; the oldest first.

    kind: the content type of the cases. district: where the case was handed in.
    """
    turns = Turn.objects.open().filter(office=office)
    turns = turns.filter(claim__in=TurnClaim.objects.filter(alive(), person=of)) if of else turns.free()
    if kind is not None:
        turns = turns.filter(case_type=kind)
    if district is not None:
        before = Turn.objects.filter(case_type=OuterRef("case_type"), case_id=OuterRef("case_id"))
        turns = turns.filter(Exists(before.filter(office__district=district)))
    return turns.order_by("opened_at", "pk")


@door
def share_out(
    office: Office, turns: Iterable[Turn], places: Sequence[OfficeMember], *, by: Person, by_district: bool = False
) -> Sharing:
    """Give the turns in their order to these people, each to the one of them who has least and may decide it.

    by_district: those of one district to one person, as long as he may have them. Nobody gets more than the policy allows,
    and nobody a case that he may not decide: what is left stays where it is.
    """
    if not offices_led_by(by).filter(pk=office.pk).exists():
        raise RuleBroken(*NOT_LEADING)
    if not places:
        raise RuleBroken(*NOBODY)
    people = {place.user_id: place.user for place in places}
    sharing = Sharing(office, by, people=people)
    held = hold_open(office, turns)
    split(sharing, held, barred_from(held, people.values()), kept_by(people), by_district=by_district)
    if sharing.given:
        TurnClaim.objects.bulk_create(
            claims_of(sharing), update_conflicts=True, unique_fields=["turn"], update_fields=CARRIED
        )
        note(office, "shared_out", by=by, text=f"分派 {sharing.total} {SHARED_CASES}{sharing.numbers}")
        notify(SHARED_OUT, sharing, actor=by.pk)
    return sharing


def hold_open(office: Office, turns: Iterable[Turn]) -> list[Turn]:
    """Hold those of the turns that are still open at the office, in their order, with who has them."""
    order = {turn.pk: number for number, turn in enumerate(turns)}
    rows = Turn.objects.open().filter(office=office, pk__in=order)
    held = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    found = Turn.objects.filter(pk__in=held).select_related("claim")
    return sorted(found, key=lambda turn: order[turn.pk])


def barred_from(turns: Sequence[Turn], people: Iterable[Person]) -> set[tuple[int, int]]:
    """(turn, person) of those who may not decide it: of the unit, or having decided another stage; one question."""
    rows = Turn.objects.filter(pk__in=[turn.pk for turn in turns]).order_by()
    first, *others = (
        rows.filter(own_cases(person) | Exists(words_elsewhere(person)))
        .annotate(who=Value(person.pk))
        .values_list("pk", "who")
        for person in people
    )
    return set(first.union(*others))


def split(
    sharing: Sharing, turns: Iterable[Turn], barred: set[tuple[int, int]], loads: dict[int, int], *, by_district: bool
) -> None:
    """Name for each turn the one who has least of those who may have it, or who got its district before; never who has it now."""
    most, homes = PolicyVersion.objects.remembered().share_most, dict[str, int]()
    for turn in turns:
        holder = turn.claim.person_id if hasattr(turn, "claim") and turn.claim.is_alive else None
        free = [key for key in loads if key != holder and (turn.pk, key) not in barred and loads[key] < most]
        if not free:
            sharing.left.append(turn)
            continue
        home = homes.get(turn.district) if by_district else None
        chosen = home if home in free else min(free, key=loads.__getitem__)
        homes[turn.district] = chosen
        loads[chosen] += 1
        sharing.given.setdefault(chosen, []).append(turn)


def claims_of(sharing: Sharing) -> list[TurnClaim]:
    """The rows to write; what is put aside stays so until its day."""
    now, end = timezone.now(), lease_end()
    return [
        TurnClaim(
            turn=turn,
            person=sharing.people[key],
            since=now,
            alive_until=turn.claim.alive_until if hasattr(turn, "claim") and turn.claim.is_aside else end,
            is_kept=True,
            given_by=sharing.by,
        )
        for key, turns in sharing.given.items()
        for turn in turns
    ]
