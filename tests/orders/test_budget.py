"""数量/预算 is a number; what was typed before becomes one where it is one amount, and stays as words elsewhere."""

import importlib
from decimal import Decimal

import pytest
from django.db import connection

from orders.dossier import sections_of
from orders.kind import written
from tests.factories import World
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
MOVE = importlib.import_module("orders.migrations.0003_budget_read")
TYPED = {
    "20000": Decimal(20_000),
    "¥20,000.50": Decimal("20000.50"),
    "２００００ 元": Decimal(20_000),
    "3 万元": Decimal(30_000),
    "2.5万": Decimal(25_000),
    "10 件，约 2 万元": None,
    "20 件样品": None,
    "0": None,
    "面议": None,
    "1–2 万元": None,
}


@pytest.fixture
def order():
    return World().make_order()


def placed_before(order, words):
    type(order).objects.filter(pk=order.pk).update(budget=None, budget_words=words)
    return afresh(order)


def carry_out(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(("words", "amount"), TYPED.items())
def test_words_that_are_one_amount_become_the_number_and_the_others_stay(order, words, amount):
    placed_before(order, words)
    carry_out(MOVE.READ)
    assert (afresh(order).budget, afresh(order).budget_words) == (amount, "" if amount else words)


@pytest.mark.parametrize(("words", "back"), [("3 万元", "30000.00"), ("20 件样品", "20 件样品")])
def test_the_way_back_loses_nothing(order, words, back):
    placed_before(order, words)
    carry_out(MOVE.READ)
    carry_out(MOVE.WRITE)
    assert afresh(order).budget_words == back


def test_an_order_of_before_shows_its_words_and_one_of_now_its_amount(order):
    asked = {row.label: (row.value, row.kind) for row in dict(sections_of(order, []))["需求"]}
    assert asked["数量/预算"] == (Decimal(20_000), "money")
    assert written(order, order.buyer)["数量/预算"] == Decimal(20_000)
    old = placed_before(order, "20 件样品")
    asked = {row.label: (row.value, row.kind) for row in dict(sections_of(old, []))["需求"]}
    assert asked["数量/预算"] == ("20 件样品", "")
    assert written(old, old.buyer)["数量/预算"] == "20 件样品"
