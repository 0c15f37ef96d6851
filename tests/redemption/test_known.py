"""What the portal knows is offered in the rows and beside the account of a redemption, and never forced."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from redemption.rows.forms import OFFERED
from redemption.rows.kinds import KINDS
from redemption.services import save_row, start_claim
from tests.factories import World, drive_application
from tests.helpers import afresh
from tests.redemption import typed
from tests.redemption.typed import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def claim(world):
    return start_claim(drive_application(world.make_application(), "approved", world), by=world.applicant)


def blank(kind, claim, by, data=None):
    return KINDS[kind].form(data, claim=claim, by=by)


def keep(kind, claim, world, **changes):
    form = KINDS[kind].form(getattr(typed, kind)(world, **changes), {"file": paper()}, claim=claim, by=world.applicant)
    return save_row(form.row(), claim, by=world.applicant)


def test_the_second_receipt_begins_with_the_accounts_of_the_first(world, claim):
    assert "payee_account" not in blank("receipt", claim, world.applicant).initial
    first = keep("receipt", claim, world)
    offered = blank("receipt", afresh(claim), world.applicant).initial
    assert (offered["payer_account"], offered["payee_account"]) == (first.payer_account, first.payee_account)


def test_a_contract_begins_with_name_and_period_of_the_project(world, claim):
    offered = blank("contract", claim, world.applicant).initial
    plan = claim.application
    assert (offered["name"], offered["starts_on"], offered["ends_on"]) == (
        plan.project_name,
        plan.planned_from,
        plan.planned_to,
    )


def test_what_is_offered_is_marked_and_what_is_not_is_not(world, claim):
    fields = blank("contract", claim, world.applicant).fields
    marked = {name for name, field in fields.items() if field.help_text == OFFERED}
    assert marked == {"name", "party_a", "party_b", "starts_on", "ends_on", "amount"}


def test_what_was_typed_stays_as_it_was_typed(world, claim):
    form = blank("contract", claim, world.applicant, typed.contract(world, name="别的名称"))
    assert form["name"].value() == "别的名称"
    assert form.fields["name"].help_text == ""
    row = keep("contract", claim, world, name="别的名称")
    assert KINDS["contract"].form(instance=row, claim=claim, by=world.applicant)["name"].value() == "别的名称"


def test_the_account_of_the_receipts_is_offered_beside_the_account_that_is_paid(client, world, claim):
    row = keep("receipt", claim, world)
    client.force_login(world.applicant)
    page = client.get(reverse("claim_edit", args=[claim.number])).content.decode()
    assert f'value="{row.payer_account}" data-known="id_account_number"' in page
    assert afresh(claim).account_number == ""


def test_a_row_that_was_saved_brings_its_account_along(client, world, claim):
    client.force_login(world.applicant)
    data = typed.receipt(world) | {"file": paper(), "seen": claim.version}
    page = client.post(reverse("claim_row", args=[claim.number, "receipt"]), data, headers={"HX-Request": "true"})
    assert '<div id="known-accounts" hx-swap-oob="true">' in page.content.decode()
    assert 'data-known="id_account_number"' in page.content.decode()


def test_the_order_s_day_and_budget_are_offered_to_an_application(client, world):
    application = world.make_application()
    order = application.order
    type(order).objects.filter(pk=order.pk).update(budget=Decimal("20000.50"), wanted_on=dt.date(2027, 1, 29))
    type(application).objects.filter(pk=application.pk).update(contract_amount=None, planned_to=None)
    client.force_login(world.applicant)
    page = client.get(reverse("application_edit", args=[application.number])).content.decode()
    assert "订单的预算：20,000.50 元" in page
    assert 'value="20000.50" data-known="id_contract_amount" hidden' in page
    assert 'value="2027-01-29" data-known="id_planned_to" hidden' in page
    assert (afresh(application).contract_amount, afresh(application).planned_to) == (None, None)


def test_an_order_without_a_number_offers_no_amount_and_the_computed_one_is_offered(client, world):
    application = world.make_application()
    type(application.order).objects.update(budget=None, budget_words="20 件")
    client.force_login(world.applicant)
    page = client.get(reverse("application_edit", args=[application.number])).content.decode()
    assert 'data-known="id_contract_amount"' not in page
    offer = client.get(reverse("application_offer", args=[application.number]), {"contract_amount": "20000"})
    assert 'value="10000.00" data-known="id_applied_amount" hidden' in offer.content.decode()
