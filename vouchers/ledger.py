"""The quota ledger (domain.md §3): append-only entries in yuan; the database holds reserved + approved + used ≤ cap."""

from dataclasses import replace
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from accounts.models import Unit
from policy.arithmetic import Balance, Offer, offer
from policy.calendar import cycle_of
from records.people import Person
from records.rules import RuleBroken
from vouchers.models import Application, LedgerEntry, QuotaAccount

Kind = LedgerEntry.Kind
ZERO = Decimal(0)


def lock_account(application: Application) -> QuotaAccount:
    """Hold the account that the application counts against; make it on the first submission of a cycle."""
    if application.account_id is not None:
        return QuotaAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=application.account_id)
    account, _ = QuotaAccount.objects.get_or_create(
        unit=application.unit,
        cycle=cycle_of(application.handed_in_at),
        pool=application.pool,
        defaults={"cap": application.rules.annual_cap},
    )
    return QuotaAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)


def held(application: Application) -> Balance:
    """What this application itself holds: the sums of its entries."""
    sums = application.entries.aggregate(reserved=Sum("reserved"), approved=Sum("approved"), used=Sum("used"))
    return Balance(**{name: value or ZERO for name, value in sums.items()})


def others(account: QuotaAccount | None, own: Balance) -> Balance:
    """What the unit's other cases hold of the account, beside what one case holds itself."""
    if account is None:
        return Balance()
    return Balance(account.reserved - own.reserved, account.approved - own.approved, account.used - own.used)


def offer_for(application: Application, contract: Decimal, own: Balance | None = None) -> Offer:
    """What the application could ask for on a contract of so many yuan, today; own: what it holds already."""
    policy = application.rules
    account = application.account or account_of(
        application.unit, pool=application.pool, cycle=cycle_of(application.handed_in_at)
    )
    terms = replace(policy.terms, cap=account.cap) if account else policy.terms
    return offer(contract, terms, others(account, own or held(application)))


def account_of(unit: Unit, *, pool: str = QuotaAccount.Pool.MUNICIPAL, cycle: int | None = None) -> QuotaAccount | None:
    """The unit's account of a cycle, this year's if none is named; None before its first submission there."""
    return QuotaAccount.objects.filter(unit=unit, pool=pool, cycle=cycle or cycle_of(timezone.now())).first()


def post(account: QuotaAccount, application: Application, kind: str, *, by: Person, **amounts: Decimal) -> LedgerEntry:
    """Add one entry; amounts are signed yuan under `reserved`, `approved`, `used`."""
    return LedgerEntry.objects.create(account=account, application=application, kind=kind, by=by, **amounts)


def reserve(application: Application, *, by: Person) -> None:
    """Reserve what is applied for, or change an earlier reservation; RuleBroken says which limit is in the way."""
    account = application.account = lock_account(application)
    own = held(application)
    objection = offer_for(application, application.planned_amount, own).objection(application.asked_amount)
    if objection:
        raise RuleBroken("R-CAP", objection)
    change = application.asked_amount - own.reserved
    if change or not own.reserved:
        post(account, application, Kind.CHANGE if own.reserved else Kind.RESERVE, by=by, reserved=change)


def release(application: Application, *, by: Person) -> None:
    """Give back whatever the application still holds as reserved or approved."""
    if application.account_id is None:
        return
    account = lock_account(application)
    own = held(application)
    if own.reserved:
        post(account, application, Kind.RELEASE, by=by, reserved=-own.reserved)
    if own.approved:
        post(account, application, Kind.GIVE_BACK, by=by, approved=-own.approved)


def approve(application: Application, amount: Decimal, *, by: Person) -> None:
    """Turn the reservation into an approval of so many yuan; the rest returns to the cycle."""
    account = lock_account(application)
    post(account, application, Kind.APPROVE, by=by, reserved=-held(application).reserved, approved=amount)


def use(application: Application, amount: Decimal, *, by: Person) -> None:
    """Turn the approval into so many yuan used; the rest returns to the cycle."""
    account = lock_account(application)
    post(account, application, Kind.USE, by=by, approved=-held(application).approved, used=amount)


def recover(application: Application, amount: Decimal, *, by: Person) -> None:
    """Money paid out has come back: so many yuan are free again."""
    account = lock_account(application)
    post(account, application, Kind.RECOVER, by=by, used=-amount)
