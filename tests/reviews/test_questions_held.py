"""Who may what, what the database holds, and two at once."""

import pytest
from django.db.models import F

from policy.calendar import today
from records.rules import RuleBroken
from reviews.models import Question, QuestionPaper, Reply
from reviews.questions.services import accept, answer, ask, decline, propose
from reviews.services import give_opinion
from tests.factories import World, drive_application, drive_unit, make_document, make_unit, make_user
from tests.helpers import afresh, aside, at_once, by_owner, constrained
from tests.reviews.asking import BETTER, WHY, asked, proposed
from tests.reviews.desk import open_turn


@pytest.fixture
def turn(application):
    return open_turn(application)


SIDES = {  # person → may ask, answer the office, answer the firm, propose, accept, decline
    "applicant": (1, 1, 0, 0, 1, 1),
    "reader": (0, 0, 0, 0, 0, 0),
    "stranger": (0, 0, 0, 0, 0, 0),
    "provider_member": (0, 0, 0, 0, 0, 0),
    "district": (1, 0, 1, 1, 0, 0),
    "other_district": (0, 0, 0, 0, 0, 0),
    "body": (0, 0, 0, 0, 0, 0),
    "municipal": (0, 0, 0, 0, 0, 0),
    "platform": (0, 0, 0, 0, 0, 0),
}


class UndoneError(Exception):
    """What was done is taken back."""


def may(act):
    """Whether the verb is carried out; undone afterwards. For who may not, the rule says so."""

    def undone():
        with aside():
            act()
            raise UndoneError

    try:
        undone()
    except UndoneError:
        return 1
    except RuleBroken as refusal:
        return 0 if refusal.code == "R-PERM" else refusal.code


def table_of(world, turn, person, to_firm, of_firm, proposal):
    by = getattr(world, person)
    return (
        may(lambda: ask(turn, by=by, text=WHY)),
        may(lambda: answer(to_firm, by=by, text=WHY)),
        may(lambda: answer(of_firm, by=by, text=WHY)),
        may(lambda: propose(turn, by=by, field="content", value="字" * 60, text=WHY)),
        may(lambda: accept(proposal, by=by)),
        may(lambda: decline(proposal, by=by, text=WHY)),
    )


def test_who_may_ask_answer_propose_accept_and_decline(world, turn):
    rows = (asked(world, turn), ask(turn, by=world.applicant, text=WHY), proposed(world, turn))
    assert {person: table_of(world, turn, person, *rows) for person in SIDES} == SIDES


def test_an_official_of_the_firm_is_firm_and_never_its_office(world, turn):
    turn.case.unit.memberships.create(user=world.district, role="handler")
    question = ask(turn, by=world.district, text=WHY)
    assert (question.kind, may(lambda: proposed(world, turn))) == ("firm", 0)
    assert may(lambda: answer(question, by=world.district, text=WHY)) == 0


def test_the_administrator_answers_for_a_unit_that_is_certified(world):
    admin, handler = make_user(), make_user()
    unit = drive_unit(make_unit(admin, "91120222MA00000312", "蓟运样例有限公司"), "pending", world)
    unit.memberships.create(user=handler, role="handler")
    proposal = propose(open_turn(unit), by=world.platform, field="address", value="样例路 2 号", text=WHY)
    assert may(lambda: accept(proposal, by=handler)) == 0
    accept(proposal, by=admin)
    assert (afresh(unit).address, afresh(unit).state) == ("样例路 2 号", "pending")


def test_the_database_only_adds(world, turn):
    question = asked(world, turn, papers=[make_document(world.district)])
    answer(question, by=world.applicant, text=WHY)
    for row in (question, question.reply, QuestionPaper.objects.get()):
        with constrained("append-only"), by_owner():
            type(row).objects.filter(pk=row.pk).update(id=F("id"))
        with constrained("append-only"), by_owner():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("question_has_words", {"text": ""}),
        ("question_proposes_for_a_field", {"field": "phone"}),
        ("question_proposes_for_a_field", {"kind": "suggest"}),
        ("question_one_line_of_proposals_per_field", {"kind": "suggest", "field": "project_name", "value": "甲"}),
    ],
)
def test_the_database_holds_what_a_question_is(world, turn, name, values):
    proposed(world, turn)
    with constrained(name):
        Question.objects.create(
            **{"turn": turn, "kind": "ask", "by": world.district, "text": WHY, "due_on": today(), **values}
        )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("reply_has_words", {"text": ""}),
        ("reply_fits_its_question", {"accepted": True}),
        ("question_id", {"text": WHY}),
    ],
)
def test_the_database_holds_what_an_answer_is(world, turn, name, values):
    question = asked(world, turn)
    if name == "question_id":
        answer(question, by=world.applicant, text=WHY)
    with constrained(name):
        Reply.objects.create(question=question, by=world.applicant, **values)


def test_a_paper_comes_with_one_question(world, turn):
    paper = make_document(world.district)
    question = asked(world, turn, papers=[paper])
    with constrained("question_paper_once"):
        QuestionPaper.objects.create(question=question, document=paper)


def two_of_a_firm():
    world, colleague = World(), make_user("colleague")
    world.unit.memberships.create(user=colleague, role="handler")
    turn = open_turn(drive_application(world.make_application(), "district", world))
    return world, colleague, turn, proposed(world, turn)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_leave_one_answer():
    world, colleague, _turn, proposal = two_of_a_firm()
    results = at_once(
        lambda: accept(proposal, by=world.applicant).accepted,
        lambda: decline(Question.objects.get(pk=proposal.pk), by=colleague, text=WHY).accepted,
    )
    assert (Reply.objects.count(), results.count("R-ANSWERED")) == (1, 1)
    accepted = Reply.objects.get().accepted
    assert (afresh(proposal).turn.case.project_name == BETTER) is accepted


@pytest.mark.django_db(transaction=True)
def test_the_reviewer_decides_while_the_firm_accepts():
    world, _colleague, turn, proposal = two_of_a_firm()
    seen = turn.case.version
    results = at_once(
        lambda: accept(proposal, by=world.applicant).accepted,
        lambda: give_opinion(afresh(turn), by=world.district, verdict="pass_review", seen=seen).verdict,
    )
    assert results.count("R-STALE") == 1
    case = afresh(turn).case
    assert (case.project_name == BETTER, case.state) in {(True, "district"), (False, "body")}
