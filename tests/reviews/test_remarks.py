"""内部备注: who writes and reads them, that nobody of the applicant does, and that they stay as they are."""

import json

import pytest
from django.urls import reverse

from records.kinds import kind_for
from reviews.models import Remark
from reviews.remarks.services import add_remark
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.helpers import afresh, by_owner, constrained, refused
from tests.reviews.desk import at, open_turn

SECRET = "发票联号与去年一份申请相近，请复审时留意。"


@pytest.fixture
def turn(world, application):
    return open_turn(application)


@pytest.fixture
def remark(world, turn):
    return add_remark(turn, by=world.district, text=f" {SECRET} ")


def test_a_note_is_added_on_the_page_and_says_who_and_when(world, signed_in, turn):
    browser = signed_in(world.district)
    answer = browser.post(at("turn_remark", turn), {"remark": SECRET}, follow=True)
    remark = Remark.objects.get()
    assert (remark.text, remark.author, remark.office) == (SECRET, world.district, world.district_office)
    page = answer.content.decode()
    assert all(words in page for words in ("备注已保存", SECRET, world.district.name, world.district_office.name))


def test_a_note_without_words_is_asked_for_again(world, signed_in, turn):
    answer = signed_in(world.district).post(at("turn_remark", turn), {"remark": " "})
    assert (answer.status_code, Remark.objects.count()) == (200, 0)
    assert "remark" in answer.context["remark"].errors
    with refused("R-WORDS"):
        add_remark(turn, by=world.district, text=" ")


def test_the_office_of_the_next_stage_and_the_city_read_it(world, signed_in, turn, remark):
    give_opinion(turn, by=world.district, verdict="pass_review")
    for person in (world.district, world.municipal):
        assert SECRET in signed_in(person).get(at("turn_detail", turn)).content.decode()
    assert SECRET in signed_in(world.body).get(at("turn_detail", open_turn(turn.case))).content.decode()


def test_the_city_reads_and_does_not_write(world, signed_in, turn, remark):
    browser = signed_in(world.municipal)
    assert browser.get(at("turn_detail", turn)).context["remark"] is None
    assert browser.post(at("turn_remark", turn), {"remark": SECRET}).status_code == 404


def test_nobody_of_the_applicant_reads_it_anywhere(world, signed_in, turn, remark):
    case = turn.case
    give_opinion(turn, by=world.district, verdict="send_back", text="请补充。", corrections=["content"])
    browser = signed_in(world.applicant)
    pages = [
        case.get_absolute_url(),
        reverse("application_edit", args=[case.number]),
        reverse("notice_list"),
        reverse("user_center"),
    ]
    for address in pages:
        page = browser.get(address)
        assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    assert SECRET not in json.dumps(kind_for(case).export(world.applicant), default=str, ensure_ascii=False)
    assert all(
        SECRET not in json.dumps(line.receipt.content, ensure_ascii=False) for line in case.events.exclude(receipt=None)
    )
    assert all(SECRET not in f"{notice.subject}{notice.body}" for notice in world.applicant.notices.all())


def test_a_reviewer_of_the_own_unit_is_led_to_what_applicants_read(world, signed_in, turn, remark):
    world.unit.memberships.create(user=world.district)
    page = signed_in(world.district).get(at("turn_detail", turn), follow=True)
    assert SECRET not in page.content.decode()
    with refused("R-REL"):
        add_remark(afresh(turn), by=world.district, text=SECRET)


def test_a_note_stays_as_it_was_written(world, remark):
    for act in ("UPDATE reviews_remark SET text = 'x'", "DELETE FROM reviews_remark"):
        with constrained("append-only table reviews_remark"), by_owner() as cursor:
            cursor.execute(act)
    with constrained("remark_has_words"):
        Remark.objects.create(
            case_type=remark.case_type, case_id=remark.case_id, author=world.district, office=remark.office, text=""
        )


def test_notes_of_another_case_stay_there(world, signed_in, turn, remark):
    other = open_turn(drive_application(world.make_application(), "district", world))
    assert SECRET not in signed_in(world.district).get(at("turn_detail", other)).content.decode()
