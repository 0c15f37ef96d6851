"""询问 of both sides: the case stays where it is."""

import datetime as dt

import pytest

from notifications.models import Notice
from policy.calendar import today
from policy.working_days import add_working_days
from records.steps import chain_holds
from reviews.case_pages import last_return
from reviews.models import Question, Reply
from reviews.progress import header_of, opinions_of
from reviews.questions.permissions import MOST_OPEN
from reviews.questions.rows import said_of
from reviews.questions.services import accept, answer, ask, decline, remind
from reviews.services import give_opinion
from reviews.tasks import remind_of_questions
from tests.factories import make_document
from tests.helpers import afresh, constrained, refused
from tests.reviews.asking import WHY, asked, proposed, told, trail
from tests.reviews.desk import open_turn


@pytest.fixture
def turn(application):
    return open_turn(application)


def test_a_question_and_its_answer_leave_state_round_version_and_returns_alone(world, application, turn):
    before = (application.state, afresh(application).version, turn.due_on)
    Notice.objects.all().delete()
    paper = make_document(world.district)
    question = asked(world, turn, marked=["项目名称"], papers=[paper])
    assert question.due_on == add_working_days(today(), 5)
    reply = answer(
        question, by=world.applicant, text="是同一个项目，合同用了简称。", papers=[make_document(world.applicant)]
    )
    case = afresh(application)
    assert (case.state, case.version, afresh(turn).due_on, afresh(turn).round) == (*before, 1)
    assert [(row.result, row.office, row.is_verdict) for row in said_of(case)] == [
        ("询问", turn.office.name, False),
        ("答复", case.unit_name, False),
    ]
    assert (opinions_of(case), last_return(case)) == ([], None)
    assert trail(case)[-2:] == [("asked", turn.office.name, WHY), ("asked_answered", "", reply.text)]
    assert (told(world.applicant), told(world.district)) == (["question_asked"], ["question_replied"])
    assert set(case.documents.values_list("purpose", flat=True)) >= {"询问附件", "答复附件"}
    assert chain_holds(case)


def test_while_the_firm_owes_an_answer_the_clock_says_so_and_the_promised_day_stays(world, application, turn):
    question = asked(world, turn)
    case, day = afresh(application), f"{question.due_on:%Y-%m-%d}"
    assert header_of(case, world.applicant).next_sentence == f"请在 {day} 前答复审核单位。"
    assert header_of(case, world.district).next_sentence == f"等待企业答复，期限 {day}。"
    assert header_of(case, world.applicant).until == turn.due_on
    answer(question, by=world.applicant, text="已说明。")
    assert header_of(afresh(application), world.applicant).next_sentence == ""


def test_the_firm_asks_and_the_office_answers_without_a_name(world, application, turn):
    Notice.objects.all().delete()
    question = ask(turn, by=world.applicant, text="需要补哪一份材料吗？")
    answer(question, by=world.district, text="不需要。")
    rows = said_of(afresh(application))
    assert [(row.result, row.office) for row in rows] == [
        ("企业询问", application.unit_name),
        ("答复企业", turn.office.name),
    ]
    notice = Notice.objects.get(recipient=world.applicant, kind="question_answered")
    assert (notice.url, world.district.name in notice.body) == (question.get_absolute_url(), False)
    assert told(world.district) == ["question_of_firm"]


@pytest.mark.parametrize("verdict", ["pass_review", "send_back", "reject"])
def test_what_is_open_ends_with_the_turn_and_stays_to_be_read(world, application, turn, verdict):
    question, proposal = asked(world, turn), proposed(world, turn)
    give_opinion(turn, by=world.district, verdict=verdict, text=WHY, reason="R-SCOPE")
    for act in (
        lambda: asked(world, turn),
        lambda: answer(question, by=world.applicant, text=WHY),
        lambda: accept(proposal, by=world.applicant),
        lambda: decline(proposal, by=world.applicant, text=WHY),
    ):
        with refused("R-STALE"):
            act()
    assert (Question.objects.open().count(), afresh(application).project_name) == (0, application.project_name)
    assert [row.result for row in said_of(afresh(application))][:2] == ["询问", "更正建议"]
    with constrained("reply_fits_its_question"):
        Reply.objects.create(question=question, by=world.applicant, text=WHY)


def test_answer_and_decline_fit_what_was_asked(world, turn):
    question, proposal = asked(world, turn), proposed(world, turn)
    for act in (
        lambda: accept(question, by=world.applicant),
        lambda: decline(question, by=world.applicant, text=WHY),
        lambda: answer(proposal, by=world.applicant, text=WHY),
    ):
        with refused("R-PERM"):
            act()
    with refused("R-WORDS"):
        asked(world, turn, text=" ")


def test_one_side_has_so_many_open_questions_and_no_more(world, turn):
    for _ in range(MOST_OPEN):
        ask(turn, by=world.applicant, text=WHY)
    with refused("R-MANY", match=str(MOST_OPEN)):
        ask(turn, by=world.applicant, text=WHY)
    asked(world, turn)


def test_who_owes_an_answer_is_reminded_once_on_its_last_day(world, turn, time_machine):
    question, of_firm = asked(world, turn), ask(turn, by=world.applicant, text=WHY)
    Notice.objects.all().delete()
    remind_of_questions()
    assert Notice.objects.count() == 0
    time_machine.move_to(dt.datetime.combine(question.due_on, dt.time(2), dt.UTC))
    for _ in range(2):
        remind_of_questions()
    assert (told(world.applicant), told(world.district)) == (["question_due"], ["question_due_office"])
    answer(of_firm, by=world.district, text=WHY)
    Notice.objects.all().delete()
    remind(of_firm)  # answered while the sweep was at others
    remind_of_questions()
    assert (told(world.applicant), told(world.district)) == (["question_due"], [])
