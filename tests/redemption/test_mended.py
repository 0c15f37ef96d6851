"""Where a mended redemption goes: what an office has judged does not change behind it (ADR 0071)."""

import pytest

from redemption.models import Claim
from redemption.services import submit_claim
from tests.factories import World, drive_claim, make_document
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


WATCHED = {
    "account": ("effect", lambda claim: Claim.objects.update(account_number="6222000000000000001")),
    "account, marked": ("account_number", lambda claim: Claim.objects.update(account_number="6222000000000000001")),
    "key of a receipt": ("effect", lambda claim: claim.receipts.update(serial="LS0001")),
    "key of an invoice": ("receipts", lambda claim: claim.invoices.update(invoice_number="26000000000000009999")),
    "party of a contract": ("effect", lambda claim: claim.contracts.update(party_b="样例检测服务中心 ")),
    "paper of a contract, marked": ("contracts", lambda claim: claim.contracts.update(document=other_paper(claim))),
}
UNWATCHED = {
    "nothing": ("effect", lambda claim: None),
    "the effect": ("effect", lambda claim: Claim.objects.update(effect=claim.effect + "并已量产。")),
    "key of a receipt, marked": ("receipts", lambda claim: claim.receipts.update(serial="LS0001")),
    "party of a contract, marked": ("contracts", lambda claim: claim.contracts.update(party_b="样例检测服务中心 ")),
    "what was not kept then": (
        "effect",
        lambda claim: Claim.objects.update(submitted_terms={}, bank_name="另一家银行"),
    ),
}


def other_paper(claim):
    return make_document(claim.unit.members.first(), "合同.pdf", b"%PDF-1.4\n% another\n%%EOF\n")


def mended(world, marked, change):
    """A claim that 形式审查 has returned with this mark, changed and handed in again."""
    claim = drive_claim(world.make_claim(), "formal", world)
    claim = world.decide(claim, world.body, "send_back", "请按标注修改。", corrections=[marked])
    change(claim)
    return submit_claim(afresh(claim), by=world.applicant)


@pytest.mark.parametrize(("marked", "change"), WATCHED.values(), ids=WATCHED)
def test_what_the_district_has_seen_does_not_change_behind_it(world, marked, change):
    assert mended(world, marked, change).state == "district"


@pytest.mark.parametrize(("marked", "change"), UNWATCHED.values(), ids=UNWATCHED)
def test_what_was_asked_for_goes_back_to_who_asked(world, marked, change):
    assert mended(world, marked, change).state == "formal"
