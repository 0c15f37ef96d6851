"""How long a licence lasts: asked for, shown, reminded of 30 and 7 days before, and ended by the clock on the day after."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.certification.dossier import term_finding
from accounts.certification.forms import NO_TERM, PAST_TERM, TWO_TERMS
from accounts.certification.licences import expire_licence, remind_of_licence
from accounts.certification.services import save_certification, set_frozen, submit_certification
from accounts.certification.tasks import expire_licences, remind_of_licences
from accounts.models import Unit, UnitMember, User
from notifications.models import Notice
from reviews.kinds import tell
from tests.factories import drive_unit, make_unit, make_user
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
CODE, UNTIL = "91120222MA00000312", dt.date(2027, 3, 31)
EDIT = "/center/certification/edit/"


@pytest.fixture
def unit(world):
    """A certified unit whose licence ends on 2027-03-31."""
    return drive_unit(make_unit(make_user("leader"), CODE, licence_until=UNTIL), "certified", world)


def on(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(9), dt.UTC), tick=False)


def told(unit):
    return list(Notice.objects.filter(kind="licence_ends_soon", url=unit.get_absolute_url()).order_by("pk"))


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ({"licence_permanent": None}, NO_TERM),
        ({"licence_permanent": None, "licence_until": "2020-01-01"}, PAST_TERM),
        ({"licence_until": "2099-01-01"}, TWO_TERMS),
    ],
)
def test_the_form_asks_for_one_term_that_has_not_passed(client, world, typed, term, sentence):
    client.force_login(make_user("newcomer"))
    assert client.post(EDIT, typed(**term)).context["form"].errors == {"licence_until": [sentence]}


def test_a_draft_may_leave_the_term_open_and_the_check_asks_for_it(client, world):
    client.force_login(make_user("newcomer"))
    client.post(EDIT, {"name": "样例公司", "uscc": CODE, "act": "save"})
    assert "证照有效期" in client.get(reverse("certification_check")).content.decode()


def test_a_day_to_come_is_taken_and_shown_everywhere(client, world, typed):
    person = make_user("newcomer")
    client.force_login(person)
    client.post(EDIT, typed(licence_permanent=None, licence_until="2099-01-01"))
    unit = Unit.objects.of(person).get()
    assert (unit.licence_until, unit.licence_permanent, unit.licence_term) == (dt.date(2099, 1, 1), False, "2099-01-01")
    assert "2099-01-01" in client.get(unit.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("term", "match"),
    [
        ({"licence_permanent": False, "licence_until": None}, "长期有效"),
        ({"licence_permanent": False, "licence_until": dt.date(2020, 1, 1)}, "有效期已过"),
    ],
)
def test_without_a_term_in_force_nothing_is_handed_in(world, term, match):
    unit = make_unit(make_user(), CODE)
    Unit.objects.filter(pk=unit.pk).update(**term)
    with refused("R-LICENCE", match=match):
        submit_certification(unit, by=unit.members.get())


def test_a_licence_that_ends_while_it_lies_at_the_platform_is_not_passed(world):
    unit = drive_unit(make_unit(make_user(), CODE, licence_until=UNTIL), "pending", world)
    with on(UNTIL + dt.timedelta(days=1)):
        with refused("R-LICENCE"):
            world.decide(unit, world.platform, "pass_review")
        assert tell(afresh(unit), world.platform).findings[1] == {
            "tone": "bad",
            "text": "证照有效期至 2027-03-31，已过期",
        }
        assert world.decide(unit, world.platform, "send_back", "请换发证照。").state == "returned"


def test_it_reminds_once_thirty_and_once_seven_days_before(unit):
    days = {}
    for left in (31, 30, 29, 8, 7, 6, 0):
        with on(UNTIL - dt.timedelta(days=left)):
            remind_of_licences()
            remind_of_licences()
            days[left] = len(told(unit))
    assert days == {31: 0, 30: 1, 29: 1, 8: 1, 7: 2, 6: 2, 0: 2}
    assert "证照将在 30 天后到期" in told(unit)[0].subject


def test_a_worker_that_missed_the_day_reminds_on_the_next(unit):
    with on(UNTIL - dt.timedelta(days=12)):
        remind_of_licences()
    assert ["12 天后" in notice.subject for notice in told(unit)] == [True]


def test_administrators_and_handlers_hear_of_it_readers_do_not(unit):
    handler, reader = make_user("hand"), make_user("only_reads")
    UnitMember.objects.create(unit=unit, user=handler, role="handler")
    UnitMember.objects.create(unit=unit, user=reader, role="reader")
    with on(UNTIL):
        remind_of_licences()
    assert {notice.recipient for notice in told(unit)} == {unit.memberships.get(role="admin").user, handler}


def test_on_the_last_day_it_stands_and_on_the_day_after_it_certifies_again(unit):
    with on(UNTIL):
        expire_licences()
        assert afresh(unit).state == "certified"
    with on(UNTIL + dt.timedelta(days=1)):
        expire_licences()
        expire_licences()
    unit = afresh(unit)
    event = unit.events.filter(step="expire").get()
    assert (unit.state, event.actor) == ("expired", User.objects.clock())
    notice = Notice.objects.get(kind="certification_expired", url=unit.get_absolute_url())
    assert "2027-03-31，已经到期" in notice.body


def test_the_unit_reads_why_and_comes_back_with_a_new_day(client, unit, world):
    admin = unit.members.get()
    with on(UNTIL + dt.timedelta(days=1)):
        expire_licences()
        client.force_login(admin)
        assert "证照有效期至 2027-03-31，已到期" in client.get(unit.get_absolute_url()).content.decode()
        assert "证照有效期已过，请更新" in client.get(reverse("certification_check")).content.decode()
        unit = afresh(unit)
        unit.licence_until = dt.date(2037, 3, 31)
        unit = submit_certification(save_certification(unit, by=admin), by=admin)
        assert world.decide(unit, world.platform, "pass_review").state == "certified"


def test_units_without_a_day_are_never_ended_by_the_clock(world):
    Unit.objects.filter(pk=world.unit.pk).update(licence_permanent=False)  # certified before dates were asked
    with on(dt.date(2099, 1, 1)):
        expire_licences()
        remind_of_licences()
    assert (afresh(world.unit).state, afresh(world.other_unit).state, told(world.unit)) == (
        "certified",
        "certified",
        [],
    )


def test_a_frozen_unit_stays_frozen_and_expires_after_the_freeze(unit, world):
    set_frozen(unit, frozen=True, by=world.platform, text="样例")
    with on(UNTIL + dt.timedelta(days=1)):
        expire_licences()
        assert afresh(unit).state == "frozen"
        set_frozen(afresh(unit), frozen=False, by=world.platform, text="样例")
        expire_licences()
        assert afresh(unit).state == "expired"


def test_what_was_mended_meanwhile_is_neither_ended_nor_reminded_of(unit, world):
    with on(UNTIL - dt.timedelta(days=60)):
        with refused("R-LICENCE", match="还在有效期内"):
            expire_licence(unit, by=User.objects.clock())
        remind_of_licence(unit)
        remind_of_licence(world.unit)
    assert (told(unit), told(world.unit)) == ([], [])


def test_a_licence_without_an_end_is_for_a_person_to_look_at():
    told = term_finding(Unit(licence_permanent=True))
    assert told == {"tone": "todo", "text": "申请单位填写证照长期有效，请对照证照"}
