"""The quota belongs to the credit code: a changed code, or a unit that registers anew, gets no second one."""

import importlib
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.certification.services import reopen_certification, save_certification, submit_certification
from tests.factories import World, drive_application, drive_unit, make_unit, make_user
from tests.helpers import afresh, by_owner, refused
from vouchers import ledger
from vouchers.models import QuotaAccount
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db
OTHER = "91120222MA00000312"


@pytest.fixture
def world():
    return World()


def recertified(world, code):
    """The world's unit, certified once more under another code."""
    unit = reopen_certification(world.unit, by=world.applicant)
    unit.uscc = code
    save_certification(unit, by=world.applicant)
    world.unit = world.decide(submit_certification(unit, by=world.applicant), world.platform, "pass_review")
    return world.unit


def given_up(world):
    """The world's unit moves to another code; its old one is taken by a firm of the same person that registers anew."""
    code = world.unit.uscc
    recertified(world, OTHER)
    return drive_unit(make_unit(world.applicant, code, "重新登记样例有限公司"), "certified", world)


def reserve(world, amount, unit=None):
    application = world.make_application(contract=amount * 2, applied=amount)
    if unit is not None:
        application.order.unit = application.unit = unit
        application.order.save()
        application.save()
    return submit_application(application, by=world.applicant)


def test_an_account_is_opened_for_the_certified_code(world):
    account = drive_application(world.make_application(), "district", world).account
    assert (account.uscc, account.unit) == (world.unit.uscc, world.unit)


def test_a_changed_code_goes_on_with_the_same_account(world):
    first = reserve(world, 120_000)
    recertified(world, OTHER)
    with refused("R-CAP", match="30,000 元"):
        reserve(world, 50_000)
    assert reserve(world, 30_000).account == first.account
    assert QuotaAccount.objects.count() == 1


def test_a_unit_that_registers_anew_finds_the_account_of_its_code(world):
    first = reserve(world, 120_000)
    unit = given_up(world)
    with refused("R-CAP", match="30,000 元"):
        reserve(world, 50_000, unit)
    assert reserve(world, 30_000, unit).account == first.account
    assert QuotaAccount.objects.count() == 1
    assert ledger.quota_of(unit).free == ledger.quota_of(world.unit).free == 0


def test_two_accounts_of_one_person_count_together(world):
    """One from before the code counted, as the migration leaves it, and that of the code."""
    unit = given_up(world)
    reserve(world, 100_000)
    rest = QuotaAccount.objects.create(unit=unit, cycle=ledger.quota_of(world.unit).cycle, cap=Decimal(150_000))
    with by_owner():
        QuotaAccount.objects.exclude(pk=rest.pk).update(uscc=unit.uscc)
    assert sorted(QuotaAccount.objects.of(unit).values_list("uscc", flat=True)) == ["", unit.uscc]
    with refused("R-CAP", match="50,000 元"):
        reserve(world, 60_000, unit)
    reserve(world, 50_000, unit)
    assert ledger.quota_of(unit).free == 0


def test_a_code_that_was_only_typed_shows_nobodys_quota(client, world):
    reserve(world, 120_000)
    stranger = make_unit(make_user("stranger_2"), world.unit.uscc)
    assert ledger.quota_of(stranger) is None
    client.force_login(stranger.members.get())
    assert "120,000" not in client.get(reverse("application_list")).content.decode()


def test_accounts_of_before_get_their_code_and_the_second_of_a_code_gets_none(world):
    code, first = world.unit.uscc, reserve(world, 50_000).account
    unit = given_up(world)
    second, other_year = (
        QuotaAccount.objects.create(unit=unit, cycle=year, cap=Decimal(1)) for year in (first.cycle, 2031)
    )
    with by_owner():
        QuotaAccount.objects.update(uscc="")
    with by_owner() as cursor:
        cursor.execute(importlib.import_module("vouchers.migrations.0008_quota_code_filled").FILL)
    assert [afresh(account).uscc for account in (first, second, other_year)] == [code, "", code]
