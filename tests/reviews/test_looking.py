"""核对 as a condition of the inbox: what the checks came to is kept beside the turn by the clock, and no page writes it."""

import pytest
from django.urls import reverse

from orders.services import move_order
from reviews import tasks
from reviews.looking import keep_look, unlooked
from reviews.models import Looked, Turn
from tests.factories import drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.helpers import afresh
from tests.redemption.real_papers import show, show_all
from tests.reviews.desk import open_turn
from ui.limited import MANY

pytestmark = pytest.mark.django_db
BAD_CODE = "91120101DEM000029X"  # its check digit is wrong


def looked(case):
    keep_look(open_turn(case).pk)
    return open_turn(case).looked


@pytest.fixture
def claim(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    move_order(claim.application.order, "complete", by=world.provider_member, words="报告已交付。")
    return claim


def test_a_case_of_which_all_was_read_is_on_the_short_way_until_something_differs(claim):
    show_all(claim)
    assert looked(claim) == Looked.EXPRESS
    show(claim.contracts.get(), party_b="别家样例中心")
    assert looked(claim) in {Looked.BAD, Looked.WARN}


def test_a_unit_whose_code_is_wrong_is_red(world):
    unit = drive_unit(make_unit(make_user("wrong"), BAD_CODE, "新港样例有限公司"), "pending", world)
    assert looked(unit) == Looked.BAD


def test_what_was_only_typed_is_neither_red_nor_on_the_short_way(application):
    assert looked(application) in {Looked.FINE, Looked.WARN}


def test_experts_and_what_is_looked_at_once_more_have_no_short_way(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    move_order(claim.application.order, "complete", by=world.provider_member, words="报告已交付。")
    show_all(claim)
    assert looked(claim) != Looked.EXPRESS


def test_the_clock_looks_at_what_is_new_and_each_night_at_all_that_is_open(world, application, signed_in):
    turn = open_turn(application)
    signed_in(world.district).get(turn.get_absolute_url())
    assert [*unlooked()] == [turn]  # a look at the page writes nothing
    tasks.look_at_new()
    assert afresh(turn).looked
    assert not unlooked().exists()
    Turn.objects.filter(pk=turn.pk).update(looked=Looked.BAD)
    tasks.look_at_new()
    assert afresh(turn).looked == Looked.BAD
    tasks.look_at_all()
    assert afresh(turn).looked != Looked.BAD


def test_what_has_closed_meanwhile_is_left_as_it_was(world):
    turn = drive_application(world.make_application(10_000, 5_000), "body", world).turns.order_by("pk").first()
    keep_look(turn.pk)
    assert afresh(turn).looked == ""
    assert not unlooked().filter(pk=turn.pk).exists()


def test_the_inbox_is_narrowed_by_what_occurs_there(world, signed_in):
    first, second = (drive_application(world.make_application(10_000, 5_000), "district", world) for _ in "ab")
    client, address = signed_in(world.district), reverse("turn_list")
    assert "looked" not in client.get(address).context["filter"].form.fields
    Turn.objects.filter(pk=open_turn(first).pk).update(looked=Looked.BAD)
    Turn.objects.filter(pk=open_turn(second).pk).update(looked=Looked.EXPRESS)
    MANY.forget()
    page = client.get(address, {"looked": "express"})
    offered = page.context["filter"].form.fields["looked"].choices
    assert offered == [("", "核对"), ("bad", "有不通过的核对"), ("express", "快速通道")]
    assert [turn.number for turn in page.context["page"].object_list] == [second.number]
    assert f"{open_turn(second).get_absolute_url()}?looked=express" in page.content.decode()
    Turn.objects.filter(pk=open_turn(first).pk).update(lies="done")
    done = client.get(reverse("turn_done_list"), {"looked": "bad"}).context
    assert ([turn.number for turn in done["page"].object_list], done["filter"].asked["looked"]) == (
        [first.number],
        "bad",
    )
