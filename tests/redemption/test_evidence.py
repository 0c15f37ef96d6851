"""Each typed figure of a row is compared with what its paper says, and a line names both, the source and the place."""

import uuid

import pytest
from django.urls import reverse

from papers.evidence import SHOWN
from papers.models import Reading
from records.pictures.places import Box, address_of
from redemption.checks import papers_of
from redemption.findings.lines import desk_lines, own_lines
from redemption.models import Invoice
from tests.factories import FIRM, drive_claim
from tests.helpers import afresh
from tests.papers import layouts, pdfs, xmls
from tests.redemption.real_papers import (
    contract_pdf,
    invoice_ofd,
    invoice_pdf,
    invoice_photo,
    invoice_xml,
    receipt_pdf,
    said,
    show,
    show_all,
    store,
)
from tests.reviews.desk import queries

pytestmark = pytest.mark.django_db


def lines(claim, *tones, own=False):
    """The lines of these tones."""
    claim = afresh(claim)
    found = (own_lines if own else desk_lines)(claim, papers_of(claim))
    return [line for line in found if line["tone"] in tones]


def texts(claim, *tones, **whose):
    return [line["text"] for line in lines(claim, *tones, **whose)]


def test_figures_that_agree_are_counted_with_their_sources(claim):
    show_all(claim)
    assert texts(claim, "bad", "warn", "todo") == []
    told = {line["text"]: line["detail"] for line in lines(claim, "ok")}
    assert told["发票：9 项填写的内容与材料一致"] == "1 张发票读自发票数据。"
    assert told["银行回单：7 项填写的内容与材料一致"] == "1 张银行回单读自版面文字。"
    assert told["合同：6 项填写的内容与材料一致"] == "1 份合同读自版面文字。"
    dates = told["合同、发票和银行回单的日期、服务完成的日期不早于申请日期"]
    assert dates.endswith("；1 份合同、1 张银行回单读自版面文字；1 张发票读自发票数据。")


def test_what_was_only_typed_is_said_so(claim):
    assert texts(claim, "todo") == ["1 张发票、1 张银行回单、1 份合同只有填写的数据，请对照材料核对"]
    told = {line["text"]: line["detail"] for line in lines(claim, "ok")}
    assert told["发票合计与合同金额一致"] == "100,000 元；只有填写的数据。"


def test_invoices_of_several_sources_are_told_apart(claim):
    row = claim.invoices.get()
    show(row)
    for place, make in enumerate((invoice_pdf, invoice_photo, None), 1):
        row.pk, row.invoice_number = None, f"2699999999999999999{place}"
        row.save(force_insert=True)
        if make:
            show(row, make)
    [line] = [line for line in lines(claim, "ok") if line["text"].startswith("发票：")]
    assert line["text"] == "发票：22 项填写的内容与材料一致"
    assert line["detail"] == (
        "4 张发票：1 张读自发票数据，1 张读自二维码和版面文字，1 张读自二维码，1 张只有填写的数据。"
        "另有 14 项没有读到，请对照材料核对。"
    )


@pytest.mark.parametrize(
    ("make", "source"),
    [
        (invoice_xml, "读自发票数据，请对照材料。"),
        (invoice_pdf, "读自二维码，已核验。"),
        (invoice_ofd, "读自版面文字，已核验。"),
        (invoice_photo, "读自二维码，已核验。"),
    ],
)
def test_a_figure_that_differs_is_told_with_both_values_and_its_source(claim, make, source):
    row = show(claim.invoices.get(), make, gross="90000.00")
    [line] = lines(claim, "warn")
    assert line["text"] == f"发票 {row}：价税合计填写的是 100,000 元，材料上是 90,000 元"
    assert line["detail"] == source
    assert line["paper"] == reverse("paper_part", args=[row.document_id])


def test_a_difference_leads_to_its_place_on_the_page(claim):
    row = show(claim.contracts.get(), party_b="别家样例中心")
    [line] = lines(claim, "warn", own=True)[1:]
    fact = Reading.objects.get(document=row.document).read.of("party_b")
    assert line["text"] == f"合同 {row.number}：乙方填写的是“样例检测服务中心”，材料上是“别家样例中心”"
    assert (line["url"], line["label"]) == (address_of(row.document, 1, Box(*fact.place.box)), "看材料上的位置")


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("1200000000009876", "付款账号填写的是尾号 0001，材料上是尾号 9876"),
        ("1299999999990001", "付款账号填写的是尾号 0001，材料上是尾号相同、其他数字不同的账号"),
    ],
)
def test_of_accounts_the_tail_is_told(claim, account, words):
    row = show(claim.receipts.get(), payer_account=account)
    assert texts(claim, "warn") == [f"银行回单 {row}：{words}"]


def test_a_broken_rule_shows_what_the_paper_says(claim):
    row = show(claim.invoices.get())
    Invoice.objects.filter(pk=row.pk).update(buyer="别家样例公司")
    [line] = lines(claim, "bad")
    assert "购买方“别家样例公司”与本事项的“海河样例科技有限公司”不一致" in line["text"]
    assert line["detail"] == "材料上是“海河样例科技有限公司”，读自发票数据，请对照材料。"
    assert texts(claim, "warn") == []


def test_no_line_is_green_of_what_a_paper_says_otherwise(claim):
    show_all(claim)
    show(claim.invoices.get(), invoice_pdf, seller="别家样例（天津）公司")
    assert texts(claim, "todo") == [
        "发票、银行回单和合同上的单位名称与本事项一致（按填写的数据；材料上有不一致的内容）"
    ]


def test_two_sources_of_one_paper_that_disagree_are_told(claim):
    row = claim.invoices.get()
    told = said(row)
    content = pdfs.pdf(
        layouts.digital_usual(told | {"gross": "90000.00"}),
        attached={"a.xml": xmls.encoded(xmls.einvoice(told), "utf-8", "UTF-8")},
    )
    Invoice.objects.filter(pk=row.pk).update(document=store(claim, content, "pdf"))
    [line] = lines(claim, "warn")
    assert line["text"] == (
        f"发票 {row}：同一份材料的价税合计有两种说法，随附的发票数据里是 100,000 元，版面文字里是 90,000 元"
    )
    assert line["label"] == "看材料上的位置"


def test_that_no_tie_was_found_is_told_to_reviewers_alone(claim):
    text = "没有发现申请单位与服务机构有关联的迹象"
    assert text in texts(claim, "ok")
    assert text not in texts(claim, "ok", own=True)
    claim.receipts.update(payee_account=claim.account_number)
    assert text not in texts(claim, "ok")


def test_papers_that_wait_or_could_not_be_read_are_told(claim):
    show_all(claim)
    papers = [row.get().document for row in (claim.invoices, claim.receipts)]
    Reading.objects.filter(document=papers[0]).update(stage="reading", facts={})
    Reading.objects.filter(document=papers[1]).update(stage="unreadable", facts={}, sentence="打不开，没有识读。")
    assert texts(claim, "todo") == [
        "1 份材料正在读取",
        f"银行回单 {claim.receipts.get()}：“材料.pdf”打不开，没有识读。",
        "1 张银行回单只有填写的数据，请对照材料核对",
    ]


def test_a_red_letter_is_told(claim):
    row = claim.invoices.get()
    show(row, net="-94339.62", tax="-5660.38", gross="-100000.00")
    told = texts(claim, "warn")
    assert f"发票 {row}：材料上的价税合计是 -100,000 元，像是红字发票，不能用于兑现" in told


def test_an_invoice_for_another_number_is_told(claim):
    row = show(claim.invoices.get(), buyer_tax_id="91120222MA00000312")
    words = "材料上的购买方税号 91120222MA00000312 不是申请单位的统一社会信用代码"
    assert texts(claim, "warn") == [f"发票 {row}：{words} {FIRM}"]


@pytest.mark.parametrize(
    ("rows", "make", "words"),
    [
        ("contracts", contract_pdf, "的文件看起来是合同，不是发票"),
        ("receipts", receipt_pdf, "的文件看起来是银行回单，不是发票"),
    ],
)
def test_a_paper_of_another_list_is_told(claim, rows, make, words):
    row = claim.invoices.get()
    content, form = make(said(getattr(claim, rows).get()))
    Invoice.objects.filter(pk=row.pk).update(document=store(claim, content, form))
    assert f"发票 {row}{words}" in texts(claim, "warn")


def test_the_printed_number_of_a_digital_paper_is_the_one_that_was_read(claim):
    row = claim.invoices.get()
    Invoice.objects.filter(pk=row.pk).update(kind="printed_plain", printed="120015413003630024")
    row.code, row.invoice_number = "1200154130", "03630024"
    show(row, lambda told: (xmls.encoded(xmls.earlier(told | {"check_code": "1" * 20}), "utf-8", "UTF-8"), "xml"))
    assert [text for text in texts(claim, "warn") if "发票号码" in text] == []


def test_the_unit_reads_the_same_before_it_hands_in(applicant, claim):
    row = show(claim.invoices.get(), invoice_pdf, gross="90000.00")
    page = applicant.get(reverse("claim_check", args=[claim.number])).content.decode()
    assert f"发票 {row}：价税合计填写的是 100,000 元，材料上是 90,000 元" in page
    assert f'data-paper="{reverse("paper_part", args=[row.document_id])}"' in page
    assert "确认提交" in page


def test_a_difference_stops_nobody(world, claim):
    show(claim.invoices.get(), gross="90000.00")
    assert drive_claim(afresh(claim), "accepted", world).state == "accepted"


def many(claim, count, first=0):
    """So many invoices more, each with a paper that says something else."""
    row = show(claim.invoices.first(), gross="90000.00", seller="别家样例中心", issued_on="2026-01-01")
    reading, kept = (
        row.document.readings.get(),
        {field.attname: getattr(row, field.attname) for field in row._meta.fields},
    )
    paper = {field.attname: getattr(row.document, field.attname) for field in row.document._meta.fields}
    papers = [
        type(row.document)(**paper | {"id": uuid.uuid4(), "sha256": f"{n:064x}"}) for n in range(first, first + count)
    ]
    type(row.document).objects.bulk_create(papers)
    Reading.objects.bulk_create(
        Reading(document=one, version=1, stage="read", kind=reading.kind, facts=reading.facts) for one in papers
    )
    Invoice.objects.bulk_create(
        Invoice(**kept | {"id": None, "invoice_number": f"2512{first + place:016d}", "document_id": one.pk})
        for place, one in enumerate(papers)
    )


def test_the_desk_asks_the_same_however_many_rows(client, world, claim):
    waiting, asked = drive_claim(claim, "district", world), []
    client.force_login(world.district)
    address = reverse("turn_detail", args=[waiting.turns.get().pk])
    client.get(address)
    for first, count in ((0, 5), (5, 45)):
        many(waiting, count, first)
        asked.append(queries(lambda: client.get(address)))
    assert asked[0] == asked[1] <= 24  # tests/reviews/test_counts.py


def test_of_three_hundred_rows_that_differ_some_are_listed_and_the_rest_counted(client, world, claim):
    many(claim, 299)
    type(claim.receipts.get()).objects.filter(claim=claim).update(amount=30_000_000)
    type(claim.contracts.get()).objects.filter(claim=claim).update(amount=30_000_000)
    told = texts(claim, "warn")
    assert f"还有 {300 * 3 + 299 - SHOWN} 项填写的内容与材料不一致，涉及 297 份材料" in told
    client.force_login(world.applicant)
    page = client.get(reverse("claim_check", args=[claim.number]))
    assert len(page.content) <= 100 * 1024
    waiting = drive_claim(afresh(claim), "district", world)
    client.force_login(world.district)
    page = client.get(reverse("turn_detail", args=[waiting.turns.get().pk]))
    assert len(page.content) <= 100 * 1024
