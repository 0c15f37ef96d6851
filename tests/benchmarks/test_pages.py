"""Every list and every act of the portal is measured, or it is said why not."""

import json

import pytest
from django.urls import get_resolver

from benchmarks import mall, pages
from benchmarks.frame import read_limits
from benchmarks.unmeasured import UNMEASURED
from tests import watch
from tests.test_watch import names

COUNTED = json.loads(watch.TABLE.read_text())  # "POST order_move": whatever a test has ever asked
LINES = {(line.method, line.url) for line in pages.LINES}


def test_every_list_is_measured():
    lists = {key.split()[1] for key in COUNTED if key.startswith("GET ") and key.endswith(("_list", "_changelist"))}
    assert {name for name in lists if ("GET", name) not in LINES} - UNMEASURED.keys() == set()


def test_every_case_page_is_measured():
    details = {name for name in names(get_resolver()) if name.endswith("_detail")}
    assert {name for name in details if ("GET", name) not in LINES} - UNMEASURED.keys() == set()


def test_every_act_is_measured():
    acts = {key.split()[1] for key in COUNTED if key.startswith("POST ") and "admin:" not in key}
    assert {name for name in acts if ("POST", name) not in LINES} - UNMEASURED.keys() == set()


def test_what_is_not_measured_is_no_line():
    assert UNMEASURED.keys() & {line.url for line in pages.LINES} == set()
    assert all(UNMEASURED.values())


@pytest.mark.parametrize(("bench", "lines"), [("pages", pages.LINES), ("mall", mall.LINES)])
def test_each_line_has_a_name_of_its_own_and_a_limit(bench, lines):
    own = [line.name for line in lines]
    assert sorted(own) == sorted(set(own))
    assert read_limits(watch.TABLE.parents[1] / "benchmarks" / "limits" / f"{bench}.json").keys() == set(own)
