"""What the applicant sees of a return: marked fields and rows first, with the words at their place."""

import pytest
from django.urls import reverse

from tests.factories import drive_application, drive_claim, drive_unit, make_unit, make_user

pytestmark = pytest.mark.django_db
WORDS = "请写明服务内容与研发活动的关系。"
LINK = '<a href="{}">{}</a>'


@pytest.fixture
def page(client, world):
    """What the firm's person reads."""

    def read(name, *args, person=None):
        client.force_login(person or world.applicant)
        return client.get(reverse(name, args=args)).content.decode()

    return read


def test_the_summary_leads_to_fields_lists_and_rows(world, page):
    claim = drive_claim(world.make_claim(), "formal", world)
    row = claim.invoices.get()
    marks, rows = ["effect", "receipts", f"invoices:{row.pk}"], {f"invoices:{row.pk}": "发票第 1 行"}
    world.decide(claim, world.body, "send_back", WORDS, corrections=marks, rows=rows)
    shown = page("claim_edit", claim.number)
    assert "请先修改 3 处标出的内容" in shown
    for place, label in (
        ("#id_effect", "成效"),
        ("#rows-receipt", "银行回单"),
        (f"?at=invoice-{row.pk}#row-invoice-{row.pk}", "发票第 1 行"),
    ):
        assert LINK.format(place, label) in shown
    assert f'id="row-invoice-{row.pk}" class="row-asked"' in shown
    assert f'<span class="tag">请修改</span> {WORDS}' in shown
    assert f'<strong class="asked">{WORDS}</strong>' in shown


def test_a_row_says_so_when_it_is_opened_and_when_it_is_kept(world, page, client):
    claim = drive_claim(world.make_claim(), "formal", world)
    row = claim.invoices.get()
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=[f"invoices:{row.pk}"])
    client.force_login(world.applicant)
    address, part = reverse("claim_row_edit", args=[claim.number, "invoice", row.pk]), {"HX-Request": "true"}
    told = f'<span class="tag">请修改</span> {WORDS}'
    assert told in client.get(address, headers=part).content.decode()
    assert told in client.get(f"{address}?cancel=1", headers=part).content.decode()
    other = reverse("claim_row_edit", args=[claim.number, "receipt", claim.receipts.get().pk])
    assert told not in client.get(other, headers=part).content.decode()


def test_an_application_and_a_certification_lead_to_their_fields(world, page):
    application = drive_application(world.make_application(), "district", world)
    world.decide(application, world.district, "send_back", WORDS, corrections=["content"])
    shown = page("application_edit", application.number)
    assert LINK.format("#id_content", "服务内容及与研发活动的关系") in shown
    assert "field-marked" in shown
    unit = drive_unit(make_unit(person := make_user(), "91120222MA00000312", "蓟运样例有限公司"), "pending", world)
    world.decide(unit, world.platform, "send_back", WORDS, corrections=["address"])
    assert LINK.format("#id_address", "注册地址") in page("certification_edit", person=person)


def test_an_admission_leads_to_the_certificate(world, page):
    admission = world.admit("pending")
    row = admission.qualifications.first()
    marks = [f"qualifications:{row.pk}", "summary", "qualifications"]
    world.decide(admission, world.platform, "send_back", WORDS, corrections=marks)
    shown = page("admission_edit", admission.number)
    for place in (f"#row-{row.pk}", "#id_summary", "#rows"):
        assert f'<a href="{place}">' in shown
    assert "审核单位要求修改这一行。" in shown


def test_a_case_under_review_asks_for_nothing(world, page):
    application = drive_application(world.make_application(), "district", world)
    assert "marked-list" not in page("application_detail", application.number)
