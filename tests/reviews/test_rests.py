"""A decision rests before it takes its step: it can be taken back, and nothing is booked, sent or shown before."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from policy.querysets import MEMORY
from records.models import Event
from records.rules import StaleCase
from reviews.claims.services import claim, give
from reviews.models import Opinion, Rest, TurnClaim
from reviews.rests import tasks
from reviews.rests.services import decide, take_back, take_now
from reviews.rests.work import carry_out, take
from reviews.services import give_opinion
from reviews.transfers import transfer
from tests.factories import make_user
from tests.helpers import afresh, at_once, constrained, new_policy, refused
from tests.reviews.desk import at, open_turn
from vouchers.models import LedgerEntry
from vouchers.services import end_application

pytestmark = pytest.mark.django_db
WORDS = "材料齐全，符合申请条件。"
RETURNED = {"verdict": "send_back", "text": "请补充合同草案。", "corrections": ["content"]}


@pytest.fixture
def turn(application):
    """One that waits for 区初审, where decisions rest for two minutes."""
    new_policy()
    MEMORY.forget()
    return open_turn(application)


@pytest.fixture
def rest(turn, world):
    return decide(turn, by=world.district, seen=turn.case.version, verdict="pass_review", text=WORDS)


def later(seconds=121):
    """The clock after that time."""
    return time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds), tick=False)


def colleague_of(world):
    """A second person of the district's office."""
    person = make_user("colleague")
    world.district_office.memberships.create(user=person)
    return person


def traces():
    """What a verdict leaves."""
    return Opinion.objects.count(), Event.objects.count(), Notice.objects.count(), LedgerEntry.objects.count()


def test_nothing_is_booked_sent_or_shown_while_it_rests(turn, world):
    before, state = traces(), turn.case.state
    rest = decide(turn, by=world.district, seen=turn.case.version, **RETURNED)
    assert traces() == before
    assert (afresh(turn.case).state, afresh(turn).closed_at) == (state, None)
    assert (rest.due_at - rest.said_at, rest.corrections) == (dt.timedelta(seconds=120), ["content"])


def test_it_takes_its_step_when_it_is_due_and_once(rest, turn, world):
    tasks.take_rest(rest.pk)
    assert not Opinion.objects.filter(turn=turn).exists()
    with later():
        tasks.take_rest(rest.pk)
        tasks.take_rest(rest.pk)
        assert take(rest) is None
    opinion = Opinion.objects.get(turn=turn)
    assert (opinion.reviewer, opinion.verdict, opinion.text) == (world.district, "pass_review", WORDS)
    assert (afresh(rest).outcome, afresh(turn.case).state) == ("taken", "body")


def test_a_worker_that_died_delays_it_and_loses_nothing(rest, turn):
    tasks.wait_for(rest.pk)
    with later():
        tasks.sweep_rests()
    assert afresh(turn.case).state == "body"
    tasks.wait_for(rest.pk)  # of one that is over: nothing


def test_a_worker_killed_in_the_step_leaves_it_resting(rest, turn, monkeypatch):
    monkeypatch.setattr("reviews.rests.work.give_opinion", killed)
    with later():
        with pytest.raises(SystemExit):
            carry_out(rest)
        assert (afresh(rest).outcome, afresh(turn).closed_at) == ("", None)
        monkeypatch.undo()
        tasks.sweep_rests()
    assert afresh(turn.case).state == "body"


def killed(*_args, **_kwargs):
    raise SystemExit


def test_the_next_visit_of_the_case_takes_it_and_not_before(rest, turn, world, client):
    colleague = colleague_of(world)
    client.force_login(colleague)
    with refused("R-REST", "只有作出决定的人"):
        take_now(rest, by=colleague)
    with later():
        page = client.get(turn.get_absolute_url())
        assert reverse("rest_take", args=[rest.pk]) in page.content.decode()
        client.post(reverse("rest_take", args=[rest.pk]))
    assert afresh(turn.case).state == "body"


def test_its_reviewer_takes_it_back_with_all_his_words(rest, turn, world, client):
    client.force_login(world.district)
    page = client.post(reverse("rest_back", args=[rest.pk]), follow=True)
    assert (afresh(rest).outcome, page.context["form"].data["text"]) == ("back", WORDS)
    with later():
        tasks.sweep_rests()
    assert not Opinion.objects.filter(turn=turn).exists()
    with refused("R-REST", "已经生效"):
        take_back(rest, by=world.district)


def test_nobody_else_takes_it_back_or_decides_meanwhile(rest, turn, world):
    colleague = colleague_of(world)
    with refused("R-REST", "只有作出决定的人"):
        take_back(rest, by=colleague)
    for act in (decide, give_opinion):
        with refused("R-REST", f"{world.district}已经作出决定"):
            act(turn, by=colleague, verdict="pass_review", text=WORDS)
    with refused("R-REST", "已经作出决定"):
        transfer(turn, turn.office, by=colleague, text="转办")
    assert Rest.objects.count() == 1


def test_what_a_colleague_has_in_hand_is_his_to_decide(turn, world):
    claim(turn, by=colleague_of(world))
    with refused("R-HELD", "请先点“接手”"):
        decide(turn, by=world.district, verdict="pass_review", text=WORDS)
    assert not Rest.objects.exists()


def test_who_opens_the_case_while_it_rests_is_no_hindrance_to_it(rest, turn, world, client):
    colleague = colleague_of(world)
    client.force_login(colleague)
    page = client.get(turn.get_absolute_url())
    assert (page.context["claim"], at("turn_skip", turn) in page.content.decode()) == (None, True)
    with refused("R-REST", "已经作出决定"):  # a page that was open before still tells that somebody is at it
        claim(turn, by=colleague)
    assert not TurnClaim.objects.exists()
    give(turn, colleague, by=world.district)  # as 分派 does, which asks no case
    with later():
        tasks.sweep_rests()
    assert (afresh(rest).outcome, afresh(turn.case).state) == ("taken", "body")
    assert not TurnClaim.objects.exists()


def test_rows_are_called_in_the_letter_as_they_were_when_they_were_marked(turn, world):
    said = RETURNED | {"corrections": ["invoices:7"], "rows": {"invoices:7": "发票第 1 行"}}
    rest = decide(turn, by=world.district, **said)
    assert take_now(rest, by=world.district).row_labels == {"invoices:7": "发票第 1 行"}
    assert "需要修改的内容：发票第 1 行。" in world.applicant.notices.order_by("-pk").first().body


def test_what_would_be_refused_is_refused_at_once(turn, world):
    with refused("R-WORDS"):
        decide(turn, by=world.district, verdict="send_back", text=" ")
    with pytest.raises(StaleCase):
        decide(turn, by=world.district, seen=turn.case.version - 1, verdict="pass_review", text=WORDS)
    with refused("R-PERM"):
        decide(turn, by=world.stranger, verdict="pass_review", text=WORDS)
    assert not Rest.objects.exists()


def test_what_has_come_between_makes_it_void_and_its_reviewer_is_told(rest, turn, world, client):
    end_application(turn.case, "withdraw", by=world.applicant)
    with later():
        tasks.sweep_rests()
    told = Notice.objects.get(kind="rest_void")
    assert (afresh(rest).outcome, told.recipient) == ("void", world.district)
    assert "没有生效" in told.subject
    assert not Opinion.objects.filter(turn=turn).exists()


def test_a_policy_without_rest_decides_at_once(application, world):
    new_policy(rest_seconds=0)
    MEMORY.forget()
    decide(open_turn(application), by=world.district, verdict="pass_review", text=WORDS)
    assert (afresh(application).state, Rest.objects.count()) == ("body", 0)


def test_the_desk_shows_it_to_its_reviewer_and_leaves_it_out_of_the_list(turn, world, client):
    client.force_login(world.district)
    said = {"verdict": "pass_review", "text": WORDS, "seen": turn.case.version}
    page = client.post(at("turn_opinion", turn), said, follow=True)
    assert page.redirect_chain[-1][0] == reverse("turn_list")
    assert [rest.turn for rest in page.context["rests"]] == [turn]
    assert list(page.context["page"]) == []
    here = client.get(turn.get_absolute_url())
    assert (here.context["rest"]["is_own"], here.context["rests"]) == (True, [])
    assert b'name="verdict"' not in here.content


def test_a_colleague_sees_whose_decision_rests(rest, turn, world, client):
    client.force_login(colleague_of(world))
    page = client.get(turn.get_absolute_url())
    assert (page.context["rest"]["is_own"], "撤回</button>" in page.content.decode()) == (False, False)


def test_the_applicant_sees_nothing_of_it(rest, turn, world, client):
    client.force_login(world.applicant)
    assert WORDS not in client.get(turn.case.get_absolute_url()).content.decode()
    assert client.post(reverse("rest_back", args=[rest.pk])).status_code == 404
    assert client.post(reverse("rest_take", args=[rest.pk])).status_code == 404


def test_the_database_holds_one_rest_a_turn_with_its_outcome(rest, turn, world):
    with constrained("rest_one_per_turn"):
        Rest.objects.create(turn=turn, reviewer=world.body, verdict="pass_review", due_at=rest.due_at)
    with constrained("rest_ends_with_an_outcome"):
        Rest.objects.filter(pk=rest.pk).update(outcome="taken")
    with constrained("rest_is_due_after_it_was_said"):
        Rest.objects.filter(pk=rest.pk).update(due_at=rest.said_at - dt.timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_taken_at_once_is_one_of_the_two(rest, turn, world):
    with later():
        results = at_once(lambda: take(rest), lambda: take_back(rest, by=world.district))
    taken = Opinion.objects.filter(turn=turn).exists()
    assert afresh(rest).outcome == ("taken" if taken else "back")
    assert ("R-REST" in results) is taken
