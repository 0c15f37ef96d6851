from decimal import Decimal

import pytest

from notifications.models import Notice
from policy.calendar import today
from policy.working_days import add_working_days
from records.rules import StaleCase
from reviews.models import Office, Opinion, Turn
from reviews.services import check_words, give_opinion, grounds
from tests.factories import World, drive_application, drive_unit, make_unit, make_user
from tests.helpers import afresh, at_once, constrained, copied, refused, ruled_out
from tests.reviews.desk import open_turn
from vouchers.services import end_application, submit_application

WORDS = "服务内容过于笼统，请写明检测项目。"


@pytest.mark.parametrize(
    ("verdict", "said", "state"),
    [
        ("pass_review", {}, "body"),
        ("send_back", {"text": WORDS, "corrections": ["content"]}, "district_returned"),
        ("reject", {"text": WORDS, "reason": "R-SCOPE"}, "district_rejected"),
    ],
)
def test_each_verdict_moves_the_case_closes_the_turn_and_leaves_one_opinion(world, application, verdict, said, state):
    turn = open_turn(application)
    opinion = give_opinion(turn, by=world.district, verdict=verdict, **said)
    assert (afresh(application).state, afresh(turn).is_open) == (state, False)
    kept = (opinion.reviewer, opinion.text, opinion.reason, opinion.corrections)
    assert kept == (world.district, said.get("text", ""), said.get("reason", ""), said.get("corrections", []))
    assert list(turn.opinions.all()) == [opinion]


def test_the_word_stands_in_the_trail_with_its_office(world, application):
    give_opinion(open_turn(application), by=world.district, verdict="send_back", text=WORDS)
    event = application.events.order_by("-sequence").first()
    found = (event.step, event.from_state, event.to_state, event.actor, event.office, event.text)
    assert found == ("send_back", "district", "district_returned", world.district, "南开区科技局", WORDS)


def test_the_applicant_hears_of_every_verdict(world, application):
    Notice.objects.all().delete()
    give_opinion(open_turn(application), by=world.district, verdict="send_back", text=WORDS)
    notice = Notice.objects.get(recipient=world.applicant)
    assert WORDS in notice.body
    assert f"{add_working_days(today(), 10):%Y-%m-%d}" in notice.body


@pytest.mark.parametrize("verdict", ["send_back", "reject", "return_form"])
@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_return_and_a_refusal_need_words(verdict, text):
    with ruled_out("R-WORDS"):
        check_words(verdict, text, "R-SCOPE")


@pytest.mark.parametrize(
    ("verdict", "reason"), [("send_back", ""), ("return_form", ""), ("reject", "R-SCOPE"), ("pass_review", "")]
)
def test_a_refusal_alone_needs_a_reason(verdict, reason):
    check_words(verdict, WORDS, reason)
    with ruled_out("R-REASON"):
        check_words("reject", WORDS, "")


@pytest.mark.parametrize(
    ("verdict", "kept"),
    [
        ("pass_review", {"reason": "", "corrections": []}),
        ("send_back", {"reason": "R-SCOPE", "corrections": ["content"]}),
        ("reject", {"reason": "R-SCOPE", "corrections": []}),
    ],
)
def test_what_is_kept_of_why(verdict, kept):
    assert grounds(verdict, "R-SCOPE", ("content",), {}) == kept | {"row_labels": {}}


def test_an_opinion_that_lacks_something_moves_nothing(world, application):
    for code, said in (("R-WORDS", {"reason": "R-SCOPE"}), ("R-REASON", {"text": WORDS})):
        with refused(code):
            give_opinion(open_turn(application), by=world.district, verdict="reject", **said)
    assert afresh(application).state == "district"


def test_a_pass_keeps_neither_reason_nor_corrections(world, application):
    opinion = give_opinion(
        open_turn(application), by=world.district, verdict="pass_review", reason="R-SCOPE", corrections=["content"]
    )
    assert (opinion.reason, opinion.corrections) == ("", [])


def test_the_second_opinion_on_a_decided_turn_is_stale(world, application):
    turn = open_turn(application)
    give_opinion(turn, by=world.district, verdict="pass_review")
    with pytest.raises(StaleCase):
        give_opinion(turn, by=world.district, verdict="send_back", text=WORDS)
    assert turn.opinions.count() == 1


def test_an_opinion_on_an_older_version_is_stale(world, application):
    with refused("R-STALE"):
        give_opinion(open_turn(application), by=world.district, verdict="pass_review", seen=application.version - 1)
    assert not Opinion.objects.filter(turn__in=application.turns.all()).exists()


@pytest.mark.parametrize("person", ["other_district", "body", "platform", "applicant", "municipal", "administrator"])
def test_nobody_else_decides(world, application, person):
    with refused("R-PERM"):
        give_opinion(open_turn(application), by=getattr(world, person), verdict="pass_review")


def test_nobody_decides_on_a_case_of_his_own_unit(world, application):
    world.unit.memberships.create(user=world.district)
    with refused("R-PERM"):
        give_opinion(open_turn(application), by=world.district, verdict="pass_review")


def test_nobody_decides_two_stages_of_one_case(world, application):
    give_opinion(open_turn(application), by=world.district, verdict="pass_review")
    world.body_office.memberships.create(user=world.district)
    with refused("R-PERM"):
        give_opinion(open_turn(application), by=world.district, verdict="pass_review")


def test_the_same_person_decides_the_same_stage_again_after_a_return(world, application):
    give_opinion(open_turn(application), by=world.district, verdict="send_back", text=WORDS)
    application = submit_application(afresh(application), by=world.applicant)
    turn = open_turn(application)
    give_opinion(turn, by=world.district, verdict="pass_review")
    assert (turn.round, afresh(application).state) == (2, "body")


def test_an_office_out_of_use_decides_nothing(world, application):
    Office.objects.filter(pk=world.district_office.pk).update(is_active=False)
    with refused("R-PERM"):
        give_opinion(open_turn(application), by=world.district, verdict="pass_review")


def test_a_certification_has_its_verdict_from_the_platform(world):
    unit = drive_unit(make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司"), "pending", world)
    give_opinion(open_turn(unit), by=world.platform, verdict="pass_review")
    assert afresh(unit).state == "certified"


def test_a_stamped_form_goes_back_with_words(world, experts_claim):
    give_opinion(open_turn(experts_claim), by=world.body_second, verdict="return_form", text="第 2 页未盖章。")
    assert afresh(experts_claim).state == "form_returned"


def test_the_body_lowers_an_amount_but_never_raises_it(world):
    application = drive_application(world.make_application(), "body", world)
    with refused("R-SUM"):
        give_opinion(open_turn(application), by=world.body, verdict="pass_review", amount=Decimal("50000.01"))
    give_opinion(
        open_turn(application), by=world.body, verdict="pass_review", amount=Decimal(30000), text="检测项目减少。"
    )
    assert afresh(application).approved_amount == 30000


def test_a_withdrawn_case_leaves_the_desk(world, application):
    turn = open_turn(application)
    end_application(application, "withdraw", by=world.applicant)
    assert (afresh(turn).is_open, turn.opinions.count()) == (False, 0)


@pytest.mark.parametrize("verdict", ["send_back", "reject"])
def test_the_database_refuses_a_refusal_without_words(world, application, verdict):
    with constrained("opinion_refusal_has_words"):
        Opinion.objects.create(turn=open_turn(application), reviewer=world.district, verdict=verdict, reason="R-SCOPE")


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_leave_one_opinion():
    world = World()
    colleague = make_user("district_second")
    world.district_office.memberships.create(user=colleague)
    turn = open_turn(drive_application(world.make_application(), "district", world))
    results = at_once(
        lambda: give_opinion(turn, by=world.district, verdict="pass_review").verdict,
        lambda: give_opinion(Turn.objects.get(pk=turn.pk), by=colleague, verdict="send_back", text=WORDS).verdict,
    )
    assert len(set(results) - {"R-STALE"}) == 1
    assert "R-STALE" in results
    assert turn.opinions.count() == 1


def test_the_amount_of_the_group_is_cut_and_never_raised(world, experts_claim):
    world.hear_experts(experts_claim)
    turn = open_turn(experts_claim)
    with refused("R-SUM"):
        give_opinion(turn, by=world.body_second, verdict="pass_review", amount=experts_claim.asked_amount + 1)
    give_opinion(turn, by=world.body_second, verdict="pass_review", amount=Decimal(32_000), text="按专家组意见核减。")
    assert afresh(experts_claim).final_amount == 32_000


def test_the_database_keeps_one_open_turn_per_case(application):
    with constrained("turn_one_open_per_case"):
        copied(open_turn(application))


def test_the_database_keeps_one_opinion_per_reviewer_and_turn(world, application):
    opinion = give_opinion(open_turn(application), by=world.district, verdict="pass_review")
    with constrained("opinion_one_per_reviewer_and_turn"):
        copied(opinion)


def test_the_database_refuses_a_rejection_without_a_reason(world, application):
    with constrained("opinion_rejection_has_a_reason"):
        Opinion.objects.create(turn=open_turn(application), reviewer=world.district, verdict="reject", text=WORDS)
