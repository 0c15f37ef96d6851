"""A deadline runs from when its message was taken or opened, whichever was earlier, and is never shorter than in the letter."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Delivery, Notice
from policy.calendar import SHANGHAI
from redemption import tasks as claims
from redemption.models import Claim
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from vouchers import tasks as vouchers

pytestmark = pytest.mark.django_db
DECIDED, DUE = "2026-03-02 10:00", "2026-03-16"  # ten working days


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def made(state, at=DECIDED):
    """(the case, what its applicant was told of its state)."""
    with time_machine.travel(moment(at), tick=False):
        world = World()
        claim = state in {"formal_returned", "accepted"}
        case = drive_claim(world.make_claim(), state, world) if claim else None
        case = case or drive_application(world.make_application(), state, world)
    kind = f"{'claim' if claim else 'application'}_{state}"
    return case, Notice.objects.get(recipient=world.applicant, kind=kind)


def sent(notice, **facts):
    times = {name: moment(value) if name.endswith("_at") else value for name, value in facts.items()}
    return Delivery.objects.create(notice=notice, **{"address": "jia@example.com", **times})


def night(case, day):
    """The clock of that night, twice; the case's day and state."""
    lapse = claims.lapse if isinstance(case, Claim) else vouchers.lapse
    with time_machine.travel(moment(f"{day} 00:10"), tick=False):
        lapse()
        lapse()
    case = afresh(case)
    return f"{case.due_on}", case.state


def reminded(case):
    """The reminder of the last day goes out."""
    with time_machine.travel(moment(f"{afresh(case).due_on} 08:30"), tick=False):
        vouchers.remind()


def test_a_mail_of_the_same_day_moves_nothing():
    case, notice = made("district_returned")
    sent(notice, sent_at="2026-03-02 18:00")
    assert night(case, "2026-03-03") == (DUE, "district_returned")
    reminded(case)
    assert night(case, "2026-03-17") == (DUE, "lapsed")


def test_what_left_two_working_days_later_ends_two_later():
    case, notice = made("district_returned")
    sent(notice, sent_at="2026-03-04 07:00")
    assert night(case, "2026-03-05") == ("2026-03-18", "district_returned")
    assert afresh(case).events.get(step="put_off").text == "通知送达较晚，截止日期由 2026-03-16 顺延至 2026-03-18。"
    reminded(case)
    assert night(case, "2026-03-19")[1] == "lapsed"


def test_opened_in_the_portal_before_any_mail_was_taken():
    case, notice = made("district_returned")
    sent(notice, sent_at="2026-03-06 12:00")
    Notice.objects.filter(pk=notice.pk).update(read_at=moment("2026-03-03 09:00"))
    assert night(case, "2026-03-07") == ("2026-03-17", "district_returned")


def test_the_first_of_those_who_may_act_starts_it_and_no_reader():
    case, notice = made("district_returned")
    sent(notice, failed_at="2026-03-02 11:00")
    reader = case.unit.memberships.get(role="reader").user
    sent(Notice.objects.get(recipient=reader, kind=notice.kind), sent_at="2026-03-02 11:00")
    assert night(case, "2026-03-05") == ("2026-03-19", "district_returned")


def test_what_reaches_nobody_moves_each_night_and_has_an_end():
    case, notice = made("district_returned")
    sent(notice, failed_at="2026-03-04 11:00")
    assert night(case, "2026-03-16") == ("2026-03-30", "district_returned")
    assert night(case, "2026-03-20") == ("2026-04-03", "district_returned")
    last = night(case, "2026-04-02")[0]
    assert (last, night(case, "2026-04-10")) == (last, (last, "district_returned"))
    assert last == "2026-04-16"
    reminded(case)
    assert night(case, "2026-04-17")[1] == "lapsed"


def test_who_can_be_told_in_the_portal_alone_is_told_there():
    case, _notice = made("district_returned")
    assert night(case, "2026-03-10") == (DUE, "district_returned")


def test_a_day_is_never_earlier_than_in_the_letter():
    case, notice = made("district_returned")
    type(case).objects.filter(pk=case.pk).update(due_on="2026-03-31")
    sent(notice, sent_at="2026-03-04 07:00")
    assert night(case, "2026-03-05") == ("2026-03-31", "district_returned")


@pytest.mark.parametrize("state", ["district_rejected", "formal_returned", "accepted"])
def test_the_same_of_other_deadlines(state):
    case, notice = made(state)
    before = case.due_on
    sent(notice, sent_at="2026-03-04 07:00")
    later = dt.date.fromisoformat(night(case, "2026-03-05")[0])
    assert (later - before).days == 2


def test_a_right_whose_day_has_passed_is_not_opened_again():
    case, notice = made("district_rejected")
    sent(notice, sent_at="2026-03-13 12:00")
    assert night(case, "2026-03-18") == (DUE, "district_rejected")
