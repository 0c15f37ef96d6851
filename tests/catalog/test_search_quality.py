"""Whether people find what they look for: queries by somebody who had not seen the search, over the demo's services.

`HELD_QUERIES=1` takes the quarter that was not looked at while the search was written; docs/testing.md has both figures.
"""

import os
import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import mean

import pytest
from django.http import QueryDict

from catalog.mall import pages
from catalog.mall.filters import MallFilter
from catalog.mall.navigation import Navigation
from catalog.mall.offers import offered
from catalog.mall.vocabulary import make_vocabulary
from tten.demo import mall
from tten.demo.names import chance_of

QUERIES, AGAIN = (
    tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text())["query"]
    for name in ("search_queries", "search_queries_again")
)
HELD = bool(os.environ.get("HELD_QUERIES"))
SHOWN, SEED = 20, 20260101
LEAST = {"recall": 0.95, "first": 0.85, "offered": 0.95}


@pytest.fixture
def navigation(db):
    """The categories, with what the demo's mall has on the shelf."""
    providers = mall.make_providers()
    mall.make_products(providers, mall.make_categories(), chance_of(SEED))
    make_vocabulary()
    return Navigation()


def first_page(typed, navigation):
    """The first services, and what is offered."""
    query = QueryDict(mutable=True)
    query["q"] = typed
    found = MallFilter(query, navigation=navigation)
    found = found.otherwise(found.qs.count())
    offer = offered(typed, found.qs.count() if found.read.is_whole else 0)
    return pages.faces(found.order.sorted(found.qs)[:SHOWN]), offer


def judged(query, navigation):
    """(measure, how well it was met) of one query."""
    products, offer = first_page(query["typed"], navigation)
    if "offered" in query:
        return [("offered", float(offer in query["offered"]))]
    names, providers = [product.name for product in products], [product.provider.name for product in products]
    wanted, had = (query["providers"], providers) if "providers" in query else (query["find"], names)
    hit = sum(want in had for want in wanted) / len(wanted)
    return [("recall", hit), ("first", float(bool(names) and names[0] in query["first"]))]


@pytest.mark.heavy
@pytest.mark.parametrize("queries", [QUERIES, AGAIN], ids=["at first", "again"])
def test_people_find_what_they_look_for(queries, navigation):
    results, missed = defaultdict(list), []
    for query in queries:
        if bool(query.get("held")) == HELD:
            for name, value in judged(query, navigation):
                results[name].append(value)
                missed += [] if value == 1 else [f"{query['kind']} {query['typed']} {name} {value:.2f}"]
    means = {name: round(mean(values), 3) for name, values in results.items()}
    assert {name: value for name, value in means.items() if value < LEAST[name]} == {}, (means, missed)


def test_enough_is_asked():
    assert len(QUERIES) >= 200
