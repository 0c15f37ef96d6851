"""One notation for money: ¥ 15,000.00 in tables, facts and letters, 15,000 元 in sentences, each written by one function."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import resolve

from policy.templatetags.money_words import yuan
from tests import watch
from tests.factories import World
from tests.test_house import sources, templates
from tests.tour import applicant, furnish, reviewers
from tests.tour_of_desks import provider
from ui.templatetags.ui import money

SPACES = "\u00a0\u2000-\u200a\u202f\u2009"
WRITERS = ("policy/arithmetic.py", "ui/templatetags/ui.py")  # yuan; money and figure
OUTSIDE = ("tten/demo/", "tests/", "benchmarks/")  # papers as other firms write them; measures of our own
BY_HAND = re.compile(r":,?\.2f\}[^\"]*元|:,\.2f\}|:,\} 元|floatformat|intcomma|\}\} ?元|[0-9] [0-9]{3}[0-9.]* 元")
WITH_MONEY = ("user_center", "order_", "application_", "claim_", "product_", "provider_", "turn_", "seat_")
FACT_IN_A_SENTENCE = re.compile(r"\|money \}\}[，。；、）]")
MARKUP = re.compile(r"<(script|style|textarea).*?</\1>|<[^>]*>", re.DOTALL)
FACT = re.compile(rf"[¥￥][ {SPACES}]*[0-9][0-9,.]*")
RIGHT_FACT = re.compile(r"¥\u00a0[0-9]{1,3}(,[0-9]{3})*\.[0-9]{2}")
SAID = re.compile(rf"[0-9][0-9,. {SPACES}]*元")
RIGHT_SAID = re.compile(r"[0-9]{1,3}(,[0-9]{3})*(\.(?!00)[0-9]{2})? 元")


def misspelt(text: str) -> list[str]:
    """The amounts of a text that are written in neither notation."""
    facts = [found for found in FACT.findall(text) if not RIGHT_FACT.fullmatch(found.rstrip(".,"))]
    return facts + [found for found in SAID.findall(text) if not RIGHT_SAID.fullmatch(found)]


@pytest.mark.bare
@pytest.mark.parametrize("amount", ["15000", Decimal(15_000), 15_000])
def test_an_amount_is_written_as_a_fact_or_in_a_sentence(amount):
    assert (money(amount), yuan(amount)) == ("¥\u00a015,000.00", "15,000 元")


@pytest.mark.bare
def test_nothing_is_a_dash_and_fen_are_told_where_there_are_any():
    assert (money(None), yuan(None), money(""), yuan("")) == ("—", "—", "—", "—")
    assert yuan("1234567.5") == "1,234,567.50 元"


@pytest.mark.bare
@pytest.mark.parametrize(
    "wrong",
    ["¥15,000.00", "¥\u00a015000.00", "¥\u200915,000.00", "15 000 元", "15,000.00 元", "15000 元", "15\u202f000 元"],
)
def test_what_is_written_otherwise_is_seen(wrong):
    assert misspelt(f"合计 {wrong}。") == [wrong]
    assert misspelt("合计 ¥\u00a015,000.00，即 15,000 元。") == []


@pytest.mark.heavy
def test_no_source_writes_an_amount_by_hand():
    found = [where for where, text in spelt() if not where.startswith(OUTSIDE + WRITERS) and BY_HAND.search(text)]
    assert found == []


@pytest.mark.heavy
def test_a_sentence_of_a_page_takes_yuan():
    found = [where for where, text in spelt() if where.endswith(".html") and FACT_IN_A_SENTENCE.search(text)]
    assert found == []


def spelt() -> Iterator[tuple[str, str]]:
    """(path, text) of every source and template, the words of notices among them."""
    notices = (settings.BASE_DIR / "templates" / "notices").glob("*.txt")
    for path in [*sources(), *templates(), *notices]:
        yield str(path.relative_to(settings.BASE_DIR)), path.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_every_page_writes_money_in_one_way(monkeypatch):
    monkeypatch.setattr(watch, "held", {})  # what its pages ask is counted by others
    monkeypatch.setattr(watch, "seen", {})
    world = World()
    rows = furnish(world)
    stops = itertools.chain.from_iterable(go(world, rows) for go in (applicant, provider, reviewers))
    wrong = {}
    for client, page in (stop for stop in stops if resolve(stop[1].partition("?")[0]).view_name.startswith(WITH_MONEY)):
        if found := misspelt(MARKUP.sub("\n", client.get(page).content.decode())):
            wrong[page] = found
    assert wrong == {}
