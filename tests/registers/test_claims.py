"""创新券兑现 beside 发票查验: asked when a claim is handed in and by the reviewer's button; nothing that waits stops anybody."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from redemption.models import Invoice, InvoiceKind
from redemption.services import submit_claim, verify_again
from redemption.verification import asked_of, terms_of
from registers.models import Question, Reply
from registers.services import ask_each, put
from registers.tasks import sweep_questions
from reviews.kinds import tell
from reviews.models import Verdict
from reviews.services import give_opinion
from tests.factories import drive_claim
from tests.helpers import afresh, refused
from tests.registers import stub as stubs
from tests.registers.stub import billed, reach
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world):
    return drive_claim(world.make_claim(), "draft", world)


def hand_in(claim, world):
    claim = submit_claim(afresh(claim), by=world.applicant)
    sweep_questions()
    return afresh(claim)


def findings(claim, person):
    lines = tell(afresh(claim), person).findings
    return [(line["tone"], line["text"]) for line in lines if "查验" in line["text"]]


def cells(claim, person):
    table = tell(afresh(claim), person).tables[0]
    told = [{label: value for label, value, _ in line}["代码与号码"] for line in table["lines"]]
    return [words.partition("税务查验：")[2] for words in told]


def again(claim, world):
    """Everything is due, and another round of questions goes out."""
    Question.objects.update(due_at=timezone.now(), tried_at=None)
    sweep_questions()
    return afresh(claim)


def test_each_invoice_is_asked_about_once_with_what_has_to_agree(world, draft, stub):
    claim = hand_in(draft, world)
    invoice = claim.invoices.get()
    assert [asked for asked in stub.heard if asked[0] == "invoice"] == [("invoice", str(invoice), terms_of(invoice))]
    assert terms_of(invoice).keys() == {"issued_on", "net", "gross", "seller_tax_id"}
    assert findings(claim, world.district) == [("ok", "发票经税务查验全部一致")]


@pytest.mark.parametrize("person", ["applicant", "district"])
def test_the_result_stands_with_its_time_at_the_invoice(world, draft, stub, time_machine, person):
    time_machine.move_to(timezone.now().replace(hour=2, minute=30), tick=False)
    claim = hand_in(draft, world)
    ((cell),) = cells(claim, world.people[person])
    assert cell == f"一致（{timezone.localtime():%Y-%m-%d %H:%M}）"


@pytest.mark.parametrize(
    ("word", "tone"), [("不一致", "bad"), ("查无此票", "bad"), ("已作废", "bad"), ("已红冲", "bad")]
)
def test_what_is_not_confirmed_is_a_finding_for_the_desk(world, draft, stub, word, tone):
    stub.always = {"invoice": billed(word)}
    claim = hand_in(draft, world)
    ((found, text),) = findings(claim, world.district)
    assert (found, word in text, claim.state) == (tone, True, "district")
    assert cells(claim, world.applicant)[0].startswith(f"{word}（")


def test_what_the_tax_bureau_does_not_confirm_passes_once_the_reviewer_has_said_so(world, draft, stub, client):
    stub.always = {"invoice": billed("不一致")}
    claim = hand_in(draft, world)
    turn = claim.turns.get(closed_at=None)
    client.force_login(world.district)
    form = client.get(turn.get_absolute_url()).context["form"]
    said = {"seen": claim.version, "verdict": "pass_review", "text": "同意。", "grave": form.grave}
    asked = client.post(reverse("turn_opinion", args=[turn.pk]), said)
    assert (asked.status_code, asked.context["form"].errors["sure"][0].count("不一致")) == (200, 1)
    assert not turn.opinions.exists()
    assert client.post(reverse("turn_opinion", args=[turn.pk]), said | {"sure": "on"}).status_code == 302
    assert turn.opinions.get().verdict == "pass_review"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (billed("稍后重试"), "请稍后重试"),
        (billed("超次数"), "超过当日查询次数"),
        (stubs.late, "没有按时回应"),
        (stubs.raw(500, b""), "连接不上"),
        (stubs.raw(200, b"\x00"), "回应不可读"),
    ],
)
def test_later_never_blocks_and_the_result_comes_by_itself(world, draft, stub, answer, why):
    stub.answers = [answer]
    stub.always = {"invoice": billed("已红冲")}
    claim = hand_in(draft, world)
    assert (claim.state, cells(claim, world.applicant)) == ("district", [f"待查验，{why}"])
    assert findings(claim, world.district) == [("todo", "1 张发票待查验")]
    claim = again(claim, world)
    assert findings(claim, world.district)[0][0] == "bad"


def test_a_void_invoice_that_is_known_is_not_handed_in_nor_passed(world, draft, stub):
    stub.always = {"invoice": billed("已作废")}
    claim = drive_claim(draft, "formal", world)
    sweep_questions()
    turn = open_turn(claim)
    with refused("R-DUP", match="经税务查验已作废，不能用于兑现"):
        give_opinion(turn, by=world.body, verdict=Verdict.PASS)
    give_opinion(turn, by=world.body, verdict=Verdict.RETURN, text="发票已作废，请更换。")
    with refused("R-DUP", match="经税务查验已作废"):
        submit_claim(afresh(claim), by=world.applicant)


def test_an_answer_counts_for_what_stood_in_the_row(world, draft, stub):
    claim = hand_in(draft, world)
    Invoice.objects.filter(claim=claim).update(seller_tax_id="91120116000000027M")
    assert cells(claim, world.applicant) == ["尚未查验"]
    assert ask_each("invoice", asked_of(list(claim.invoices.all()))) == 1
    sweep_questions()
    assert cells(claim, world.applicant)[0].startswith("一致（")


def test_the_reviewer_in_turn_asks_once_more(client, world, draft, stub):
    claim = hand_in(draft, world)
    client.force_login(world.district)
    url = reverse("claim_verify", args=[claim.number])
    assert url in [act["url"] for act in client.get(claim.get_absolute_url()).context["actions"]]
    stub.always = {"invoice": billed("已红冲")}
    assert client.post(url)["Location"] == f"{claim.get_absolute_url()}#details"
    sweep_questions()
    assert findings(claim, world.district)[0][0] == "bad"
    assert list(Reply.objects.filter(register="invoice").values_list("status", flat=True)) == ["matches", "red"]
    assert afresh(claim).events.get(step="verify").text == "1 张发票"
    assert "重新查验" in client.get(open_turn(claim).get_absolute_url()).content.decode()


def test_nobody_else_asks_again(client, world, draft, stub):
    claim = hand_in(draft, world)
    url = reverse("claim_verify", args=[claim.number])
    for role, status in (("applicant", 409), ("body", 404), ("stranger", 404)):
        client.force_login(world.people[role])
        assert client.post(url).status_code == status
    client.force_login(world.applicant)
    assert url not in [act["url"] for act in client.get(claim.get_absolute_url()).context["actions"]]


def test_five_a_day_of_one_invoice(world, draft, stub, settings, time_machine):
    time_machine.move_to(dt.datetime.now(dt.UTC).replace(hour=2), tick=False)
    reach(settings, "invoice", each_a_day=2)
    claim = hand_in(draft, world)
    for _ in range(3):
        verify_again(claim, by=world.district)
        claim = again(claim, world)
    assert len([asked for asked in stub.heard if asked[0] == "invoice"]) == 2
    assert cells(claim, world.district)[0].endswith("待查验，超过当日查询次数")


def test_a_kind_that_the_service_does_not_know_is_not_asked_about(world, draft, stub):
    draft.invoices.update(kind=InvoiceKind.OTHER, kind_reason="境外票据")
    claim = hand_in(draft, world)
    assert ([asked for asked in stub.heard if asked[0] == "invoice"], cells(claim, world.applicant)) == ([], ["不适用"])


def test_many_invoices_are_asked_about_in_few_queries(stub, django_assert_max_num_queries):
    asked = {f"012001900111 {number:08}": {"gross": "1.00"} for number in range(120)}
    put("invoice", "012001900111 00000000", {"gross": "2.00"})
    with django_assert_max_num_queries(6):
        assert ask_each("invoice", asked) == 120
    assert Question.objects.filter(terms={"gross": "1.00"}).count() == 120
    assert ask_each("invoice", asked) == 120
    assert Question.objects.count() == 120


def test_without_a_connection_the_tables_are_as_before(world, draft):
    claim = submit_claim(draft, by=world.applicant)
    assert (cells(claim, world.applicant), findings(claim, world.district)) == ([""], [])
    with refused("R-REGISTER", match="发票查验还没有接入"):
        verify_again(claim, by=world.district)
