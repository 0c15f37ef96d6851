"""申请复核 where two people act at once: one of them is heard, the other is told, and the quota agrees with the state."""

import datetime as dt

import pytest

from policy.calendar import today
from redemption.tasks import lapse as lapse_all
from redemption.verdicts.services import end as end_claim
from reviews.appeals.services import appeal
from reviews.models import Appeal, Opinion
from reviews.reasons import Reason
from reviews.services import give_opinion
from tests.factories import World, drive_application, drive_claim, make_user
from tests.helpers import afresh, at_once
from tests.vouchers.appealing import cut
from tten.demo.drive import APPEAL_WORDS, UPHELD_WORDS
from vouchers.ledger import held
from vouchers.models import Application
from vouchers.services import end_application

pytestmark = pytest.mark.django_db(transaction=True)
A_DAY = dt.timedelta(days=1)
APPLICATIONS = ("district_rejected", "body_rejected", "cut")
CLAIMS = ("district_rejected", "formal_rejected", "experts_rejected")
STAGES = [*(("application", state) for state in APPLICATIONS), *(("claim", state) for state in CLAIMS)]


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=STAGES, ids=" ".join)
def case(request, world):
    """A case whose decision may be held against, of either kind and at each stage."""
    kind, state = request.param
    if state == "cut":
        return cut(world)
    drive, made = (
        (drive_application, world.make_application) if kind == "application" else (drive_claim, world.make_claim)
    )
    return drive(made(), state, world)


def colleague(world):
    person = make_user("colleague")
    world.unit.memberships.create(user=person, role="handler")
    return person


def filing(case, by):
    """What a click on 申请复核 does, from an object of its own."""
    return lambda: appeal(afresh(case), by=by, text=APPEAL_WORDS).state


def balance(case):
    own = held(getattr(case, "application", case))
    return own.reserved, own.approved, own.used


def drop(case, by):
    ends = end_application if isinstance(case, Application) else end_claim
    return lambda: ends(afresh(case), "drop_appeal", by=by).state


def test_of_two_who_file_at_once_one_is_heard(world, case):
    before, people = case.state, (world.applicant, colleague(world))
    results = at_once(*(filing(case, person) for person in people))
    assert sorted(result == "appeal" for result in results) == [False, True]
    assert Appeal.objects.count() == 1
    after = afresh(case)
    assert (after.state, after.appealed_from, after.turns.filter(closed_at=None).count()) == ("appeal", before, 1)
    assert drop(after, world.applicant)() == before


def test_a_decision_and_a_withdrawal_at_once_are_one_of_the_two(world, case):
    quota, before = balance(case), case.state
    assert filing(case, world.applicant)() == "appeal"
    turn = afresh(case).turns.get(closed_at=None)
    by = turn.office.memberships.get().user

    def decide():
        return give_opinion(turn, by=by, verdict="reject", text=UPHELD_WORDS, reason=Reason.SCOPE).verdict

    results = at_once(decide, drop(case, world.applicant))
    upheld = Opinion.objects.filter(turn=turn).exists()
    assert min(map(str, results)).startswith("R-")  # the other has come too late
    assert ("reject" in results, before in results) == (upheld, not upheld)
    after = afresh(case)
    assert after.state == (before if before == "approved" or not upheld else "upheld")
    assert balance(after) == quota
    assert not after.turns.filter(closed_at=None).exists()


def test_filing_and_the_clock_at_once_leave_a_case_that_is_whole(world):
    """The last day of a voucher with a lowered amount has passed while its 复核 may still be asked for."""
    voucher = cut(world)
    Application.objects.filter(pk=voucher.pk).update(use_by=today() - 2 * A_DAY, redeem_by=today() - A_DAY)
    results = at_once(filing(voucher, world.applicant), lapse_all)
    after = afresh(voucher)
    assert None in results
    if after.state == "appeal":
        assert "appeal" in results
        assert balance(after) == (18_000, 32_000, 0)
        lapse_all()
        assert afresh(after).state == "appeal"  # nothing is taken away while it is looked at
    else:
        assert (after.state, balance(after)) == ("lapsed", (0, 0, 0))
        assert not Appeal.objects.exists()


def test_filing_on_the_last_day_and_a_night_later_is_heard_or_told(world, case):
    """Whatever comes first at the end of the last day: who is too late reads so, and nothing is half done."""
    type(case).objects.filter(pk=case.pk).update(due_on=today())
    results = at_once(filing(case, world.applicant), lapse_all)
    assert sorted(map(str, results)) == ["None", "appeal"]
    assert afresh(case).turns.filter(closed_at=None).count() == 1
