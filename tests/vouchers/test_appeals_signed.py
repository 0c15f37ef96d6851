"""申请复核 of an amount that a second person had signed: he looks at it no more than who decided."""

from decimal import Decimal

import pytest

from records.rules import RuleBroken
from reviews.models import Turn
from reviews.offices import hands_for
from reviews.permissions import objection_to
from reviews.services import give_opinion
from tests.factories import World, make_user
from tests.helpers import aside
from tests.vouchers.appealing import appealed, at

pytestmark = pytest.mark.django_db
LOWERED = {"verdict": "pass_review", "text": "检测项目减少。", "amount": Decimal(32_000)}


@pytest.fixture
def world():
    return World()


def test_who_signed_the_lowered_amount_has_no_part_in_its_second_look(world):
    """He sits at the office that would look at it, too: neither in his inbox, nor on the page, nor at the step."""
    both, there = make_user("at_two_offices"), at(world, "body").turns.get(closed_at=None)
    for office in (there.office, world.other_body_office):
        office.memberships.create(user=both)
    give_opinion(there, by=world.body, second=both, **LOWERED)
    application = appealed(world, there.case)
    turn = application.turns.get(closed_at=None)
    assert turn.office == world.other_body_office
    read = Turn.objects.filter(case_id=application.pk).prefetch_related("opinions")
    objection = objection_to(turn, application, both)
    assert (there.stage in objection, objection_to(turn, application, both, read)) == (True, objection)
    assert [place.user for place in hands_for(turn, application)] == [world.other_body]
    assert not Turn.objects.filter(pk=turn.pk).unspoken_by(both).exists()
    assert Turn.objects.filter(pk=turn.pk).unspoken_by(world.other_body).exists()
    with pytest.raises(RuleBroken), aside():
        world.decide(application, both, "pass_review", "证据充分。")


def test_where_its_only_people_have_signed_another_office_looks_at_it(world):
    there = at(world, "body").turns.get(closed_at=None)
    there.office.memberships.create(user=world.other_body)
    give_opinion(there, by=world.body, second=world.other_body, **LOWERED)
    assert appealed(world, there.case).turns.get(closed_at=None).office.kind == "municipal"
