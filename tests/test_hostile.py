"""Addresses, numbers and clicks that nobody means well with: a page that says no, never a 500, and nothing changed."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Unit
from records.rules import RuleBroken
from redemption.models import Claim
from tests.factories import World, drive_application, drive_claim

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/orders/{}/",
    "/mall/{}/",
    "/labs/{}/",
    "/vouchers/claims/{}/",
    "/vouchers/applications/{}/",
    "/center/certification/{}/",
    "/provider/products/{}/",
)


@pytest.fixture
def world():
    return World()


@pytest.mark.bare
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("number", ["%00", "%F0%9F%8E%AB", "x" * 5000, "..%2F.."])
def test_a_number_that_is_none_is_not_found_before_anybody_is_asked_who_he_is(client, address, number):
    assert client.get(address.format(number)).status_code == 404


@pytest.mark.parametrize("number", ["%00", "x" * 5000])
def test_a_number_that_is_none_is_not_found_by_a_person_either(client, world, number):
    client.force_login(world.applicant)
    assert [client.get(address.format(number)).status_code for address in ADDRESSES] == [404] * len(ADDRESSES)


def test_a_version_of_five_thousand_figures_counts_as_none(client, world):
    application = drive_application(world.make_application(), "district", world)
    client.force_login(world.district)
    turn = application.turns.get()
    response = client.post(
        reverse("turn_opinion", args=[turn.pk]), {"seen": "9" * 5000, "verdict": "pass_review"}, follow=True
    )
    assert response.status_code == 200  # the message is shown first


@pytest.mark.parametrize("name", ["panel_form", "panel_replace"])
def test_a_turn_without_experts_has_no_group_to_form(client, world, name):
    turn = drive_application(world.make_application(), "body", world).turns.get(closed_at=None)
    client.force_login(world.body)
    assert client.post(reverse(name, args=[turn.pk]), {}).status_code == 404


def test_a_second_click_on_freeze_does_not_lift_it(client, world):
    client.force_login(world.platform)
    said = {"act": "freeze", "seen": world.unit.version, "text": "提供虚假材料。"}
    address = reverse("certification_freeze", args=[world.unit.number])
    assert [client.post(address, said).status_code for _ in range(2)] == [302, 409]
    assert Unit.objects.get(pk=world.unit.pk).state == "frozen"


@pytest.mark.parametrize("model", admin.site._registry)
def test_every_page_of_the_administration_opens(client, world, model):
    drive_claim(world.make_claim(), "passed", world)
    label, row, statuses = f"{model._meta.app_label}_{model._meta.model_name}", model._default_manager.first(), []
    pages = [reverse(f"admin:{label}_changelist"), *([reverse(f"admin:{label}_change", args=[row.pk])] if row else [])]
    for keeper in (world.auditor, world.curator, world.municipal, world.administrator):
        client.force_login(keeper)
        statuses.append({client.get(page).status_code for page in pages})
    assert {200} in statuses
    assert {status for found in statuses for status in found} == {200, 403}


def test_the_amount_of_the_group_is_the_most_that_the_body_records(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim, "cut", Decimal(32_000))
    with pytest.raises(RuleBroken, match=r"不超过专家组金额 32,000 元"):
        world.decide(claim, world.body_second, "pass_review", amount=Decimal(40_000))
    assert world.decide(claim, world.body_second, "pass_review", "按专家组意见核减。").final_amount == 32_000


def test_a_group_that_refused_cannot_be_recorded_as_having_passed(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim, "refuse")
    with pytest.raises(RuleBroken, match="专家组多数意见为不同意"):
        world.decide(claim, world.body_second, "pass_review")
    assert Claim.objects.get(pk=claim.pk).state == "experts"


def test_a_voucher_under_the_least_subsidy_is_not_issued(world):
    application = drive_application(world.make_application(), "body", world)
    with pytest.raises(RuleBroken, match=r"不能低于最低补贴金额 1,000 元"):
        world.decide(application, world.body, "pass_review", amount=Decimal(999))
