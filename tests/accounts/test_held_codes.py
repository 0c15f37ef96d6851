"""A credit code belongs to the unit that has handed it in: no draft stands in the way of the real firm."""

import pytest
from django.urls import reverse

from accounts.certification import services
from accounts.certification.services import KNOWN, save_certification, submit_certification
from accounts.members.joining.services import ask_to_join
from accounts.models import Unit
from policy.calendar import today
from tests.factories import World, drive_unit, make_unit, make_user
from tests.helpers import afresh, at_once, constrained, copied, refused

CODE, OTHER = "91120222MA00000312", "91120118MA0000049X"
NAME = "蓟运样例有限公司"


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def draft(world):
    """A stranger's, with the code of a firm that is none of his; never handed in."""
    return make_unit(make_user("squatter"), CODE, NAME)


def resubmitted(unit, code):
    unit.uscc = code
    return submit_certification(save_certification(unit, by=unit.members.get()), by=unit.members.get())


def test_a_strangers_draft_blocks_nobody(world, draft):
    real = drive_unit(make_unit(make_user("real"), CODE, NAME), "certified", world)
    assert (real.state, real.held_uscc, afresh(draft).held_uscc) == ("certified", CODE, "")


def test_the_form_takes_a_code_that_is_only_in_a_draft(client, world, draft):
    client.force_login(make_user("real"))
    form = {"name": NAME, "uscc": CODE, "act": "save"}
    answer = client.post(reverse("certification_edit"), form)
    assert (answer.status_code, Unit.objects.filter(uscc=CODE).count()) == (302, 2)
    added = client.get(reverse("unit_add"), {"uscc": CODE}).headers["Location"]
    assert added.startswith(reverse("certification_new"))


def test_the_second_to_hand_in_gets_a_sentence(world, draft):
    drive_unit(make_unit(make_user("real"), CODE, NAME), "pending", world)
    with refused("R-CODE", match="已经在本站登记"):
        submit_certification(draft, by=draft.members.get())
    assert (afresh(draft).state, afresh(draft).held_uscc) == ("uncertified", "")


@pytest.mark.parametrize("state", ["returned", "expired"])
def test_a_code_typed_over_is_not_held_before_it_is_handed_in(world, state):
    unit = drive_unit(make_unit(make_user("mover"), OTHER, NAME), state, world)
    unit.uscc = CODE
    save_certification(unit, by=unit.members.get())
    assert (afresh(unit).uscc, afresh(unit).held_uscc) == (CODE, OTHER)
    assert drive_unit(make_unit(make_user("real"), CODE, NAME), "certified", world).held_uscc == CODE


def test_a_code_that_was_given_up_is_free_again(world):
    unit = drive_unit(make_unit(make_user("mover"), OTHER, NAME), "returned", world)
    assert resubmitted(unit, CODE).held_uscc == CODE
    assert drive_unit(make_unit(make_user("real"), OTHER, NAME), "pending", world).held_uscc == OTHER


def test_a_refused_unit_holds_nothing(world):
    drive_unit(make_unit(make_user("first"), CODE, NAME), "rejected", world)
    assert drive_unit(make_unit(make_user("real"), CODE, NAME), "certified", world).held_uscc == CODE


def test_nobody_asks_to_join_a_draft(world, draft):
    with refused("R-UNKNOWN"):
        ask_to_join(CODE, words="研发部", by=make_user("colleague"))


def test_the_database_holds_one_unit_for_each_code(world):
    with constrained("unit_one_per_credit_code"):
        copied(world.unit, number="RZ0")


@pytest.mark.django_db(transaction=True)
def test_two_handed_in_at_once_are_one_and_a_sentence():
    units = [make_unit(make_user(), CODE, NAME) for _ in range(2)]
    acts = [lambda unit=unit: submit_certification(unit, by=unit.members.get()).state for unit in units]
    World()
    assert sorted(at_once(*acts)) == ["R-CODE", "pending"]


def test_the_database_refuses_what_two_saw_free(monkeypatch, world, draft):
    """The race above without its chance: the code is handed in elsewhere after it was seen to be free."""

    def too_late(unit):
        unit.held_uscc = unit.uscc

    drive_unit(make_unit(make_user("real"), CODE, NAME), "pending", world)
    monkeypatch.setattr(services, "hold_code", too_late)
    with refused("R-CODE", match="已经在本站登记"):
        submit_certification(draft, by=draft.members.get())
    assert (afresh(draft).state, afresh(draft).held_uscc) == ("uncertified", "")


def test_another_refusal_of_the_database_is_not_told_as_a_held_code(monkeypatch, world, draft):
    def spoil(unit):
        unit.licence_permanent, unit.licence_until = True, today()

    monkeypatch.setattr(services, "hold_code", spoil)
    with constrained("unit_licence_ends_or_does_not"):
        submit_certification(draft, by=draft.members.get())


def test_the_sentence_names_the_way_out():
    assert "申请加入该单位" in KNOWN
