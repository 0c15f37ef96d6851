"""创新券申请 beside 信用信息: a hit known in time refuses, one that comes later is read by the desk; silence stops nobody."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from registers.models import Question
from registers.tasks import sweep_questions
from reviews.kinds import tell
from tests.helpers import afresh, ruled_out
from tests.registers import stub as stubs
from tests.registers.stub import CLEAN, HIT, billed
from tests.reviews.desk import open_turn
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db
REFUSED = "信用信息显示贵单位有失信记录，不能申请创新券"


@pytest.fixture
def draft(world):
    return world.make_application()


def findings(case, person):
    lines = tell(afresh(case), person).findings
    return [(line["tone"], line["text"]) for line in lines if line["text"].startswith("信用")]


def own_words(case, person):
    return [row.value for title, rows in tell(afresh(case), person).sections if title == "信用核验" for row in rows]


def test_a_clean_record_is_read_by_desk_and_unit_with_source_and_time(world, draft, stub):
    case = submit_application(draft, by=world.applicant)
    assert stub.heard == [("credit", world.unit.uscc, {})]
    assert findings(case, world.district) == [("ok", "信用信息：无失信记录")]
    words = own_words(case, world.applicant)
    assert words[1:] == ["信用信息：无失信记录"]
    assert words[0].endswith("核验，来源：样例信用平台")


def test_a_hit_refuses_and_is_asked_about_anew_when_it_was_mended(client, world, draft, stub, time_machine):
    time_machine.move_to("2026-11-24 09:00:00 +0800", tick=False)
    client.force_login(world.applicant)
    stub.always = {"credit": HIT}
    with ruled_out("R-QUAL", match=REFUSED):
        submit_application(draft, by=world.applicant)
    page = client.get(reverse("application_check", args=[draft.number]))
    assert page.context["refusals"][0].startswith(REFUSED)
    assert afresh(draft).state == "draft"
    stub.always = {"credit": CLEAN}
    time_machine.shift(dt.timedelta(minutes=7))
    assert submit_application(draft, by=world.applicant).state == "district"


@pytest.mark.parametrize("answer", [stubs.late, stubs.raw(503, b""), stubs.raw(200, b"?"), billed("超次数")])
def test_silence_stops_nobody_and_the_desk_reads_what_came_later(world, draft, stub, answer):
    stub.answers, stub.always = [answer], {"credit": HIT}
    case = submit_application(draft, by=world.applicant)
    assert case.state == "district"
    ((tone, text),) = findings(case, world.district)
    assert (tone, text) == ("todo", "信用信息待核验")
    Question.objects.update(due_at=timezone.now(), tried_at=None)
    sweep_questions()
    assert findings(case, world.district) == [("bad", "信用信息显示该单位有失信记录：严重违法失信名单")]


def test_the_page_of_the_turn_shows_it_before_the_decision(client, world, draft, stub):
    stub.answers = [stubs.late]
    case = submit_application(draft, by=world.applicant)
    client.force_login(world.district)
    page = client.get(open_turn(case).get_absolute_url()).content.decode()
    assert "信用信息待核验" in page
    assert "信用信息没有按时回应，将在" in page


def test_the_case_of_the_unit_says_so_on_its_page(client, world, draft, stub):
    case = submit_application(draft, by=world.applicant)
    client.force_login(world.applicant)
    assert "信用核验" in client.get(case.get_absolute_url()).content.decode()


def test_nothing_is_asked_where_nothing_is_connected_or_nobody_may(world, draft, stub):
    with ruled_out("R-PERM"):
        submit_application(draft, by=world.stranger)
    assert stub.heard == []


def test_without_a_connection_everything_is_as_before(world, draft):
    case = submit_application(draft, by=world.applicant)
    assert (findings(case, world.district), own_words(case, world.applicant)) == ([], [])
