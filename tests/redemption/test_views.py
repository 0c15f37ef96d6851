"""Pages of 创新券兑现."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from redemption.models import Claim
from redemption.services import start_claim
from tests.factories import drive_application, drive_claim
from tests.redemption import typed
from tests.redemption.typed import NUMBER, paper

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def at(name, claim, *more):
    return reverse(name, args=[claim.number, *more])


def reload(claim):
    return Claim.objects.get(pk=claim.pk)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len([query for query in captured if "django_session" not in query["sql"]])  # kept in the cache


@pytest.mark.bare
@pytest.mark.parametrize("name", ["claim_detail", "claim_edit", "claim_check"])
def test_a_visitor_is_sent_to_sign_in_whatever_number_he_names(client, name):
    assert client.get(reverse(name, args=["DX20260000001"])).headers["Location"].startswith(reverse("account_login"))


def test_a_stranger_finds_nothing(client, world, claim):
    client.force_login(world.stranger)
    row = claim.invoices.get()
    pages = [at(name, claim) for name in ("claim_detail", "claim_edit", "claim_check")]
    pages += [at("claim_row", claim, "invoice"), at("claim_row_edit", claim, "invoice", row.pk)]
    assert {client.get(url).status_code for url in pages} == {404}
    acts = [at(name, claim) for name in ("claim_submit", "claim_form_export", "claim_form_upload")]
    acts += [at("claim_row_delete", claim, "invoice", row.pk), at("claim_end", claim, "withdraw")]
    acts.append(reverse("claim_start", args=[claim.application.number]))
    assert {client.post(url).status_code for url in acts} == {404}
    assert claim.invoices.count() == 1


def test_a_row_of_another_claim_is_not_found(applicant, world, claim):
    other = world.make_claim().invoices.get()
    assert applicant.get(at("claim_row_edit", claim, "invoice", other.pk)).status_code == 404
    assert applicant.get(at("claim_row", claim, "cheque")).status_code == 404


def test_the_list_shows_the_vouchers_that_can_be_redeemed(applicant, world, claim):
    voucher = drive_application(world.make_application(contract=2000, applied=1000), "approved", world)
    response = applicant.get(reverse("claim_list"))
    assert list(response.context["vouchers"]) == [voucher]
    assert list(response.context["page"]) == [claim]
    assert not list(applicant.get(reverse("claim_list"), {"state": "passed"}).context["page"])
    assert list(applicant.get(reverse("claim_list"), {"q": claim.number}).context["page"]) == [claim]


def test_the_list_costs_the_same_with_1_and_with_9_rows(applicant, world):
    world.make_claim()
    few = queries(applicant, reverse("claim_list"))
    for _ in range(8):
        voucher = drive_application(world.make_application(contract=2000, applied=1000), "approved", world)
        start_claim(voucher, by=world.applicant)
    assert queries(applicant, reverse("claim_list")) <= few <= 10


@pytest.mark.parametrize("state", ["draft", "formal_returned", "accepted", "passed"])
def test_the_case_page_costs_at_most_20_queries(applicant, world, claim, state):
    claim = drive_claim(claim, state, world)
    assert queries(applicant, at("claim_detail", claim)) <= 20


def test_starting_leads_to_one_draft(applicant, world):
    voucher = drive_application(world.make_application(), "approved", world)
    urls = {applicant.post(reverse("claim_start", args=[voucher.number])).headers["Location"] for _ in range(2)}
    assert urls == {at("claim_edit", Claim.objects.get())}


def test_adding_gives_a_blank_row_at_the_end(applicant, claim):
    part = applicant.get(at("claim_row", claim, "invoice"), headers=HTMX)
    assert part.content.decode().count("<tbody") == 1
    page = applicant.get(at("claim_row", claim, "invoice"), follow=True)
    assert [line.form is not None for line in page.context["lists"][0].lines] == [False, True]


def test_saving_a_row_turns_it_to_text_and_brings_the_sums(applicant, world, claim):
    data = typed.invoice(world) | {"file": paper()}
    part = applicant.post(at("claim_row", claim, "invoice"), data, headers=HTMX)
    words = part.content.decode()
    assert NUMBER in words
    assert 'id="total-invoice" hx-swap-oob="true"' in words
    assert "比合同金额多 10,000 元" in words
    assert part.context["sums"].gross == Decimal(110_000)
    assert claim.invoices.count() == 2


def test_saving_a_row_works_without_script(applicant, world, claim):
    data = typed.receipt(world) | {"file": paper()}
    response = applicant.post(at("claim_row", claim, "receipt"), data)
    kept = claim.receipts.latest("pk")
    assert response.headers["Location"] == at("claim_edit", claim) + f"?at=receipt-{kept.pk}#rows-receipt"
    assert claim.receipts.count() == 2


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_refused_row_keeps_what_was_typed_and_its_paper(applicant, world, claim, headers):
    data = typed.invoice(world, invoice_number="123", seller="手打的名称") | {"file": paper("我的发票.pdf")}
    response = applicant.post(at("claim_row", claim, "invoice"), data, headers=headers)
    words = response.content.decode()
    assert "发票号码应为 20 位数字，现在是 3 位" in words
    assert "手打的名称" in words
    assert "已有文件：我的发票.pdf" in words
    assert claim.invoices.count() == 1
    form = response.context["line"].form if headers else response.context["lists"][0].lines[-1].form
    again = typed.invoice(world, kept=form["kept"].value())
    assert applicant.post(at("claim_row", claim, "invoice"), again).status_code == 302


def test_editing_one_row_leaves_the_others(applicant, world, claim):
    row = claim.contracts.get()
    opened = applicant.get(at("claim_row_edit", claim, "contract", row.pk), headers=HTMX)
    assert opened.context["line"].form.instance == row
    data = typed.contract(world, number=row.number, amount="100,000.00", name="改名的合同")
    assert applicant.post(at("claim_row_edit", claim, "contract", row.pk), data).status_code == 302
    assert claim.contracts.get().name == "改名的合同"
    assert claim.contracts.get().document == row.document
    text = applicant.get(at("claim_row_edit", claim, "contract", row.pk), {"cancel": "1"}, headers=HTMX)
    assert "改名的合同" in text.content.decode()
    assert "<form" not in text.content.decode()


def test_deleting_a_row_asks_once(applicant, claim):
    url = at("claim_row_delete", claim, "invoice", claim.invoices.get().pk)
    assert "确认删除" in applicant.get(url).content.decode()
    assert claim.invoices.count() == 1
    part = applicant.post(url, headers=HTMX)
    assert claim.invoices.count() == 0
    assert "还没有内容，请点“添加”" in part.content.decode()


def test_rows_of_what_was_handed_in_cannot_be_changed(applicant, world, claim):
    claim = drive_claim(claim, "district", world)
    row = claim.invoices.get()
    data = typed.invoice(world) | {"file": paper()}
    assert applicant.post(at("claim_row", claim, "invoice"), data).status_code == 409
    assert applicant.post(at("claim_row_delete", claim, "invoice", row.pk)).status_code == 409
    assert list(claim.invoices.all()) == [row]
    assert applicant.get(at("claim_edit", claim)).headers["Location"] == at("claim_detail", claim)


def test_a_row_that_is_not_saved_holds_the_claim_back(applicant, claim):
    data = typed.answers(act="submit", open_row="row-invoice-1")
    response = applicant.post(at("claim_edit", claim), data)
    assert "还有一行没有保存" in response.content.decode()
    assert applicant.post(at("claim_edit", claim), typed.answers(act="submit")).status_code == 302


def test_saving_keeps_an_incomplete_draft_with_its_papers(applicant, world):
    voucher = drive_application(world.make_application(), "approved", world)
    claim = start_claim(voucher, by=world.applicant)
    papers = [paper("报告一.pdf"), paper("报告二.pdf")]
    response = applicant.post(at("claim_edit", claim), {"act": "save", "effect": "先写", "result_papers": papers})
    assert response.headers["Location"] == at("claim_edit", claim)
    assert reload(claim).effect == "先写"
    assert [document.name for document in claim.result_papers.all()] == ["报告一.pdf", "报告二.pdf"]


def test_one_paper_of_the_result_can_be_taken_away(applicant, claim):
    document = claim.result_papers.get()
    applicant.post(at("claim_edit", claim), typed.answers(act=f"remove-{document.pk}"))
    assert not claim.result_papers.exists()
    assert applicant.post(at("claim_edit", claim), typed.answers(act="remove-x")).status_code == 302


def test_bad_input_stays_on_the_page_and_the_rest_is_kept(applicant, claim):
    response = applicant.post(
        at("claim_edit", claim), typed.answers(act="save", account_number="12", bank_name="新银行")
    )
    assert "银行账号应为 8 至 30 位数字" in response.content.decode()
    assert response.context["form"]["account_number"].value() == "12"
    assert reload(claim).bank_name == "新银行"


def test_from_the_form_over_the_check_to_the_district(applicant, claim):
    checked = applicant.post(at("claim_edit", claim), typed.answers(act="submit"))
    assert checked.headers["Location"] == at("claim_check", claim)
    page = applicant.get(at("claim_check", claim))
    assert page.context["refusals"] == []
    assert "兑现基数 100,000 元 × 50 % = 50,000 元；批准 50,000 元 → 兑现 50,000 元" in page.content.decode()
    applicant.post(at("claim_submit", claim), {"seen": reload(claim).version})
    assert reload(claim).state == "district"
    again = applicant.post(at("claim_submit", claim), {"seen": claim.version})
    assert again.status_code == 409


def test_hard_findings_block_and_soft_ones_are_shown(applicant, world):
    claim = world.make_claim(paid=60_000)
    claim.invoices.update(buyer="别的公司")
    page = applicant.get(at("claim_check", claim))
    assert page.context["refusals"] == [
        f"发票 {claim.invoices.get().invoice_number} 的购买方“别的公司”与本事项的“{world.unit.name}”不一致，请核对后修改。",
        "须全额支付后才能申请兑现：应付 100,000 元，银行回单合计 60,000 元，还差 40,000 元。",
    ]
    assert applicant.post(at("claim_submit", claim), {"seen": claim.version}).status_code == 409


def test_handing_in_costs_at_most_25_queries_and_two_for_its_key(applicant, claim):
    claim = reload(claim)
    with CaptureQueriesContext(connection) as captured:
        applicant.post(at("claim_submit", claim), {"seen": claim.version})
    assert reload(claim).state == "district"
    passing = ("SAVEPOINT", "django_session")
    assert len([query for query in captured if not any(word in query["sql"] for word in passing)]) <= 27


def test_a_claim_without_rows_leads_to_each_list_that_lacks_one(applicant, claim):
    claim.receipts.all().delete()
    claim.contracts.all().delete()
    page = applicant.post(at("claim_edit", claim), typed.answers(act="submit")).content.decode()
    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    assert re.findall(r'href="#rows-(\w+)"', summary) == ["receipt", "contract"]
    checked = applicant.get(at("claim_check", claim)).content.decode()
    assert f'href="{at("claim_edit", claim)}#rows-receipt"' in checked
    assert (
        'id="error-summary"'
        not in applicant.post(at("claim_edit", claim), typed.answers(act="save"), follow=True).content.decode()
    )


def test_a_saved_row_moves_the_time_of_the_last_save(applicant, world, claim):
    data = typed.receipt(world) | {"file": paper()}
    part = applicant.post(at("claim_row", claim, "receipt"), data, headers=HTMX).content.decode()
    bar = part.partition('id="saved-claim-form" hx-swap-oob="innerHTML"')[2]
    assert f"已保存 {localtime(reload(claim).updated_at):%H:%M}" in bar.partition("</span>")[0]


def test_a_sum_that_does_not_agree_is_a_warning(applicant, claim):
    agreed = applicant.get(at("claim_edit", claim)).content.decode()
    claim.receipts.update(amount=60_000)
    page = applicant.get(at("claim_edit", claim)).content.decode()
    assert (agreed.count("row-differs"), page.count("row-differs")) == (0, 1)


def test_withdrawing_asks_once(applicant, world, claim):
    claim = drive_claim(claim, "district", world)
    assert "确定要撤回吗" in applicant.get(at("claim_end", claim, "withdraw")).content.decode()
    applicant.post(at("claim_end", claim, "withdraw"), {"seen": claim.version})
    assert reload(claim).state == "withdrawn"
    assert applicant.get(at("claim_end", claim, "withdraw")).status_code == 302
    assert applicant.get(at("claim_end", claim, "lapse")).status_code == 404


def test_a_returned_claim_shows_words_deadline_and_corrections(applicant, world, claim):
    claim = drive_claim(claim, "district_returned", world)
    page = applicant.get(at("claim_edit", claim))
    assert page.context["form"].to_correct == ["effect"]
    assert f"请在 {claim.due_on:%Y-%m-%d} 前修改并重新提交" in page.content.decode()


def test_reviewers_see_findings_warnings_and_a_masked_account(client, world, claim):
    claim.account_number = claim.receipts.get().payee_account
    claim.save()
    claim = drive_claim(claim, "district", world)
    client.force_login(world.district)
    page = client.get(at("claim_detail", claim))
    assert "申请单位的收款账号与银行回单的收款账号相同，请核对资金是否回流。" in page.context["dossier"].warnings
    assert {finding["tone"] for finding in page.context["dossier"].findings} == {"ok", "todo", "warn"}
    assert claim.account_number not in page.content.decode()
    assert f"**** {claim.account_number[-4:]}" in page.content.decode()


def test_a_passed_claim_shows_the_amount(applicant, world, claim):
    claim = drive_claim(claim, "passed", world)
    words = applicant.get(at("claim_detail", claim)).content.decode()
    assert "核定兑现金额" in words
    assert "伍万元整" in words


def test_unit_and_reviewers_read_that_the_order_is_still_under_way(client, applicant, world, claim):
    known = "订单还在“服务中”，服务机构没有登记完成。"
    page = applicant.get(at("claim_edit", claim)).content.decode()
    assert f"{known}请确认服务已经完成，并请服务机构登记。" in page
    claim = drive_claim(claim, "district", world)
    client.force_login(world.district)
    warnings = client.get(at("claim_detail", claim)).context["dossier"].warnings
    assert f"{known}请对照服务成果证明，核对服务是否确已完成。" in warnings
