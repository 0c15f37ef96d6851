"""After a decision the next case of the same list opens that the person can decide, not the first of all."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from reviews import panel
from reviews.models import Turn
from reviews.services import give_opinion
from reviews.worklist import following, way_of
from tests.factories import drive_application, drive_claim
from tests.reviews.desk import at, open_turn

PASS = {"verdict": "pass_review", "text": "材料齐全。"}


@pytest.fixture
def turns(world):
    """Five applications at the district, each due a day after the one before."""
    turns = [open_turn(drive_application(world.make_application(20_000, 10_000), "district", world)) for _ in range(5)]
    for day, turn in enumerate(turns):
        due, opened = timezone.localdate() + dt.timedelta(day), timezone.now() - dt.timedelta(hours=day + 1)
        Turn.objects.filter(pk=turn.pk).update(due_on=due, opened_at=opened)
        turn.refresh_from_db()
    return turns


def decide(browser, turn, query=""):
    """The verdict from the page of the case to the answer, as a person gives it."""
    address, said = f"{at('turn_opinion', turn)}{query}", {"seen": turn.case.version, **PASS}
    return browser.post(address, said).headers["Location"]


def to(turn, query=""):
    return f"{turn.get_absolute_url()}{query}#content"


def test_the_one_after_this_one_opens(world, signed_in, turns):
    browser = signed_in(world.district)
    assert decide(browser, turns[2]) == to(turns[3])
    assert decide(browser, turns[4]) == to(turns[0])  # past the end the first


def test_the_order_of_the_list_goes_on(world, signed_in, turns):
    assert decide(signed_in(world.district), turns[2], "?sort=-due_on") == to(turns[1], "?sort=-due_on")


@pytest.mark.parametrize(
    ("sort", "after"), [("due_on", 3), ("-due_on", 1), ("opened_at", 1), ("-opened_at", 3), ("x", 3)]
)
def test_each_order_knows_what_comes_after(world, turns, sort, after):
    assert following(turns[2], world.district, QueryDict(f"sort={sort}")) == turns[after]


def test_the_filter_of_the_list_goes_on(world, signed_in, turns):
    query = f"?q={turns[0].number}"
    answer = decide(signed_in(world.district), turns[1], query)
    assert answer == to(turns[0], query)
    assert decide(signed_in(world.district), turns[0], query) == f"{reverse('turn_list')}{query}"


def test_what_the_person_may_not_decide_is_passed_over(world, turns):
    claim = drive_claim(world.make_claim(), "district", world)
    own, spoken = turns[3], turns[4]
    for turn, days in ((open_turn(claim), 9), (own, 3), (spoken, 4)):
        Turn.objects.filter(pk=turn.pk).update(due_on=timezone.localdate() + dt.timedelta(days))
    world.other_unit.memberships.create(user=world.district)
    type(own.case).objects.filter(pk=own.case_id).update(unit=world.other_unit)
    world.body_office.memberships.create(user=world.district)
    give_opinion(spoken, by=world.district, verdict="pass_review")  # now at the body, where he may not speak again
    assert following(turns[2], world.district, QueryDict()) == open_turn(claim)


def test_a_case_whose_experts_are_at_work_is_passed_over(world, experts_claim):
    turn = open_turn(experts_claim)
    seats = panel.form_panel(turn, world.experts, by=world.body)
    panel.give_word(seats[0], by=world.expert_1, word="agree")
    other = open_turn(drive_application(world.make_application(), "body", world))
    assert following(other, world.body_second, QueryDict()) is None


def test_the_page_carries_its_list(world, signed_in, turns):
    query = "?stage=%E5%8C%BA%E5%88%9D%E5%AE%A1&sort=-due_on"
    browser = signed_in(world.district)
    escaped = query.replace("&", "&amp;")
    assert (
        f'href="{turns[0].get_absolute_url()}{escaped}"' in browser.get(reverse("turn_list") + query).content.decode()
    )
    page = browser.get(turns[0].get_absolute_url() + query)
    assert [turn.pk for turn in page.context["waiting"]] == [turn.pk for turn in reversed(turns[1:])]
    for address in (at("turn_opinion", turns[0]), at("turn_transfer", turns[0]), reverse("turn_list")):
        assert f"{address}{escaped}" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "way"),
    [
        ("", ""),
        ("page=3", ""),
        ("q=&stage=", ""),
        ("q=%3Cb%3E&next=//x", "?q=%3Cb%3E"),
        ("sort=due_on&q=a&q=b", "?q=b&sort=due_on"),
    ],
)
def test_an_address_carries_what_the_list_knows(query, way):
    assert way_of(QueryDict(query)) == way
