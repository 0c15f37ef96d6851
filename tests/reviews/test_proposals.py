"""更正建议: judged by the firm's own form, accepted in the same round."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from notifications.models import Notice
from policy.calendar import today
from records.models import Change
from records.steps import chain_holds
from reviews.models import Question, Reply
from reviews.progress import opinions_of
from reviews.questions.amending import amendable, judge
from reviews.questions.rows import said_of
from reviews.questions.services import accept, decline, propose
from reviews.services import give_opinion
from tests.factories import drive_claim
from tests.helpers import afresh, aside, constrained, refused
from tests.reviews.asking import BETTER, WHY, proposed, told, trail
from tests.reviews.desk import open_turn


@pytest.fixture
def turn(application):
    return open_turn(application)


def test_a_proposal_is_accepted_in_the_same_round(world, application, turn):
    Notice.objects.all().delete()
    proposal = proposed(world, turn)
    before = application.project_name
    assert (proposal.before, proposal.after, proposal.label) == (before, BETTER, "项目名称")
    accept(proposal, by=world.applicant)
    case = afresh(application)
    assert (case.project_name, case.state, case.version) == (BETTER, "district", application.version + 1)
    assert (afresh(turn).is_open, BETTER in afresh(turn).title) == (True, True)
    line = f"项目名称由“{before}”更正为“{BETTER}”"
    assert trail(case)[-2:] == [
        ("proposed", turn.office.name, f"项目名称：{line[4:]}。{WHY}"),
        ("proposal_accepted", "", line),
    ]
    assert Change.objects.get(case_id=case.pk, version=case.version).what == {"project_name": "修改了项目名称"}
    assert [row.result for row in said_of(case)] == ["更正建议", "接受更正"]
    assert (told(world.applicant), told(world.district)) == (["correction_proposed"], ["correction_answered"])
    assert (chain_holds(case), opinions_of(case)) == (True, [])


def test_a_decision_on_what_stood_before_the_correction_is_stale(world, application, turn):
    accept(proposed(world, turn), by=world.applicant)
    with refused("R-STALE", match="修改了项目名称"):
        give_opinion(turn, by=world.district, verdict="pass_review", seen=application.version)
    assert give_opinion(turn, by=world.district, verdict="pass_review", seen=application.version + 1)


def test_a_proposal_is_declined_with_words(world, application, turn):
    proposal = proposed(world, turn)
    with refused("R-WORDS"):
        decline(proposal, by=world.applicant, text=" ")
    decline(proposal, by=world.applicant, text="合同用的就是现在的名称。")
    case = afresh(application)
    assert (case.project_name, case.version) == (application.project_name, application.version)
    assert [row.result for row in said_of(case)] == ["更正建议", "未接受更正"]
    with refused("R-ANSWERED"):
        accept(proposal, by=world.applicant)


def test_the_second_proposal_for_a_field_takes_the_place_of_the_first(world, turn):
    first = proposed(world, turn)
    second = proposed(world, turn, value="更准确的项目名称")
    proposed(world, turn, field="planned_to", value=f"{today() + dt.timedelta(days=200)}")
    assert (second.follows, Question.objects.open().count()) == (first, 2)
    with refused("R-ANSWERED"):
        accept(first, by=world.applicant)
    with constrained("reply_fits_its_question"):
        Reply.objects.create(question=first, by=world.applicant, accepted=True)
    accept(second, by=world.applicant)
    assert afresh(turn).case.project_name == "更准确的项目名称"


@pytest.mark.parametrize(
    "field", ["contract_amount", "applied_amount", "district", "unit", "contract_draft", "state", "no"]
)
def test_money_parties_and_papers_take_no_proposal(world, turn, field):
    with refused("R-FIELD", match="金额"):
        propose(turn, by=world.district, field=field, value="1", text=WHY)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "12345", "手机"),
        ("content", "太短", "至少 50 字"),
        ("planned_to", "2026-13-40", "年月日"),
        ("planned_to", "2025-01-01", "不能早于开始日期"),
        ("project_name", "", "请填写"),
    ],
)
def test_a_wrong_value_is_refused_by_the_form_of_the_firm(world, turn, field, value, said):
    with pytest.raises(ValidationError, match=said), aside():
        propose(turn, by=world.district, field=field, value=value, text=WHY)
    assert Question.objects.count() == 0


def test_what_stands_there_already_is_no_proposal(world, application, turn):
    with pytest.raises(ValidationError, match="和现在的一样"):
        judge(application, "project_name", application.project_name)


def test_a_value_that_holds_no_longer_is_refused_when_it_is_accepted(world, turn, time_machine):
    last = dt.date(today().year + 9, 12, 31)
    proposal = proposed(world, turn, field="planned_to", value=f"{last}")
    Question.objects.filter(pk=proposal.pk)  # rows are only added: the clock moves instead
    time_machine.move_to(dt.datetime(last.year + 1, 6, 1, 10, tzinfo=dt.UTC))
    with refused("R-FIELD"):
        accept(proposal, by=world.applicant)


def test_every_kind_of_case_names_fields_of_its_own(world, cases):
    found = {name: amendable(case) for name, (case, _) in cases.items()}
    assert found["unit"][0] == "address"
    assert found["claim_district"] == ("completed_on", "effect")
    admission = world.admit("pending")
    found = {
        "unit": propose(open_turn(cases["unit"][0]), by=world.platform, field="address", value="样例路 2 号", text=WHY),
        "claim": propose(
            open_turn(cases["claim_district"][0]), by=world.district, field="effect", value="成效" * 60, text=WHY
        ),
        "admission": propose(open_turn(admission), by=world.platform, field="contact", value="贾联系", text=WHY),
    }
    assert {name: question.before == "" for name, question in found.items()} == dict.fromkeys(found, False)


def test_a_claim_whose_form_is_printed_takes_no_proposal(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    assert amendable(claim) == ()
