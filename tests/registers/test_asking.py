"""A question leaves once, is answered once, and is asked again by itself as long as nothing has come."""

import datetime as dt
import time

import pytest
from django.db import connection
from django.utils import timezone

from policy.calendar import SHANGHAI
from registers import asking
from registers.asking import LEASE, attempt, claim, record, sweep
from registers.checks import check_gateways
from registers.gateways import Answered
from registers.kinds import Status
from registers.models import DayCount, Question, Reply
from registers.services import put
from registers.standing import standing_of
from registers.tasks import check_question, forget_questions, sweep_questions
from tests.helpers import afresh, at_once, by_owner, constrained
from tests.registers import stub as stubs
from tests.registers.stub import ACTIVE, billed, raw, reach

pytestmark = pytest.mark.django_db
CODE, INVOICE = "91120104000000019E", "012001900111 12345678"


def due(question):
    """The question as if its next try had come."""
    Question.objects.filter(pk=question.pk).update(due_at=timezone.now(), tried_at=None)
    return afresh(question)


def asked(register="enterprise", subject=CODE, terms=None):
    question = put(register, subject, terms)
    attempt(question.pk)
    return afresh(question)


def test_an_answer_is_kept_with_its_facts_its_source_and_its_time(stub):
    question, before = asked(), timezone.now() - dt.timedelta(seconds=5)
    reply = Reply.objects.get()
    assert (reply.status, reply.facts, reply.source) == ("active", ACTIVE["facts"], "样例登记系统")
    assert (question.closed_at is not None, question.trouble, question.tries, reply.at > before) == (True, "", 1, True)
    assert stub.heard == [("enterprise", CODE, {})]
    assert standing_of("enterprise", CODE).label == "已核验"


@pytest.mark.parametrize(
    ("register", "word", "status"),
    [
        ("enterprise", "注销", Status.CANCELLED),
        ("enterprise", "吊销未注销", Status.REVOKED),
        ("enterprise", "迁出", Status.MOVED),
        ("enterprise", "查无登记", Status.ABSENT),
        ("credit", "无失信记录", Status.CLEAN),
        ("credit", "有失信记录", Status.HIT),
        ("invoice", "一致", Status.MATCHES),
        ("invoice", "不一致", Status.DIFFERS),
        ("invoice", "查无此票", Status.UNKNOWN),
        ("invoice", "已作废", Status.VOIDED),
        ("invoice", "已红冲", Status.RED),
    ],
)
def test_each_word_of_a_register_means_one_thing(stub, register, word, status):
    stub.answers = [billed(word)]
    asked(register)
    assert Reply.objects.get().status == status


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (stubs.late, "slow"),
        (stubs.dripping, "slow"),
        (stubs.cut, "away"),
        (raw(502, b"<html>bad gateway"), "away"),
        (raw(503, b""), "away"),
        (raw(403, b"{}"), "broken"),
        (raw(302, b""), "broken"),
        (raw(429, b""), "later"),
        (raw(200, b"<html>"), "broken"),
        (raw(200, b"\xff\xfe"), "broken"),
        (raw(200, b"[" * 20_000), "broken"),
        (raw(200, b"[1]"), "broken"),
        (raw(200, b"{}"), "broken"),
        (raw(200, b" " * 70_000), "broken"),
        ({"status": 5}, "broken"),
        ({"status": "奇怪"}, "broken"),
        ({"status": "存续"}, "broken"),
        (billed("稍后重试"), "later"),
        (billed("超次数"), "exhausted"),
    ],
)
def test_what_is_no_answer_is_noted_and_asked_again(stub, answer, trouble):
    stub.answers = [answer]
    began = time.monotonic()
    question = asked()
    assert time.monotonic() - began < 2
    assert (question.trouble, question.closed_at, Reply.objects.count()) == (trouble, None, 0)
    assert question.due_at > timezone.now()
    due(question)
    sweep_questions()
    assert (afresh(question).closed_at is not None, Reply.objects.count()) == (True, 1)


def test_nothing_is_kept_that_was_not_asked_for(stub):
    odd = {"name": "海河\u0000样例\ud800科技\n有限公司", "legal_representative": 7, "id_card": "120101199001011234"}
    stub.answers = [{"status": "存续", "facts": odd, "source": "源" * 500}]
    asked()
    reply = Reply.objects.get()
    assert reply.facts == {"name": "海河样例科技 有限公司"}
    assert reply.source == "源" * 60
    stub.answers = [{"status": "注销", "facts": ["x"]}]
    asked("enterprise", "91120222MA00000312")
    last = Reply.objects.latest("pk")
    assert (last.facts, last.source) == ({}, "企业登记信息")


def test_a_register_that_is_down_is_asked_after_longer_and_longer_pauses(stub, time_machine):
    stub.__exit__()
    time_machine.move_to("2026-11-24 09:00:00 +0800", tick=False)
    question, waits = put("enterprise", CODE), []
    for _ in range(7):
        attempt(question.pk)
        question = afresh(question)
        waits.append((question.due_at - timezone.now()).total_seconds() / 60)
        due(question)
    assert waits == [1, 5, 15, 60, 180, 360, 360]
    assert question.trouble == "away"


def test_a_question_that_nobody_answers_for_a_month_is_closed(stub):
    stub.answers = [billed("稍后重试")]
    question = put("enterprise", CODE)
    Question.objects.update(asked_at=timezone.now() - dt.timedelta(days=31))
    attempt(question.pk)
    assert (afresh(question).closed_at is not None, standing_of("enterprise", CODE).label) == (True, "尚未核验")


def test_a_task_that_runs_twice_asks_once(stub):
    question = put("enterprise", CODE)
    check_question(question.pk)
    check_question(question.pk)
    sweep_questions()
    assert len(stub.heard) == Reply.objects.count() == 1


def test_a_killed_worker_leaves_a_question_that_the_sweep_takes_up(stub, time_machine):
    time_machine.move_to("2026-11-24 09:00:00 +0800", tick=False)
    question = put("enterprise", CODE)
    assert claim(question.pk).tries == 1
    assert claim(question.pk) is None
    sweep_questions()
    assert stub.heard == []
    time_machine.shift(LEASE)
    sweep_questions()
    assert (len(stub.heard), afresh(question).tries) == (1, 2)


def test_of_two_workers_one_writes_the_answer_down(stub):
    question = put("enterprise", CODE)
    assert record(question, Answered(Status.ACTIVE, {}, "一")) is not None
    assert record(question, Answered(Status.ACTIVE, {}, "二")) is None
    assert Reply.objects.get().source == "一"


def test_an_answer_to_older_terms_leaves_the_question_open(stub):
    question = put("invoice", INVOICE, {"amount": "1.00"})
    held = claim(question.pk)
    put("invoice", INVOICE, {"amount": "2.00"})
    record(held, Answered(Status.DIFFERS, {}, "源"))
    standing = standing_of("invoice", INVOICE)
    assert (standing.question.terms, standing.reply.terms) == ({"amount": "2.00"}, {"amount": "1.00"})
    sweep()
    assert standing_of("invoice", INVOICE).reply.terms == {"amount": "2.00"}


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_ask_one_question(stub):
    at_once(lambda: put("enterprise", CODE).pk, lambda: put("enterprise", CODE).pk)
    assert Question.objects.count() == 1


def test_a_day_has_its_limit_and_an_invoice_its_own(stub, settings, time_machine):
    time_machine.move_to("2026-11-24 09:00:00 +0800", tick=False)
    reach(settings, "invoice", a_day=3, each_a_day=2)
    for _ in range(3):
        question = asked("invoice", INVOICE)
    assert (len(stub.heard), question.trouble) == (2, "exhausted")
    assert question.due_at == dt.datetime(2026, 11, 25, 0, 5, tzinfo=SHANGHAI)
    asked("invoice", "1")
    assert asked("invoice", "2").trouble == "exhausted"
    time_machine.move_to("2026-11-25 00:05:00 +0800", tick=False)
    sweep_questions()
    assert [row.closed_at is not None for row in Question.objects.filter(subject__in=(INVOICE, "2"))] == [True] * 4
    reach(settings, "invoice", a_day=0)
    assert asked("invoice", "3").trouble == "exhausted"


def test_counts_and_closed_questions_go_after_their_days_answers_stay(stub):
    asked()
    old = timezone.now() - dt.timedelta(days=100)
    Question.objects.update(closed_at=old)
    DayCount.objects.update(day=old.date())
    forget_questions()
    assert (Question.objects.count(), DayCount.objects.count(), Reply.objects.count()) == (0, 0, 1)


def test_an_answer_is_changed_and_deleted_by_nobody(stub):
    asked()
    with constrained("append-only"), by_owner():
        Reply.objects.update(status="clean")
    with constrained("append-only"), by_owner():
        Reply.objects.all().delete()


@pytest.mark.parametrize(
    ("model", "facts", "name"),
    [
        (Question, {"register": "enterprise"}, "question_one_open_per_subject"),
        (Question, {"register": "x"}, "question_register_known"),
        (Reply, {"register": "x", "status": "clean"}, "reply_register_known"),
        (Reply, {"register": "credit", "status": "x"}, "reply_status_known"),
        (DayCount, {"register": "credit", "day": "2026-11-24"}, "day_count_one_per_subject"),
    ],
)
def test_the_database_says_no_too(model, facts, name):
    with constrained(name):
        for _ in range(2):
            model.objects.create(subject=CODE, **facts)


def test_a_sweep_leaves_a_register_that_is_away(stub):
    stub.__exit__()
    for number in range(3):
        put("enterprise", str(number))
    sweep()
    assert sorted(Question.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_gateway_that_breaks_in_its_own_way_is_asked_again(settings):
    reach(settings, "credit", backend="tests.registers.test_asking.breaks")
    assert asked("credit").trouble == "broken"


def breaks(_register, _subject, _terms):
    raise KeyError


@pytest.mark.bare
def test_a_gateway_that_leads_nowhere_is_told_at_the_check(settings):
    reach(settings, "credit", backend="registers.nowhere")
    assert [problem.id for problem in check_gateways()] == ["registers.E001"]


def test_each_question_of_the_tables_has_its_index(stub):
    """As growing tables are asked: by subject, by what is due, by time."""
    asked()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for rows in (
            Reply.objects.filter(register="credit", subject=CODE).order_by("register", "subject", "-pk"),
            Question.objects.filter(register="credit", closed_at=None, due_at__lte=timezone.now()).order_by("due_at"),
            Question.objects.filter(closed_at__lt=timezone.now()),
            Reply.objects.filter(register="credit").order_by("-at"),
        ):
            assert "Index" in rows.explain(), rows.query


@pytest.mark.bare
def test_pauses_and_lease_fit_each_other():
    """A worker that is still asking is never taken for dead."""
    assert LEASE.total_seconds() > 10 * 3
    assert list(asking.PAUSES) == sorted(asking.PAUSES)
