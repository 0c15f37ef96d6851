"""The quota ledger (domain.md §3): append-only entries in yuan; the database holds reserved + approved + used ≤ cap."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from accounts.models import Unit
from policy.arithmetic import Balance, Offer, offer, yuan
from policy.calendar import cycle_of
from records.locks import held_first
from records.people import Person
from records.rules import RuleBroken
from vouchers.models import Application, LedgerEntry, QuotaAccount
from vouchers.querysets import QuotaAccountQuerySet

Kind = LedgerEntry.Kind
ZERO = Decimal(0)


def hold_own(application: Application) -> Balance:
    """Hold the account that the application counts against; what the application itself holds of it."""
    account: Any = application.account_id
    with held_first(QuotaAccount.objects.filter(pk=account)):
        return held(application)


def lock_accounts(application: Application) -> list[QuotaAccount]:
    """Hold every account that counts for the applicant; open one on the first submission of a cycle."""
    accounts = list(counting_for(application, held_rows()))
    if not accounts:
        account, is_new = QuotaAccount.objects.get_or_create(
            uscc=application.certified.uscc,
            cycle=application.cycle,
            pool=application.pool,
            defaults={"unit": application.unit, "cap": application.rules.annual_cap},
        )
        accounts = [account] if is_new else list(counting_for(application, held_rows()))  # a new row is held already
    return accounts


def held_rows() -> QuotaAccountQuerySet:
    """Accounts, held when they are read."""
    return QuotaAccount.objects.select_for_update(of=("self",), no_key=True)


def counting_for(application: Application, accounts: QuotaAccountQuerySet) -> QuotaAccountQuerySet:
    """Those of the accounts that count for the applicant in the application's cycle, the oldest first."""
    pool = application.account.pool if application.account else application.pool
    return accounts.of(application.unit).filter(cycle=application.cycle, pool=pool).order_by("pk")


def held(application: Application) -> Balance:
    """What this application itself holds: the sums of its entries."""
    sums = application.entries.aggregate(reserved=Sum("reserved"), approved=Sum("approved"), used=Sum("used"))
    return Balance(**{name: value or ZERO for name, value in sums.items()})


def others(accounts: Iterable[QuotaAccount], own: Balance) -> Balance:
    """What the applicant's other cases hold of the accounts, beside what one case holds itself."""
    all_of = summed(accounts)
    return Balance(all_of.reserved - own.reserved, all_of.approved - own.approved, all_of.used - own.used)


def summed(accounts: Iterable[QuotaAccount]) -> Balance:
    """What is held of the accounts in all."""
    rows = list(accounts)
    return Balance(*(sum((getattr(row, name) for row in rows), ZERO) for name in ("reserved", "approved", "used")))


def offer_for(
    application: Application,
    contract: Decimal,
    own: Balance | None = None,
    accounts: Sequence[QuotaAccount] | None = None,
) -> Offer:
    """What the application could ask for on a contract of so many yuan, today.

    own: what it holds already; accounts: those that count, where they are held already.
    """
    if accounts is None:
        accounts = list(counting_for(application, QuotaAccount.objects.all()))
    terms, own = application.rules.terms, own or held(application)
    if accounts:
        terms = replace(terms, cap=accounts[0].cap)
    return offer(contract, terms, others(accounts, own) if accounts else Balance())


def quota_of(unit: Unit, *, pool: str = QuotaAccount.Pool.MUNICIPAL, cycle: int | None = None) -> QuotaAccount | None:
    """What counts for the unit in a cycle, this year's if none is named, as one account to read; None before its first."""
    accounts = list(
        QuotaAccount.objects.of(unit).filter(pool=pool, cycle=cycle or cycle_of(timezone.now())).order_by("pk")
    )
    return as_one(accounts) if accounts else None


def as_one(accounts: Sequence[QuotaAccount]) -> QuotaAccount:
    """The first of the accounts with what is held of them all; to be read, never saved."""
    shown, sums = accounts[0], summed(accounts)
    shown.reserved, shown.approved, shown.used = sums.reserved, sums.approved, sums.used
    return shown


def post(application: Application, kind: str, *, by: Person, **amounts: Decimal) -> LedgerEntry:
    """Add one entry to the held account of the application; amounts are signed yuan under `reserved`, `approved`, `used`."""
    account: Any = application.account_id
    return LedgerEntry.objects.create(account_id=account, application=application, kind=kind, by=by, **amounts)


def reserve(application: Application, *, by: Person) -> None:
    """Reserve what is applied for, or change an earlier reservation; RuleBroken says which limit is in the way."""
    accounts = lock_accounts(application)
    application.account = application.account or accounts[0]
    own = held(application)
    objection = offer_for(application, application.planned_amount, own, accounts).objection(application.asked_amount)
    if objection:
        raise RuleBroken("R-CAP", objection)
    change = application.asked_amount - own.reserved
    if change or not own.reserved:
        post(application, Kind.CHANGE if own.reserved else Kind.RESERVE, by=by, reserved=change)


def release(application: Application, *, by: Person) -> None:
    """Give back whatever the application still holds as reserved or, unless its voucher lives on, as approved."""
    if application.account_id is None:
        return
    own = hold_own(application)
    if own.reserved:
        post(application, Kind.RELEASE, by=by, reserved=-own.reserved)
    if own.approved and not application.is_voucher:
        post(application, Kind.GIVE_BACK, by=by, approved=-own.approved)


def approve(application: Application, amount: Decimal, *, by: Person) -> None:
    """Turn the reservation into an approval of so many yuan in all; the rest returns to the cycle."""
    own = hold_own(application)
    kind = Kind.REVIEW if own.approved else Kind.APPROVE
    post(application, kind, by=by, reserved=-own.reserved, approved=amount - own.approved)


def reserve_more(application: Application, amount: Decimal, *, by: Person) -> None:
    """申请复核: reserve so many yuan more in the cycle of the application, as long as it lasts.

    RuleBroken where the applicant's other cases have taken them since.
    """
    accounts = lock_accounts(application)
    check_room(accounts, amount)
    post(application, Kind.APPEAL, by=by, reserved=amount)


def check_room(accounts: Sequence[QuotaAccount], amount: Decimal) -> None:
    """Refuse what is more than the held accounts have free; yuan."""
    free = as_one(accounts).free
    if amount > free:
        raise RuleBroken(
            "R-CAP",
            f"复核需要保留额度 {yuan(amount)}，{accounts[0].cycle} 年度只剩 {yuan(free)}："
            "决定之后，额度已用于其他申请。请先撤回其他申请，再申请复核。",
        )


def use(application: Application, amount: Decimal, *, by: Person) -> None:
    """Turn approval and reservation into so many yuan used in all; the rest returns to the cycle."""
    own = hold_own(application)
    kind = Kind.REVIEW if own.used else Kind.USE
    post(application, kind, by=by, reserved=-own.reserved, approved=-own.approved, used=amount - own.used)


def restore(application: Application, *, by: Person) -> None:
    """A voucher that had ended lives again: what it held is approved anew, as far as the cycle has it free."""
    accounts, amount = lock_accounts(application), application.voucher.amount
    check_room(accounts, amount)
    post(application, Kind.RESTORE, by=by, approved=amount)


def recover(application: Application, amount: Decimal, *, by: Person) -> None:
    """Money paid out has come back: so many yuan are free again."""
    hold_own(application)
    post(application, Kind.RECOVER, by=by, used=-amount)
