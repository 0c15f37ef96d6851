"""Short words that the tests of 复核签 share."""

from policy.querysets import MEMORY
from tests.factories import make_user
from tests.helpers import new_policy

WORDS = "材料齐全，符合申请条件。"
PASS = {"verdict": "pass_review", "text": WORDS}


def above(turn, **rules):
    """A policy by which the turn's amount is above the figure."""
    new_policy(second_amount=turn.amount - 1, **rules)
    MEMORY.forget()
    return turn


def colleague(world):
    person = make_user("third")
    world.body_office.memberships.create(user=person)
    return person


def of_the_firm(world):
    person = colleague(world)
    world.unit.memberships.create(user=person)
    return person
