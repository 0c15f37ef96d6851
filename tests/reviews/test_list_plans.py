"""The lists of the desk at twelve thousand turns of one office: no page reads or sorts them all, wherever it lies."""

import pytest
from django.db import connection
from django.urls import reverse

from reviews.lists.columns import COLUMNS, TITLE, field_of
from tests.orders.test_received import copied
from tests.plans import heavy as plans_heavy
from tests.plans import nodes, plans
from tests.reviews.desk import open_turn
from ui import deep

GROWN = 12_000  # turns at which the plans are looked at
TABLES = ("reviews_turn",)
COPIED = (
    """
INSERT INTO reviews_turn (case_type_id, case_id, state, stage, round, office_id, opened_at, due_on, closed_at, title, unit_name, number,
       lies, amount, district, category, ended_by, looked, search_text)
SELECT case_type_id, 1000000 + n, state, CASE WHEN n %% 7 = 0 THEN '专业机构复审' ELSE stage END, 1 + n %% 3, office_id,
       opened_at - n * interval '1 minute', due_on - n %% 90, CASE WHEN n %% 4 > 0 THEN opened_at + interval '1 hour' END,
       title || n, unit_name || n %% 500, 'SQ9' || lpad(n::text, 9, '0'),
       CASE WHEN n %% 4 = 0 THEN CASE WHEN n %% 20 = 0 THEN 'experts' ELSE 'desk' END WHEN n %% 40 = 1 THEN 'returned' ELSE 'done' END,
       n %% 9000, CASE WHEN n %% 2 = 0 THEN district ELSE '河西区' END, '类别' || n %% 30,
       CASE WHEN n %% 4 > 0 THEN CASE WHEN n %% 40 = 1 THEN 'send_back' ELSE 'pass_review' END ELSE '' END,
       CASE WHEN n %% 3000 = 0 THEN 'express' WHEN n %% 5 = 0 THEN 'bad' ELSE 'warn' END,
       'sq9' || lpad(n::text, 9, '0') || ' ' || search_text || CASE WHEN n %% 2000 = 0 THEN ' 绿色氢能' ELSE '' END
  FROM reviews_turn, generate_series(1, %s) n WHERE id = %s
""",
    "ANALYZE reviews_turn",
)
PLACES = (
    "",
    "?page=50",
    "?end=1",
    "?q=海河样例",
    "?q=海河样例&end=1",
    "?q=氢能",
    "?q=SQ9000000123",
    "?q=绝无此词",
    "?amount=-1",
    "?looked=express",
    "?looked=warn",
)
TABS = ("desk", "soon", "past", "experts", "returned")


@pytest.fixture
def office(world, application):
    """The district's office with very many turns."""
    with connection.cursor() as cursor:
        cursor.execute(COPIED[0], [GROWN, open_turn(application).pk])
        cursor.execute(COPIED[1])
    return world.district_office


def sorts(page):
    fields = [column.sort for column in (TITLE, *COLUMNS) if field_of(column.sort, page) and page in column.lists]
    return [f"?sort={sign}{field}" for field in fields for sign in ("", "-")]


def heavy(client, address):
    """The nodes that read the turns whole, or sort more of them than are counted."""
    for statement, plan in plans(client, address, *TABLES):
        for node in nodes(plan):
            rows = node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
            whole = node["Node Type"] == "Seq Scan" and node["Relation Name"] in TABLES
            if (whole or node["Node Type"] == "Sort") and rows > 2 * (deep.MOST + 1):
                yield address, node["Node Type"], rows, statement


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("who", "name"), [("district", "turn_list"), ("district", "turn_done_list"), ("municipal", "turn_all_list")]
)
def test_no_list_reads_or_sorts_all_turns(world, signed_in, office, who, name):
    client, base = signed_in(world.people[who]), reverse(name)
    keyed = client.get(base + "?page=50").context["page"].next
    tabs = [f"?tab={tab}" for tab in TABS] if name == "turn_list" else []
    addresses = [base + where for where in (*PLACES, *tabs, *sorts(name), keyed)]
    assert [found for address in addresses for found in heavy(client, address)] == []


@pytest.mark.heavy
def test_whose_own_a_case_is_is_asked_of_the_rows_of_a_page_alone(world, signed_in, application):
    """The orders of nobody's unit made of “his own cases” a list that was read whole for twenty rows."""
    copied(application.order, GROWN)
    client = signed_in(world.district)
    addresses = [reverse("turn_list"), reverse("turn_detail", args=[open_turn(application).pk])]
    assert [found for address in addresses for found in plans_heavy(client, address, "orders_order")] == []


@pytest.mark.heavy
def test_the_search_in_the_head_reads_few(world, signed_in, office):
    client, base = signed_in(world.district), reverse("number_open")
    addresses = [base + query for query in ("?q=海河样例", "?q=氢能", "?q=绝无此词", "?q=海河样例&end=1")]
    assert [found for address in addresses for found in heavy(client, address)] == []
