"""Files dropped on the lists of a redemption: they stand there at once, are read, looked at, and become rows."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from papers.facts import Fact, Source
from papers.models import Reading
from records.models import Document
from redemption.models import Claim
from redemption.rows.dropping import waiting_of
from redemption.services import end_claim
from tests import hostile
from tests.factories import drive_claim
from tests.redemption.dropped import (
    HTMX,
    MARK,
    PAYEE,
    contract,
    contract_pdf,
    drop,
    dropped_one,
    edit,
    every,
    invoice,
    invoice_pdf,
    invoice_xml,
    marks,
    one,
    read_all,
    receipt,
    receipt_pdf,
    rows,
    seven,
)
from tests.redemption.typed import answers, paper

pytestmark = pytest.mark.django_db
MOST_KB = 100


@pytest.fixture(autouse=True)
def _read(settings):
    settings.READ_PAPERS = True


def test_seven_files_stand_in_their_lists_and_are_saved_at_once(applicant, bare):
    answer = drop(applicant, bare, seven(bare))
    assert answer.headers["Location"] == edit(bare) + "#rows-invoice"
    assert applicant.get(edit(bare)).content.decode().count("正在读取“") == 7
    read_all(bare)
    page = applicant.get(edit(bare))
    assert [[str(one.dropped) for one in some.waiting] for some in page.context["lists"]] == [
        ["发票1.pdf", "发票2.pdf", "发票3.xml"],
        ["回单1.pdf", "回单2.pdf", "回单3.pdf"],
        ["合同.pdf"],
    ]
    assert page.content.decode().count("已从“发票”放到这里") == 4
    assert rows(bare) == [0, 0, 0]  # nobody has said yet that it is true
    said = applicant.post(every(bare), {"shown": marks(applicant, bare)}, follow=True).content.decode()
    assert "已保存 7 行" in said
    assert rows(bare) == [3, 3, 1]
    assert not bare.dropped.exists()
    assert sum(row.gross for row in bare.invoices.all()) == Decimal(100_000)
    assert {row.document.purpose for row in bare.receipts.all()} == {"银行回单"}
    assert {row.payee_account for row in bare.receipts.all()} == {PAYEE}


def test_what_waits_holds_the_claim_back(applicant, world, claim):
    dropped_one(applicant, claim)
    sentence = "还有拖入的文件没有保存成行"
    assert sentence in applicant.post(edit(claim), answers(act="submit")).content.decode()
    checked = applicant.get(reverse("claim_check", args=[claim.number])).content.decode()
    assert sentence in checked
    assert f'href="{edit(claim)}#dropped-form"' in checked
    submit = reverse("claim_submit", args=[claim.number])
    assert applicant.post(submit, {"seen": Claim.objects.get(pk=claim.pk).version}).status_code == 409


def test_a_line_that_is_sent_as_it_was_shown_becomes_a_row(applicant, bare):
    dropped = dropped_one(applicant, bare)
    assert applicant.post(one(dropped), {"shown": marks(applicant, bare)}).status_code == 302
    row = bare.invoices.get()
    assert (row.gross, row.kind, row.document) == (Decimal(33_000), "digital_plain", dropped.document)


def test_a_line_that_was_not_shown_so_is_not_saved(applicant, bare):
    """It was read anew since, or was still being read when the page was made: nobody has looked at it."""
    dropped = dropped_one(applicant, bare)
    for shown in ([], [f"{dropped.pk}.00000000"]):
        page = applicant.post(one(dropped), {"shown": shown}).content.decode()
        assert "这份材料刚刚重新读取过" in page
    assert rows(bare) == [0, 0, 0]
    drop(applicant, bare, {"另一张.pdf": invoice_pdf(invoice(bare, 8))})
    applicant.post(every(bare), {"shown": marks(applicant, bare)})  # the other one is being read
    assert [rows(bare), bare.dropped.count()] == [[1, 0, 0], 1]


def test_what_was_typed_counts_and_not_what_was_read(applicant, bare):
    dropped = dropped_one(applicant, bare)
    part = applicant.get(one(dropped), headers=HTMX)
    form = part.context["one"].form
    sent = {form.add_prefix(name): form[name].value() or "" for name in form.fields}
    page = applicant.post(
        one(dropped), sent | {f"d{dropped.pk}-buyer": "手打的名称", f"d{dropped.pk}-net": "x"}, headers=HTMX
    )
    words = page.content.decode()
    assert 'value="手打的名称"' in words
    assert f"材料上是“{bare.unit.name}”（版面文字）" in words
    assert "标出位置" in words
    applicant.post(one(dropped), sent | {f"d{dropped.pk}-buyer": "手打的名称"}, headers=HTMX)
    assert bare.invoices.get().buyer == "手打的名称"


def test_a_row_that_lacks_something_stays_open_and_the_others_are_kept(applicant, bare):
    contents = {
        "发票.pdf": invoice_pdf(invoice(bare, 1)),
        "空白.pdf": paper().read(),
        "回单.pdf": receipt_pdf(receipt(bare, 1)),
    }
    drop(applicant, bare, contents)
    read_all(bare)
    page = applicant.post(every(bare), {"shown": marks(applicant, bare)}, headers=HTMX)
    words = page.content.decode()
    assert rows(bare) == [1, 1, 0]
    assert "请填写发票号码" in words
    assert "没有读到可以填入的内容" in words
    left = bare.dropped.get()
    assert str(left) == "空白.pdf"
    plain = applicant.post(every(bare), {"shown": marks(applicant, bare)})
    assert "请填写发票号码" in plain.content.decode()


def test_the_same_invoice_twice_is_one_row(applicant, bare):
    facts = invoice(bare, 1)
    drop(applicant, bare, {"发票.pdf": invoice_pdf(facts), "发票.xml": invoice_xml(facts)})
    read_all(bare)
    words = applicant.post(every(bare), {"shown": marks(applicant, bare)}, headers=HTMX).content.decode()
    assert "这张发票已经在本申请的列表里" in words
    assert [rows(bare), bare.dropped.count()] == [[1, 0, 0], 1]


def test_an_invoice_of_another_claim_is_refused_without_saying_whose(applicant, world, bare):
    other = drive_claim(world.make_claim(), "district", world).invoices.get()
    number = invoice(bare, 1, invoice_number=other.invoice_number)
    dropped = dropped_one(applicant, bare, content=invoice_xml(number), name="发票.xml")
    words = applicant.post(one(dropped), {"shown": marks(applicant, bare)}, headers=HTMX).content.decode()
    assert "这张发票已被另一份兑现申请使用" in words
    assert rows(bare) == [0, 0, 0]


def test_a_paper_can_be_put_on_another_list(applicant, bare):
    dropped = dropped_one(applicant, bare, "合同.pdf", contract_pdf(contract(bare)))
    part = applicant.post(one(dropped), {"act": "move-invoice"}, headers=HTMX)
    assert f'hx-swap-oob="delete:#dropped-{dropped.pk}' in part.content.decode()
    assert 'beforeend:#table-invoice"' in part.content.decode()
    assert applicant.get(edit(bare)).context["lists"][0].waiting[0].dropped == dropped
    moved = applicant.post(one(dropped), {"act": "move-contract"})
    assert moved.headers["Location"] == edit(bare) + f"?open={dropped.pk}#rows-contract"
    assert applicant.post(one(dropped), {"act": "move-cheque"}).status_code == 404


def test_the_term_of_a_contract_is_offered(applicant, world, bare):
    dropped = dropped_one(applicant, bare, "合同.pdf", contract_pdf(contract(bare)), "contract")
    reading = Reading.objects.get(document=dropped.document)
    term = (Fact("valid_from", "2026-01-02", Source.TEXT), Fact("valid_until", "2026-12-20", Source.TEXT))
    facts = replace(reading.read, facts=(*reading.read.facts, *term))
    Reading.objects.filter(pk=reading.pk).update(facts=facts.as_json())
    [line] = waiting_of(bare, world.applicant)
    assert (line.offered.initial["starts_on"], line.offered.initial["ends_on"]) == ("2026-01-02", "2026-12-20")
    assert {"开始日期", "结束日期"} <= {*line.looks}


def test_a_paper_that_is_not_wanted_goes(applicant, bare):
    dropped = dropped_one(applicant, bare)
    part = applicant.post(one(dropped), {"act": "remove"}, headers=HTMX).content.decode()
    assert f"delete:#dropped-{dropped.pk}, #waiting-{dropped.pk}" in part
    assert not bare.dropped.exists()
    assert Document.objects.get(pk=dropped.document.pk).dropped_at is not None
    assert applicant.post(one(dropped), {"act": "remove"}).status_code == 302  # twice is once


def test_the_page_asks_whether_something_was_read(applicant, bare):
    drop(applicant, bare, {"回单.pdf": receipt_pdf(receipt(bare, 1)), "发票.pdf": invoice_pdf(invoice(bare, 2))})
    first, second = bare.dropped.all()
    asked = {"waiting": [first.pk, second.pk, 999, "x"]}
    assert "delete:#dropped-999, #waiting-999" in applicant.get(every(bare), asked, headers=HTMX).content.decode()
    assert applicant.get(every(bare), {"waiting": [first.pk]}, headers=HTMX).status_code == 204
    read_all(bare)
    words = applicant.get(every(bare), asked, headers=HTMX).content.decode()
    assert f"delete:#waiting-{first.pk}" in words  # it is a receipt
    assert 'beforeend:#table-receipt"' in words
    assert f"outerHTML:#waiting-{second.pk}" in words
    assert applicant.get(every(bare)).headers["Location"] == edit(bare)


def test_while_a_worker_is_dead_one_types(applicant, bare):
    drop(applicant, bare, {"发票.pdf": invoice_pdf(invoice(bare, 1))})
    dropped = bare.dropped.get()
    page = applicant.get(edit(bare)).content.decode()
    assert "自己填写" in page
    opened = applicant.get(one(dropped), follow=True)
    form = opened.context["lists"][0].waiting[0].form
    assert form.initial["buyer"] == bare.unit.name
    facts = invoice(bare, 1)
    typed = {f"d{dropped.pk}-{name}": facts.get(name, "") for name in form.fields} | {
        f"d{dropped.pk}-kind": "digital_plain"
    }
    assert applicant.post(one(dropped), typed).status_code == 302
    assert bare.invoices.get().invoice_number == facts["invoice_number"]
    read_all(bare)  # it comes back: the row stands as it was typed


def test_what_cannot_be_read_says_so_and_is_typed(applicant, bare):
    drop(applicant, bare, {"坏.pdf": paper().read()})
    Reading.objects.update(stage="unreadable", sentence="打不开，没有识读。")
    assert "“坏.pdf”打不开，没有识读。" in applicant.get(edit(bare)).content.decode()


def test_a_line_opens_and_closes(applicant, bare):
    dropped = dropped_one(applicant, bare)
    assert "row-open" in applicant.get(one(dropped), headers=HTMX).content.decode()
    assert "row-open" not in applicant.get(one(dropped), {"close": "1"}, headers=HTMX).content.decode()
    still = applicant.post(edit(bare), {"act": "submit", "open_row": f"dropped-{dropped.pk}"})
    assert still.context["lists"][0].waiting[0].form is not None
    bare.dropped.all().delete()
    part = applicant.get(one(dropped), headers=HTMX).content.decode()
    assert ("已经保存成行，或者已被移除" in part, f"dropped-{dropped.pk}" in part) == (True, False)
    assert applicant.get(one(dropped)).status_code == 409
    assert applicant.post(one(dropped), headers=HTMX).status_code == 409


def test_twenty_files_cost_what_one_does_and_their_page_is_small(applicant, bare):
    named = {f"发票{n}.xml": invoice_xml(invoice(bare, n, "1000.00")) for n in range(20)}
    assert drop(applicant, bare, named, **HTMX).status_code == 200
    read_all(bare)
    page = applicant.get(edit(bare)).content
    assert len(page) <= MOST_KB * 1024
    answer = applicant.post(every(bare), {"shown": MARK.findall(page.decode())}, headers=HTMX)
    assert bare.invoices.count() == 20
    assert len(answer.content) <= MOST_KB * 1024


def test_an_open_row_that_is_kept_says_where_it_differs_from_its_paper(applicant, bare):
    dropped = dropped_one(applicant, bare)
    applicant.post(one(dropped), {"shown": marks(applicant, bare)})
    row = bare.invoices.get()
    bare.invoices.update(seller="另一家公司")
    words = applicant.get(
        reverse("claim_row_edit", args=[bare.number, "invoice", row.pk]), headers=HTMX
    ).content.decode()
    assert f"材料上是“{row.seller}”（版面文字）" in words
    assert 'value="另一家公司"' in words


def test_what_a_hostile_paper_says_is_shown_as_text_and_not_taken(applicant, bare):
    facts = invoice(bare, 1, seller="<script>alert(1)</script>" + "长" * 300, issued_on="2099-01-01")
    dropped = dropped_one(applicant, bare, "发票.xml", invoice_xml(facts | {"seller": "&lt;script&gt;" + "长" * 300}))
    form = applicant.get(one(dropped), headers=HTMX).context["one"].form
    assert form.initial["seller"] != facts["seller"]
    words = applicant.get(one(dropped), headers=HTMX).content.decode()
    assert "<script>" not in words
    page = applicant.post(one(dropped), {"shown": marks(applicant, bare)}, headers=HTMX)
    assert page.status_code == 200
    assert rows(bare) == [0, 0, 0]


@pytest.mark.parametrize("way", ["one", "all"])
def test_hostile_values_in_a_row_that_waits_break_nothing(applicant, bare, way):
    dropped = dropped_one(applicant, bare)
    names = list(applicant.get(one(dropped), headers=HTMX).context["one"].form.fields)
    texts = [
        value
        for value in hostile.VALUES
        if isinstance(value, str) and value.encode("utf-8", "ignore").decode() == value
    ]
    for value in texts[::2]:
        sent = {f"d{dropped.pk}-{name}": value for name in names}
        answer = applicant.post(
            one(dropped) if way == "one" else every(bare), sent | {"shown": value[:20]}, headers=HTMX
        )
        assert answer.status_code == 200
    assert [rows(bare), bare.dropped.count()] == [[0, 0, 0], 1]


def test_what_waits_for_a_claim_that_was_ended_leads_to_the_claim(applicant, claim):
    dropped = dropped_one(applicant, claim)
    end_claim(claim, "withdraw", by=claim.unit.memberships.get(role="admin").user)
    assert applicant.get(every(claim), headers=HTMX).headers["HX-Redirect"] == claim.get_absolute_url()
    assert applicant.get(one(dropped)).headers["Location"] == claim.get_absolute_url()
    assert applicant.post(every(claim)).status_code == 409
