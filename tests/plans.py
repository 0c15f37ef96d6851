"""What the database does for a page: the plans of its questions, and what in them grows with the table."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tten.patience import PLANS

MOST = 1000  # rows that a page may read one by one


def plans(client, address, *tables):
    """(statement, plan) of what the page asks of these tables, planned as the web server's connections plan."""
    with connection.cursor() as cursor:
        for name, value in PLANS["web"].items():
            cursor.execute(f"SET LOCAL {name} = {value}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    for statement in (query["sql"] for query in asked.captured_queries):
        if any(table in statement for table in tables):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) " + statement)
                plan = cursor.fetchone()[0]
            yield statement, (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def heavy(client, address, *tables):
    """The nodes that read one of the tables whole, or sort more than a page may read, as (address, node, table, rows).

    A count that ends at the thousandth row may read the table until it has them.
    """
    found = []
    for _, plan in plans(client, address, *tables):
        for node in nodes(plan):
            rows = node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
            whole = node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables
            if (whole and rows > 4 * MOST) or (node["Node Type"] == "Sort" and rows > MOST):
                found.append((address, node["Node Type"], node.get("Relation Name", ""), rows))
    return found
