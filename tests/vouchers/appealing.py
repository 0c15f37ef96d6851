"""Applications against whose decision something is held: how the tests bring them there."""

from decimal import Decimal

import pytest

from records.rules import RuleBroken
from reviews.appeals.services import appeal
from reviews.reasons import Reason
from tests.factories import drive_application
from tests.helpers import aside
from tten.demo.drive import APPEAL_WORDS, UPHELD_WORDS
from vouchers.ledger import held


def at(world, state):
    return drive_application(world.make_application(), state, world)


def cut(world, amount=32_000):
    application = at(world, "body")
    return world.decide(application, world.body, "pass_review", "检测项目减少。", amount=Decimal(amount))


def appealed(world, application, **more):
    return appeal(application, by=world.applicant, text=APPEAL_WORDS, **more)


def holds(application):
    own = held(application)
    return int(own.reserved), int(own.approved), int(own.used)


def said(act):
    with pytest.raises(RuleBroken) as refusal, aside():
        act()
    return refusal.value.sentence


def uphold(world, application, by):
    return world.decide(application, by, "reject", UPHELD_WORDS, reason=Reason.SCOPE)
