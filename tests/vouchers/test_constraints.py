"""The database says no, too: each constraint of applications and of their quota broken once by a raw write."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.factories import drive_application, make_unit, make_user
from tests.helpers import by_owner, constrained, copied
from vouchers.models import Application, LedgerEntry, QuotaAccount

pytestmark = pytest.mark.django_db


BREAKS = {
    "application_state_known": lambda application: Application.objects.update(state="unheard_of"),
    "application_one_live_per_order": lambda application: copied(application, number="SQ0", voucher_number=None),
    "application_approved_within_applied": lambda application: Application.objects.update(applied_amount=1),
    "approved_within_applied": lambda application: Application.objects.update(applied_amount=None),
    "application_submitted_exactly": lambda application: Application.objects.update(policy=None),
    "submitted_exactly": lambda application: Application.objects.update(submitted_at=None),
    "vouchers_application_number": lambda application: copied(application, state="withdrawn"),
    "voucher_number": lambda application: copied(application, number="SQ0", state="withdrawn"),
    "quota_one_account_per_code": lambda application: QuotaAccount.objects.create(
        unit=make_unit(make_user(), "91120222MA00000312"),
        cycle=application.account.cycle,
        cap=Decimal(1),
        uscc=application.account.uscc,
    ),
    "quota_one_account_per_cycle": lambda application: QuotaAccount.objects.create(
        unit=application.unit, cycle=application.account.cycle, cap=Decimal(1)
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    application = drive_application(world.make_application(), "approved", world)
    with constrained(name):
        BREAKS[name](application)


@pytest.mark.parametrize(
    ("amounts", "name"), [({"used": 150_001}, "quota_within_cap"), ({"approved": -60_000}, "quota_never_negative")]
)
def test_no_entry_takes_the_account_over_its_cap_or_under_nothing(world, amounts, name):
    application = drive_application(world.make_application(), "approved", world)
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        LedgerEntry.objects.create(
            account=application.account, application=application, kind="use", by=world.clock, **amounts
        )


def test_the_cap_is_not_lowered_under_what_is_taken(world):
    application = drive_application(world.make_application(), "approved", world)
    with pytest.raises(DatabaseError), transaction.atomic(), by_owner():
        QuotaAccount.objects.filter(pk=application.account_id).update(cap=Decimal(49_999))


@pytest.mark.parametrize("dead", sorted(Application.DEAD))
def test_a_dead_application_does_not_count_as_the_one_live_one(world, dead):
    application = drive_application(world.make_application(), dead, world)
    copied(application, number="SQ0", voucher_number=None)
    assert application.order.applications.count() == 2
