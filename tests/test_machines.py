"""Every machine, step × state × role, from one table each: what is not in the table is refused."""

import copy
import datetime as dt
import itertools

import pytest
from django.db import transaction

from accounts.models import Unit
from accounts.workflow import State as UnitState
from catalog.models import Admission
from catalog.workflow import State as AdmissionState
from orders.models import Order, Wanted
from orders.wanted.workflow import State as WantedState
from orders.workflow import State as OrderState
from policy.calendar import today
from records.rules import RuleBroken
from records.steps import lock, move, take_step
from redemption.models import Claim
from redemption.workflow import State as ClaimState
from tests.factories import World, drive_application, drive_claim, drive_order, drive_unit, make_unit
from tests.helpers import aside
from tests.orders.wanting import moved_to
from vouchers.models import Application
from vouchers.workflow import State as ApplicationState

pytestmark = pytest.mark.django_db

ROLES = (
    "applicant",
    "reader",
    "stranger",
    "provider_member",
    "platform",
    "district",
    "other_district",
    "body",
    "body_second",
    "other_body",
    "expert_1",
    "municipal",
    "administrator",
    "curator",
    "auditor",
    "deputy",
    "clock",
)

UNIT = {  # (state, step): (target, roles)
    ("uncertified", "submit"): ("pending", {"applicant"}),
    ("returned", "submit"): ("pending", {"applicant"}),
    ("expired", "submit"): ("pending", {"applicant"}),
    ("pending", "pass_review"): ("certified", {"platform"}),
    ("pending", "send_back"): ("returned", {"platform"}),
    ("pending", "reject"): ("rejected", {"platform"}),
    ("certified", "reopen"): ("expired", {"applicant"}),
    ("certified", "expire"): ("expired", {"clock"}),  # its licence has ended, see unit_at
    ("certified", "freeze"): ("frozen", {"platform"}),
    ("frozen", "unfreeze"): ("certified", {"platform"}),
}
ADMISSION = {
    ("draft", "submit"): ("pending", {"applicant"}),
    ("returned", "submit"): ("pending", {"applicant"}),
    ("pending", "pass_review"): ("admitted", {"platform"}),
    ("pending", "send_back"): ("returned", {"platform"}),
    ("pending", "reject"): ("rejected", {"platform"}),
    ("admitted", "suspend"): ("suspended", {"platform"}),
    ("suspended", "resume"): ("admitted", {"platform"}),
    ("admitted", "expire"): ("expired", {"clock"}),
    ("suspended", "expire"): ("expired", {"clock"}),
    **{(state, "withdraw"): ("withdrawn", {"applicant"}) for state in ("draft", "pending", "returned", "admitted")},
}
ORDER = {
    ("placed", "confirm"): ("serving", {"provider_member"}),
    ("placed", "decline"): ("declined", {"provider_member"}),
    ("serving", "complete"): ("completed", {"provider_member"}),
    ("placed", "cancel"): ("cancelled", {"applicant"}),
    ("serving", "cancel"): ("cancelled", {"applicant"}),
}
WANTED = {
    ("pending", "publish"): ("open", {"curator"}),
    ("pending", "refuse"): ("refused", {"curator"}),
    ("pending", "close"): ("closed", {"applicant"}),
    ("open", "close"): ("closed", {"applicant"}),
    ("refused", "close"): ("closed", {"applicant"}),
    ("refused", "submit"): ("pending", {"applicant"}),
    ("open", "order"): ("ordered", {"applicant"}),
    ("open", "expire"): ("expired", {"clock"}),
}
APPLICATION = {
    ("draft", "submit"): ("district", {"applicant"}),
    ("district_returned", "submit"): ("district", {"applicant"}),
    ("body_returned", "submit"): ("body", {"applicant"}),
    ("district", "pass_review"): ("body", {"district"}),
    ("district", "send_back"): ("district_returned", {"district"}),
    ("district", "reject"): ("district_rejected", {"district"}),
    ("body", "pass_review"): ("approved", {"body", "body_second"}),
    ("body", "send_back"): ("body_returned", {"body", "body_second"}),
    ("body", "reject"): ("body_rejected", {"body", "body_second"}),
    ("draft", "withdraw"): ("withdrawn", {"applicant"}),
    ("district", "withdraw"): ("withdrawn", {"applicant"}),
    ("district_returned", "withdraw"): ("withdrawn", {"applicant"}),
    ("body_returned", "withdraw"): ("withdrawn", {"applicant"}),
    ("district_returned", "lapse"): ("lapsed", {"clock"}),
    ("body_returned", "lapse"): ("lapsed", {"clock"}),
    ("approved", "lapse"): ("lapsed", {"clock"}),
    ("approved", "give_back"): ("voided", {"applicant"}),
    ("approved", "redeem"): ("redeemed", {"clock"}),
    ("district_rejected", "appeal"): ("appeal", {"applicant"}),
    ("body_rejected", "appeal"): ("appeal", {"applicant"}),
    ("appeal", "pass_review"): ("approved", {"other_body"}),  # refused at 复审, and no person of that body decides
    ("appeal", "reject"): ("upheld", {"other_body"}),
    ("appeal", "drop_appeal"): ("body_rejected", {"applicant"}),
    **{
        (state, "void"): ("voided", {"clock"})
        for state in ("draft", "district", "district_returned", "body", "body_returned", "approved", "appeal")
    },
}
CLAIM = {
    ("draft", "submit"): ("district", {"applicant"}),
    ("district_returned", "submit"): ("district", {"applicant"}),
    ("formal_returned", "submit"): ("formal", {"applicant"}),
    ("district", "pass_review"): ("formal", {"district"}),
    ("district", "send_back"): ("district_returned", {"district"}),
    ("district", "reject"): ("district_rejected", {"district"}),
    ("formal", "pass_review"): ("accepted", {"body", "body_second"}),
    ("formal", "send_back"): ("formal_returned", {"body", "body_second"}),
    ("formal", "reject"): ("formal_rejected", {"body", "body_second"}),
    ("form_returned", "upload_form"): ("experts", {"applicant"}),  # at 市级受理 there is no scan yet: see below
    ("experts", "pass_review"): ("passed", {"body_second"}),  # `body` has decided another stage of the case
    ("draft", "withdraw"): ("withdrawn", {"applicant"}),
    ("district", "withdraw"): ("withdrawn", {"applicant"}),
    ("district_returned", "withdraw"): ("withdrawn", {"applicant"}),
    ("formal_returned", "withdraw"): ("withdrawn", {"applicant"}),
    ("district_rejected", "appeal"): ("appeal", {"applicant"}),
    ("formal_rejected", "appeal"): ("appeal", {"applicant"}),
    ("experts_rejected", "appeal"): ("appeal", {"applicant"}),
    ("appeal", "pass_review"): ("accepted", {"other_body"}),  # refused at 形式审查
    ("appeal", "reject"): ("upheld", {"other_body"}),
    ("appeal", "drop_appeal"): ("formal_rejected", {"applicant"}),
    **{
        (state, "lapse"): ("lapsed", {"clock"})
        for state in ("draft", "district_returned", "formal_returned", "accepted", "form_returned")
    },
}


def unit_at(state, world):
    """A unit of the applicant's own beside the certified one; where it is certified, its licence has ended since."""
    fresh = make_unit(world.applicant, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    unit = drive_unit(fresh, state, world)
    if state == "certified":
        unit.licence_permanent, unit.licence_until = False, today() - dt.timedelta(days=1)
        unit.save()
    return unit


def claim_at(state, world):
    """A claim at the state; at 专家评审中 the group has spoken."""
    claim = drive_claim(world.make_claim(), state, world)
    if state == "experts":
        world.hear_experts(claim)
    return claim


MACHINES = {
    "unit": (Unit, UnitState, UNIT, unit_at),
    "admission": (Admission, AdmissionState, ADMISSION, lambda state, world: world.admit(state)),
    "order": (Order, OrderState, ORDER, lambda state, world: drive_order(world.make_order(), state, world)),
    "wanted": (Wanted, WantedState, WANTED, lambda state, world: moved_to(world, state)),
    "application": (
        Application,
        ApplicationState,
        APPLICATION,
        lambda state, world: drive_application(world.make_application(), state, world),
    ),
    "claim": (Claim, ClaimState, CLAIM, claim_at),
}


def steps_of(model):
    """Every arrow of the model's machine, by name."""
    return sorted({arrow.name for arrow in model._meta.get_field("state").get_all_transitions(model)})


def outcome(case, step, person, take=take_step):
    """The state in which the step ends, or None if the door refuses; nothing is kept."""
    with aside():
        try:
            target = take(case, step, by=person).state
        except RuleBroken:
            target = None
        transaction.set_rollback(True)
    return target


@pytest.mark.parametrize(
    ("machine", "state"), [(name, state) for name, (_, states, _, _) in MACHINES.items() for state in states.values]
)
def test_every_step_and_role_in_this_state(machine, state):
    model, _, table, case_at = MACHINES[machine]
    world = World()
    case = case_at(state, world)
    world.lend()  # from here on `deputy` stands in for `district`
    assert case.state == state
    found, expected, locked = {}, {}, lock(case)  # read once, and told to each person afresh
    for step, role in itertools.product(steps_of(model), ROLES):
        target, roles = table.get((state, step), (None, set()))
        roles = roles | {"deputy"} if "district" in roles else roles
        found[step, role] = outcome(copy.deepcopy(locked), step, world.people[role], take=move)
        if role in roles:
            assert outcome(case, step, world.people[role]) == target
        expected[step, role] = target if role in roles else None
    assert found == expected


@pytest.mark.bare
@pytest.mark.parametrize("machine", MACHINES)
def test_the_table_names_every_arrow_of_the_drawing(machine):
    model, _, table, _ = MACHINES[machine]
    arrows = {(arrow.source, arrow.name) for arrow in model._meta.get_field("state").get_all_transitions(model)}
    apart = {
        "claim": {
            *(("accepted", "upload_form"), ("experts", "return_form"), ("experts", "reject")),
            ("passed", "appeal"),  # of a lowered amount alone: see tests/redemption/test_appeals.py
        },
        "application": {
            *(("approved", "appeal"),),  # the same: tests/vouchers/test_appeals.py
            *(("voided", "restore"), ("lapsed", "restore")),  # of a voucher that its redemption has ended: the same
        },
    }.get(machine, set())
    assert arrows - apart == set(table)


def test_the_form_cannot_move_on_before_its_scan_is_there():
    world = World()
    claim = claim_at("accepted", world)
    with pytest.raises(RuleBroken, match="请先上传签字盖章后的兑现申请表扫描件"):
        take_step(claim, "upload_form", by=world.applicant)


def test_the_form_goes_back_only_while_the_group_is_silent():
    world = World()
    claim = drive_claim(world.make_claim(), "experts", world)
    assert outcome(claim, "return_form", world.body_second) == "form_returned"
    world.hear_experts(claim)
    assert outcome(claim, "return_form", world.body_second) is None


def test_the_body_records_what_the_group_has_said():
    world = World()
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim, "refuse")
    assert outcome(claim, "pass_review", world.body_second) is None
    assert outcome(claim, "reject", world.body_second) == "experts_rejected"
    assert outcome(claim, "reject", world.body) is None  # he has decided another stage of the case


def test_the_result_waits_for_the_whole_group():
    world = World()
    claim = drive_claim(world.make_claim(), "experts", world)
    assert outcome(claim, "pass_review", world.body_second) is None


def test_a_mended_application_starts_at_the_district_again_if_money_changed():
    world = World()
    application = drive_application(world.make_application(), "body_returned", world)
    application.applied_amount -= 1
    application.save()
    assert outcome(application, "submit", world.applicant) == "district"


def test_a_mended_claim_starts_at_the_district_again_if_money_changed():
    world = World()
    claim = drive_claim(world.make_claim(), "formal_returned", world)
    claim.contracts.update(amount=90_000)
    assert outcome(claim, "submit", world.applicant) == "district"
