"""The account of an earlier redemption, for a new one that has none."""

import pytest
from django.urls import reverse

from accounts.cases.copying import NO_CASE
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(client, world):
    client.force_login(world.applicant)
    earlier, claim = (world.make_claim(drive_application(world.make_application(), "approved", world)) for _ in "ab")
    type(claim).objects.filter(pk=claim.pk).update(bank_name="", account_number="")
    return earlier, afresh(claim)


def test_the_account_is_copied_and_no_day_amount_or_rating(client, claims):
    earlier, claim = claims
    copy = reverse("claim_copy", args=[claim.number])
    assert copy in client.get(reverse("claim_edit", args=[claim.number])).content.decode()
    lines = client.get(f"{copy}?from={earlier.number}").context["lines"]
    assert {line.name: line.is_empty for line in lines} == {"bank_name": True, "account_number": True}
    names = ["bank_name", "account_number", "completed_on", "effect", "rating"]
    type(claim).objects.filter(pk=claim.pk).update(completed_on=None, effect="")
    client.post(copy, {"from": earlier.number, "field": names, "seen": claim.version})
    kept = afresh(claim)
    assert (kept.bank_name, kept.account_number) == (earlier.bank_name, earlier.account_number)
    assert (kept.completed_on, kept.effect) == (None, "")


def test_who_chooses_no_case_is_led_back_and_told(client, claims):
    _, claim = claims
    copy = reverse("claim_copy", args=[claim.number])
    answer = client.post(copy, {"from": "", "field": ["bank_name"], "seen": claim.version}, follow=True)
    assert (answer.redirect_chain, NO_CASE in answer.content.decode()) == ([(copy, 302)], True)
    assert afresh(claim).bank_name == ""


def test_a_claim_with_an_account_is_not_led_there(client, claims):
    earlier, _ = claims
    page = client.get(reverse("claim_edit", args=[earlier.number])).content.decode()
    assert reverse("claim_copy", args=[earlier.number]) not in page


def test_a_claim_that_was_handed_in_takes_nothing_and_a_stranger_finds_none(client, world, claims):
    earlier, claim = claims
    handed_in = drive_claim(earlier, "district", world)
    assert client.get(reverse("claim_copy", args=[handed_in.number])).status_code == 302
    client.force_login(world.stranger)
    assert client.get(reverse("claim_copy", args=[claim.number])).status_code == 404
