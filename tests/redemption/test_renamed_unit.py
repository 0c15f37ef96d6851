"""A unit that is renamed while its cases run: they keep the name, and all else, that was certified when they began."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.certification.services import reopen_certification, save_certification, set_frozen, submit_certification
from accounts.models import Unit
from redemption.checks import findings
from redemption.form.freezing import frozen_form
from redemption.form.pdf import render_claim_form
from redemption.services import start_claim, submit_claim
from reviews.kinds import tell
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh, refused
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db
OLD, NEW = "海河样例科技有限公司", "海河样例智能科技有限公司"


@pytest.fixture
def world():
    return World()


def rename(world, **changes):
    """The unit certifies again under another name."""
    unit = reopen_certification(world.unit, by=world.applicant)
    unit.name = NEW
    for name, value in changes.items():
        setattr(unit, name, value)
    unit = submit_certification(save_certification(unit, by=world.applicant), by=world.applicant)
    return world.decide(unit, world.platform, "pass_review")


def told(case, reader):
    """Label → value of everything that the case shows."""
    return {row.label: row.value for _, rows in tell(case, reader).sections for row in rows}


def parties_of(claim):
    return [finding.sentence for finding in findings(claim) if finding.code == "R-PARTY"]


def test_a_running_application_keeps_what_was_certified_at_its_first_submission(world):
    application = drive_application(world.make_application(), "district", world)
    rename(world, legal_representative="新样例")
    application = afresh(application)
    assert (application.unit_name, application.certified.legal_representative) == (OLD, "甄样例")
    assert told(application, world.district)["单位名称"] == f"{OLD}（现名 {NEW}）"


def test_a_name_that_nobody_has_certified_yet_is_not_told(world):
    application = drive_application(world.make_application(), "district", world)
    unit = reopen_certification(world.unit, by=world.applicant)
    unit.name = NEW
    save_certification(unit, by=world.applicant)
    assert told(afresh(application), world.district)["单位名称"] == OLD


def test_a_case_begun_after_the_change_has_the_new_name(world):
    rename(world)
    application = drive_application(world.make_application(), "district", world)
    assert (application.unit_name, told(application, world.district)["单位名称"]) == (NEW, NEW)


def test_a_draft_follows_the_unit_until_it_is_handed_in(world):
    draft = world.make_application()
    rename(world)
    assert (afresh(draft).snapshot, afresh(draft).unit_name) == (None, NEW)
    assert submit_application(draft, by=world.applicant).snapshot.number == 2


def test_the_frozen_form_prints_what_was_certified_when_the_claim_was_handed_in(world):
    claim = drive_claim(world.make_claim(amount=80_000), "formal", world)
    rename(world, address="另一条样例路 9 号", capital=Decimal(900))
    claim = world.decide(afresh(claim), world.body, "pass_review", "合格。")
    applicant = frozen_form(claim).applicant
    assert (applicant.name, applicant.address, applicant.legal_representative) == (OLD, "样例路 1 号", "甄样例")
    assert claim.account_name == OLD


@pytest.mark.pdf
def test_the_printed_form_has_the_old_name_and_not_the_new_one(world):
    import pypdfium2  # noqa: PLC0415 - only where there is something to print with

    claim = drive_claim(world.make_claim(amount=80_000), "formal", world)
    rename(world)
    claim = world.decide(afresh(claim), world.body, "pass_review", "合格。")
    document = pypdfium2.PdfDocument(render_claim_form(frozen_form(claim)))
    text = "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    document.close()
    assert (OLD in text, NEW in text) == (True, False)


def test_a_claim_of_an_older_voucher_takes_papers_under_either_name(world):
    application = drive_application(world.make_application(), "approved", world)
    claim = world.make_claim(application)  # its papers run under the old name
    rename(world)
    claim = submit_claim(afresh(claim), by=world.applicant)
    assert (claim.unit_name, claim.unit_names, parties_of(claim)) == (NEW, [NEW, OLD], [])
    claim.invoices.update(buyer="别家样例公司")
    assert parties_of(afresh(claim)) == [
        f"发票 {claim.invoices.get().invoice_number} 的购买方“别家样例公司”与本事项的“{NEW}”或“{OLD}”不一致，请核对后修改。"
    ]


def test_while_it_certifies_again_nothing_new_begins_and_what_runs_goes_on(world):
    returned = drive_application(world.make_application(), "district_returned", world)
    draft, claim = world.make_application(), world.make_claim()
    reopen_certification(world.unit, by=world.applicant)
    with refused("R-CERT"):
        submit_application(draft, by=world.applicant)
    with refused("R-CERT"):
        submit_claim(claim, by=world.applicant)
    assert submit_application(returned, by=world.applicant).state == "district"


def test_a_frozen_unit_answers_a_return_and_begins_nothing(world):
    returned = drive_claim(world.make_claim(), "formal_returned", world)
    voucher = drive_application(world.make_application(contract=20_000, applied=10_000), "approved", world)
    set_frozen(world.unit, frozen=True, by=world.platform, text="样例：虚假材料")
    with refused("R-FROZEN"):
        start_claim(voucher, by=world.applicant)
    claim = submit_claim(afresh(returned), by=world.applicant)
    assert claim.state == "formal"
    assert "样例：虚假材料" in tell(claim, world.body).warnings[0]
    assert "样例：虚假材料" not in str(tell(claim, world.applicant).warnings)


def test_the_page_of_the_case_shows_both_names(client, world):
    claim = drive_claim(world.make_claim(), "formal", world)
    rename(world)
    client.force_login(world.body)
    assert f"{OLD}（现名 {NEW}）" in client.get(reverse("claim_detail", args=[claim.number])).content.decode()


def test_the_snapshot_of_a_case_is_that_of_its_own_unit(world):
    application = drive_application(world.make_application(), "district", world)
    claim = drive_claim(world.make_claim(), "district", world)
    assert {application.snapshot.unit, claim.snapshot.unit, claim.application.snapshot.unit} == {
        Unit.objects.get(pk=world.unit.pk)
    }
