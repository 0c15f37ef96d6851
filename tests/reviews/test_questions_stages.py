"""Who asks whom at every stage: the office in turn and the firm, and nobody of another desk."""

import pytest

from reviews.questions.permissions import may_ask_firm
from reviews.questions.services import answer, ask
from tests.factories import drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.reviews.asking import WHY
from tests.reviews.desk import open_turn
from tests.reviews.test_questions_held import may

pytestmark = pytest.mark.django_db


def pending_unit(world):
    world.people["owner"] = world.owner = make_user("owner")
    return drive_unit(make_unit(world.owner, "91120222MA00000312", "蓟运样例有限公司"), "pending", world)


def application(state):
    return lambda world: drive_application(world.make_application(), state, world)


def claim(state):
    return lambda world: drive_claim(world.make_claim(), state, world)


STAGES = {  # stage → its case, who asks for the office, who answers for the firm
    "单位认证": (pending_unit, {"platform"}, {"owner"}),
    "服务机构入驻": (lambda world: world.admit("pending"), {"platform"}, {"applicant"}),
    "创新券区初审": (application("district"), {"district"}, {"applicant"}),
    "创新券复审": (application("body"), {"body", "body_second"}, {"applicant"}),
    "兑现区初审": (claim("district"), {"district"}, {"applicant"}),
    "兑现形式审查": (claim("formal"), {"body", "body_second"}, {"applicant"}),
    "兑现专家评审": (claim("experts"), {"body_second"}, {"applicant"}),
}


def people_who(world, act):
    """The names of those for whom the verb is carried out."""
    people = {name: person for name, person in world.people.items() if name != "clock"}
    return {name for name, person in people.items() if may(lambda by=person: act(by)) == 1}


@pytest.mark.parametrize("stage", STAGES)
def test_who_asks_and_who_answers(world, stage):
    drive, office, firm = STAGES[stage]
    turn = open_turn(drive(world))
    assert people_who(world, lambda by: ask(turn, by=by, text=WHY)) == office | firm
    asker = world.people[min(office)]
    to_firm = ask(turn, by=asker, text=WHY)
    of_firm = ask(turn, by=world.people[min(firm)], text=WHY)
    assert people_who(world, lambda by: answer(to_firm, by=by, text=WHY)) == firm
    assert people_who(world, lambda by: answer(of_firm, by=by, text=WHY)) == office


@pytest.mark.parametrize("stage", STAGES)
def test_who_proposes(world, stage):
    drive, office, _ = STAGES[stage]
    case = drive(world)
    assert {name for name, person in world.people.items() if may_ask_firm(case, person)} == office
