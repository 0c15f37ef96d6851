"""The quota ledger: append-only, summed by the database, never above the cap, also under concurrency."""

import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.rules import RuleBroken
from tests.factories import World, drive_application
from tests.helpers import aside, by_owner
from vouchers import ledger
from vouchers.models import LedgerEntry, QuotaAccount
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db
OPEN_FULL = """INSERT INTO vouchers_quotaaccount (unit_id, uscc, cycle, pool, cap, reserved, approved, used)
    SELECT unit_id, uscc, 2030, pool, cap, 1, 0, 0 FROM vouchers_quotaaccount"""
STANDS = ("reserved", "approved", "used")


@pytest.fixture
def world():
    return World()


def sums(account):
    account.refresh_from_db()
    return tuple(int(getattr(account, name)) for name in STANDS)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("district", (50_000, 0, 0)),
        ("district_returned", (50_000, 0, 0)),
        ("body_returned", (50_000, 0, 0)),
        ("district_rejected", (0, 0, 0)),
        ("body_rejected", (0, 0, 0)),
        ("withdrawn", (0, 0, 0)),
        ("lapsed", (0, 0, 0)),
        ("approved", (0, 50_000, 0)),
        ("voided", (0, 0, 0)),
        ("redeemed", (0, 0, 50_000)),
    ],
)
def test_each_event_moves_the_quota_as_the_table_of_the_domain_says(world, state, expected):
    application = drive_application(world.make_application(), state, world)
    assert sums(application.account) == expected


def test_resubmission_with_another_amount_changes_the_reservation(world):
    application = drive_application(world.make_application(), "district_returned", world)
    application.applied_amount = Decimal(30_000)
    application.save()
    application = submit_application(application, by=world.applicant)
    assert sums(application.account) == (30_000, 0, 0)
    assert list(application.entries.values_list("kind", "reserved")) == [("reserve", 50_000), ("change", -20_000)]


def test_a_lowered_approval_returns_the_rest(world):
    application = drive_application(world.make_application(), "body", world)
    application = world.decide(application, world.body, "pass_review", "检测项目减少。", amount=Decimal(32_000))
    assert (application.approved_amount, sums(application.account)) == (32_000, (0, 32_000, 0))


def test_money_recovered_later_is_free_again(world):
    application = drive_application(world.make_application(), "redeemed", world)
    ledger.recover(application, Decimal(20_000), by=world.municipal)
    assert sums(application.account) == (0, 0, 30_000)


def test_oracle_5_what_is_left_of_the_year_is_offered_with_the_reason(world):
    account = open_account(world, reserved=120_000)
    application = world.make_application(contract=100_000, applied=30_000)
    application.account = account
    offer = ledger.offer_for(application, Decimal(100_000))
    assert (offer.amount, offer.limit) == (30_000, "quota")


def test_more_than_the_year_has_left_is_refused_and_nothing_is_reserved(world):
    first = drive_application(world.make_application(contract=240_000, applied=120_000), "district", world)
    with pytest.raises(RuleBroken, match="30,000 元"):
        submit_application(world.make_application(contract=100_000, applied=50_000), by=world.applicant)
    assert sums(first.account) == (120_000, 0, 0)


def open_account(world, **amounts):
    application = world.make_application(contract=300_000, applied=100_000)
    account = QuotaAccount.objects.create(unit=world.unit, cycle=2026, cap=Decimal(150_000))
    LedgerEntry.objects.create(account=account, application=application, kind="reserve", by=world.applicant, **amounts)
    account.refresh_from_db()
    return account


@pytest.mark.parametrize(
    ("amounts", "constraint"),
    [
        ({"reserved": 150_001}, "quota_within_cap"),
        ({"approved": 100_000, "used": 50_001}, "quota_within_cap"),
        ({"reserved": -1}, "quota_never_negative"),
    ],
)
def test_the_database_holds_the_cap(world, amounts, constraint):
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        open_account(world, **amounts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE vouchers_ledgerentry SET reserved = 1", "append-only"),
        ("DELETE FROM vouchers_ledgerentry", "append-only"),
        ("UPDATE vouchers_quotaaccount SET used = 1", "come from its entries alone"),
        (OPEN_FULL, "opens empty"),
    ],
)
def test_nobody_changes_entries_or_sums_by_hand(world, change, words):
    open_account(world, reserved=1_000)
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), by_owner() as cursor:
        cursor.execute(change)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.tuples(*[st.integers(-60_000, 80_000)] * 3), max_size=8))
def test_balances_are_always_the_sums_of_the_entries_and_within_the_cap(db, amounts):
    with aside():
        account = open_account(World(), reserved=0)
        application = account.entries.get().application
        for triple in amounts:
            try:
                with transaction.atomic():
                    entry = dict(zip(STANDS, triple, strict=True))
                    LedgerEntry.objects.create(
                        account=account, application=application, kind="change", by=application.order.buyer, **entry
                    )
            except DatabaseError:
                pass
        totals = account.entries.aggregate(**{name: Sum(name) for name in STANDS})
        account.refresh_from_db()
        assert {name: getattr(account, name) for name in STANDS} == totals
        assert 0 <= sum(totals.values()) <= account.cap
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_applications_at_once_never_take_more_than_the_cap():
    world = World()
    drafts = [world.make_application(contract=200_000, applied=100_000) for _ in range(2)]
    results, start = [], threading.Barrier(2)

    def act(draft):
        start.wait()
        try:
            results.append(submit_application(draft, by=world.applicant).state)
        except RuleBroken as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["R-CAP", "district"]
    assert sums(QuotaAccount.objects.get()) == (100_000, 0, 0)
