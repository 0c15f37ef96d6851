"""拨付登记: who writes down what was paid, for which redemptions, what the firm hears, and what the database refuses."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from redemption.models import Claim, Payment
from redemption.payments.querysets import held_against, paid, unpaid
from redemption.payments.services import MOST, record_payments, strike_payment
from tests.factories import World, drive_claim
from tests.helpers import afresh, at_once, constrained, copied, refused

pytestmark = pytest.mark.django_db
LIST, RECORD = reverse("payment_list"), reverse("payment_record")
PAPER = "样例拨付〔2026〕3 号"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def claim(world):
    return drive_claim(world.make_claim(), "passed", world)


@pytest.fixture
def city(client, world):
    client.force_login(world.municipal)
    return client


def recorded(claims, world, *, day=None):
    day = day or timezone.localdate()
    return record_payments([claim.pk for claim in claims], paid_on=day, reference=PAPER, by=world.municipal)


def told(world, kind):
    return list(Notice.objects.filter(kind=kind, recipient=world.applicant).values_list("subject", flat=True))


def test_what_was_paid_is_kept_once_told_and_in_the_trail(world, claim):
    [row] = recorded([claim], world)
    claim = afresh(claim)
    assert (row.amount, row.reference, row.by, claim.paid_on) == (50_000, PAPER, world.municipal, row.paid_on)
    assert told(world, "claim_paid") == [f"兑现申请 {claim.number} 已拨付 ¥\u00a050,000.00"]
    line = claim.events.latest("sequence")
    assert (line.step, line.text) == ("claim_paid", f"{row.paid_on} 拨付 50,000 元，{PAPER}")
    body = Notice.objects.get(kind="claim_paid", recipient=world.applicant).body
    assert claim.account_number not in body
    assert claim.account_number[-4:] in body
    with refused("R-PAY", match="没有登记任何一份"):
        recorded([claim], world)
    assert Payment.objects.count() == 1


def test_one_that_has_not_passed_stops_all(world, claim):
    other = drive_claim(world.make_claim(amount=20_000), "experts", world)
    with refused("R-PAY"):
        recorded([claim, other], world)
    assert (afresh(claim).paid_on, Payment.objects.count()) == (None, 0)


def test_no_money_while_the_amount_may_be_held_against(world, claim):
    Claim.objects.filter(pk=claim.pk).update(due_on=timezone.localdate())
    assert unpaid().filter(held_against()).get() == claim
    with refused("R-PAY"):
        recorded([claim], world)
    Claim.objects.filter(pk=claim.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    recorded([claim], world)
    assert paid().get() == claim


def test_the_day_lies_between_the_experts_word_and_today(world, claim):
    today = timezone.localdate()
    with refused("R-DATE", match="不能晚于今天"):
        recorded([claim], world, day=today + dt.timedelta(days=1))
    with refused("R-DATE", match=f"{claim.number} 于 {today} 通过"):
        recorded([claim], world, day=today - dt.timedelta(days=1))
    assert not Payment.objects.exists()


def test_nothing_and_too_many_are_refused(world):
    with refused("R-PAY", match="先勾选"):
        recorded([], world)
    with refused("R-PAY", match=f"最多登记 {MOST} 份"):
        record_payments(range(1, MOST + 2), paid_on=timezone.localdate(), reference=PAPER, by=world.municipal)


@pytest.mark.parametrize("name", ["applicant", "provider_member", "platform", "district", "body", "auditor"])
def test_only_the_city_writes_and_reads_it(world, claim, name):
    person = getattr(world, name)
    with refused("R-PERM"):
        record_payments([claim.pk], paid_on=timezone.localdate(), reference=PAPER, by=person)
    client = Client()
    client.force_login(person)
    answers = [client.get(LIST), client.get(RECORD), client.post(RECORD, {"claim": claim.pk})]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Payment.objects.exists()


def test_a_line_that_was_wrong_is_struck_out_told_and_stays(world, claim):
    [row] = recorded([claim], world)
    struck = strike_payment(row, why="银行退回", by=world.municipal)
    assert (afresh(claim).paid_on, struck.struck_by, struck.struck_why) == (None, world.municipal, "银行退回")
    assert told(world, "claim_payment_struck") == [f"更正：兑现申请 {claim.number} 的拨付登记已撤销"]
    assert claim.events.latest("sequence").text.endswith("撤销原因：银行退回")
    with refused("R-STALE", match="已经撤销"):
        strike_payment(row, why="再一次", by=world.municipal)
    recorded([claim], world)
    assert [row.struck_at is None for row in Payment.objects.all()] == [True, False]


def test_a_reviewer_strikes_nothing_out(world, claim):
    [row] = recorded([claim], world)
    with refused("R-PERM"):
        strike_payment(row, why="样例", by=world.body)
    assert afresh(row).struck_at is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("payment_once_per_claim", {}),
        ("payment_above_zero", {"amount": 0, "struck_at": timezone.now(), "struck_why": "样例"}),
        ("payment_struck_with_reason", {"struck_at": timezone.now()}),
    ],
)
def test_the_database_refuses(world, claim, name, values):
    [row] = recorded([claim], world)
    struck = {"struck_by": world.municipal} if "struck_at" in values else {}
    with constrained(name):
        copied(row, **values, **struck)


def test_the_list_shows_what_waits_and_the_sum_then_what_was_paid(world, claim, city):
    page = city.get(LIST).content.decode()
    assert claim.number in page
    assert "50,000 元" in page
    assert f'value="{claim.pk}"' in page
    assert "没有符合条件的申请" in city.get(LIST, {"q": "没有这一家"}).content.decode()
    recorded([claim], world)
    assert "没有等待拨付的申请" in city.get(LIST).content.decode()
    assert reverse("payment_strike", args=[claim.pk]) in city.get(LIST, {"stage": "paid"}).content.decode()


def test_what_may_be_held_against_has_no_box(world, claim, city):
    Claim.objects.filter(pk=claim.pk).update(due_on=timezone.localdate())
    page = city.get(LIST).content.decode()
    assert f"可申请复核至 {timezone.localdate()}" in page
    assert f'value="{claim.pk}"' not in page


def test_ticked_looked_at_and_confirmed(world, claim, city):
    page = city.get(RECORD, {"claim": [claim.pk, "x", claim.pk]}).content.decode()
    assert "共 1 份" in page
    answer = city.post(RECORD, {"claim": claim.pk, "paid_on": "2099-01-01", "reference": PAPER})
    page = answer.content.decode()
    assert "不能晚于今天" in page
    assert PAPER in page
    typed = {"claim": claim.pk, "paid_on": f"{timezone.localdate()}", "reference": PAPER}
    assert city.post(RECORD, typed).url == LIST
    assert afresh(claim).paid_on == timezone.localdate()
    assert "已登记 1 份兑现申请的拨付，共 50,000 元" in city.get(LIST).content.decode()


def test_nothing_ticked_leads_back_with_a_sentence(world, city):
    answer = city.get(RECORD, follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    assert "请先勾选要登记的兑现申请" in answer.content.decode()


def test_what_was_paid_meanwhile_says_so(world, claim, city):
    recorded([claim], world)
    assert "有的已经登记" in city.get(RECORD, {"claim": claim.pk}, follow=True).content.decode()
    assert "登错了可以撤销" in city.get(LIST, {"stage": "paid"}).content.decode()


def test_striking_out_asks_why(world, claim, city):
    recorded([claim], world)
    place = reverse("payment_strike", args=[claim.pk])
    assert PAPER in city.get(place).content.decode()
    assert "error-summary" in city.post(place, {"why": ""}).content.decode()
    assert afresh(claim).paid_on is not None
    assert city.post(place, {"why": "银行退回"}).url == LIST
    assert afresh(claim).paid_on is None
    assert city.get(place).status_code == 404


def test_the_firm_reads_the_day(world, claim):
    client = Client()
    client.force_login(world.applicant)
    assert "尚未拨付" in client.get(claim.get_absolute_url()).content.decode()
    recorded([claim], world)
    assert f"已于 {timezone.localdate()} 拨付到收款账户" in client.get(claim.get_absolute_url()).content.decode()


def test_many_cost_as_few_questions_as_one(world):
    claims = [drive_claim(world.make_claim(amount=20_000), "passed", world) for _ in range(4)]
    asked = []
    for some in (claims[:1], claims[1:]):
        with CaptureQueriesContext(connection) as queries:
            recorded(some, world)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 25
    assert Payment.objects.count() == 4


@pytest.mark.parametrize(("rows", "index"), [(unpaid, "claim_waits_for_money"), (paid, "claim_paid")])
def test_a_page_is_read_along_its_index(rows, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    plan = rows()[:20].explain()
    assert index in plan
    assert "Sort" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_who_write_it_down_at_once_pay_once():
    world = World()
    claim = drive_claim(world.make_claim(), "passed", world)
    answers = at_once(lambda: len(recorded([claim], world)), lambda: len(recorded([claim], world)))
    assert sorted(answers, key=str) == [1, "R-PAY"]
    assert Payment.objects.count() == 1
