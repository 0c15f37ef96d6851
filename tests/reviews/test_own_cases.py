"""Who belongs to the applicant's unit reads of its case what applicants read, at whatever office he works."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from records.models import Event
from reviews import panel
from reviews.models import Turn
from tests.helpers import afresh, refused
from tests.reviews.desk import at, open_turn

SECRET = "机密评审词句甲乙丙"
OWN = "您是申请单位的成员，不能审核本单位的事项，请由同事办理。"
DESKS = ("body_second", "municipal")


@pytest.fixture
def turn(world, experts_claim):
    """One whose experts have spoken, of a unit to which a reviewer and somebody of the city belong."""
    turn = open_turn(experts_claim)
    for seat in panel.form_panel(turn, world.experts, by=world.body):
        panel.give_word(seat, by=seat.expert, word="cut", amount=43_210, text=SECRET)
    for role in DESKS:
        world.unit.memberships.create(user=world.people[role])
    return turn


def shows_nothing_of_the_group(world, page):
    names = [str(world.people[f"expert_{number}"]) for number in (1, 2, 3)]
    return not [word for word in (SECRET, "43,210", *names) if word in page]


@pytest.mark.parametrize("role", DESKS)
def test_the_desk_leads_to_the_page_that_applicants_read(world, signed_in, turn, role):
    person = world.people[role]
    browser = signed_in(person)
    answer = browser.get(at("turn_detail", turn), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(turn.case.get_absolute_url(), 302)]
    assert OWN in page
    assert shows_nothing_of_the_group(world, page)
    dossier = answer.context["dossier"]
    assert (dossier.findings, dossier.warnings, dossier.corrections, dossier.limit) == ([], [], [], None)


SAID = {  # what is posted → what the desk would answer a colleague with
    "turn_opinion": {"verdict": "pass_review", "amount": "99999999"},
    "turn_letter": {"verdict": "pass_review", "amount": "99999999"},
    "turn_remark": {"remark": "x"},
    "turn_transfer": {"words": "x"},
    "panel_form": {},
    "panel_replace": {},
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_done_there_is_refused_and_tells_nothing(world, signed_in, turn, name):
    answer = signed_in(world.body_second).post(at(name, turn), SAID[name])
    assert answer.status_code == 409
    assert OWN in answer.content.decode()
    assert shows_nothing_of_the_group(world, answer.content.decode())
    assert afresh(turn.case).state == "experts"


@pytest.mark.parametrize(("role", "told"), [("body_second", False), ("body", True)])
def test_the_list_tells_how_far_the_experts_are_to_colleagues_alone(world, signed_in, turn, role, told):
    page = signed_in(world.people[role]).get(reverse("turn_list")).content.decode()
    assert (turn.title in page, "专家意见 3 / 3" in page) == (True, told)


def test_news_of_the_experts_pass_by_who_belongs_to_the_unit(world, experts_claim):
    turn = open_turn(experts_claim)
    world.unit.memberships.create(user=world.body_second)
    seats = panel.form_panel(turn, world.experts, by=world.body)
    Notice.objects.all().delete()
    panel.recuse(seats[1], by=world.expert_2)
    assert [notice.recipient for notice in Notice.objects.all()] == [world.body]


def test_an_expert_who_has_joined_the_unit_can_only_step_aside(world, signed_in, experts_claim):
    seat = panel.form_panel(open_turn(experts_claim), world.experts, by=world.body)[0]
    world.unit.memberships.create(user=seat.expert)
    browser = signed_in(seat.expert)
    page = browser.get(seat.get_absolute_url())
    assert page.context["form"] is None
    assert panel.OWN_CASE_HEARD in page.content.decode()
    with refused("R-REL", match="请申请回避"):
        panel.give_word(seat, by=seat.expert, word="agree")
    assert browser.post(at("seat_recuse", seat)).status_code == 302
    assert afresh(seat).recused_at is not None


def test_the_end_of_an_experts_place_does_not_tell_him_from_which_of_the_own_cases(world, signed_in, experts_claim):
    panel.form_panel(open_turn(experts_claim), world.experts, by=world.body)
    place, number = world.experts[0], experts_claim.number
    browser = signed_in(world.municipal)
    assert number in browser.get(at("place_end", place)).content.decode()
    member = world.unit.memberships.create(user=world.municipal)
    assert number not in browser.get(at("place_end", place)).content.decode()
    browser.post(at("place_end", place))
    assert number not in browser.get(at("office_detail", place.office)).content.decode()
    member.delete()
    assert number in browser.get(at("office_detail", place.office)).content.decode()


def test_who_audits_reads_no_reviewers_name_in_a_case_of_his_own_unit(world, signed_in, experts_claim):
    browser = signed_in(world.auditor)
    events, turns = reverse("admin:records_event_changelist"), reverse("admin:reviews_turn_changelist")
    listed = [browser.get(url).context["cl"].result_count for url in (events, turns)]
    assert listed == [Event.objects.count(), Turn.objects.count()]
    world.unit.memberships.create(user=world.auditor)
    rows = [row for url in (events, turns) for row in browser.get(url).context["cl"].queryset]
    assert [row for row in rows if getattr(row.case, "unit", row.case) == world.unit] == []
    assert browser.get(reverse("admin:reviews_turn_change", args=[open_turn(experts_claim).pk])).status_code == 302
