"""Who may read the replica stands here by name; what decides, guards, numbers, locks or proves is never among them."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from catalog.models import Product
from tten.local.quality import APPS, sources
from ui.reading import aside, line, read_aside, reading_from, work_aside

OWN = {"ui/reading.py", "tten/replica/base.py", "tten/replica/router.py", "tten/replica/positions.py"}
DECIDES = {"workflow", "services", "permissions", "querysets", "ledger", "kind", "tasks", "acts", "forms", "verbs"}
PROVES = {"policy", "records", "seals", "backups", "vouchers", "redemption", "reviews", "registers", "papers"}
PICTURES = [["reviews", "picture"]]  # of such an app: figures of what was done, by which nothing is decided
SITES = {  # module → the functions that read aside, or are pages which may
    "accounts/exports/work.py": "make_export",
    "catalog/asking/shown.py": "asked_about",
    "catalog/laboratories/cards.py": "asked",
    "catalog/laboratories/filters.py": "narrowed",
    "catalog/laboratories/pages.py": "__init__ batch_context whole",
    "catalog/laboratories/views.py": "lab_batch lab_detail lab_list",
    "catalog/mall/cards.py": "cards",
    "catalog/mall/filters.py": "narrowed",
    "catalog/mall/lexicon.py": "of",
    "catalog/mall/navigation.py": "__init__",
    "catalog/mall/offers.py": "read",
    "catalog/mall/pages.py": "faces related_to",
    "catalog/mall/reading.py": "held_by stands_early tiers_of",
    "catalog/mall/suggestions.py": "suggested",
    "catalog/mall/twins.py": "laboratories_for services_for",
    "catalog/mall/views.py": "product_detail product_list product_suggest provider_detail",
    "catalog/ratings/figures.py": "answered both_figures figures_of",
    "catalog/shelf.py": "numbers",
    "help/pages.py": "center_context",
    "help/telling.py": "fill_minutes returned_for",
    "help/views.py": "help_page start_home",
    "news/pages.py": "latest",
    "news/views.py": "article_feed article_list article_read",
    "orders/booking/reading.py": "hours_of",
    "orders/record.py": "answers_of orders_of",
    "reviews/picture/figures.py": "counted_at month_rows open_rows people_rows reason_rows times_rows",
    "reviews/picture/views.py": "picture picture_months picture_open picture_people picture_reasons",
    "tten/front.py": "newest",
    "tten/views.py": "home policy_page",
    "ui/limited.py": "asked one_or_all",
    "ui/listing.py": "__init__",
}


def imported(tree, module):
    """The names that a module takes from another."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == module]
    return {name.asname or name.name for node in found for name in node.names}


def used(tree, names):
    """The functions, also those of classes, in which one of the names stands; "" is the module itself."""
    tops = [node for node in tree.body if not isinstance(node, ast.ImportFrom | ast.Import)]
    parts = [part for top in tops for part in (top.body if isinstance(top, ast.ClassDef) else [top])]
    return {
        getattr(part, "name", "")
        for part in parts
        if names & {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
    }


def sites():
    """Module → the functions in which something of ui/reading.py is used."""
    found = {}
    for path in sources(*APPS):
        tree, name = ast.parse(path.read_text()), str(path.relative_to(settings.BASE_DIR))
        names = imported(tree, "ui.reading")
        if names and name not in OWN:
            found[name] = used(tree, names)
    return found


@pytest.mark.bare
@pytest.mark.heavy
def test_every_site_stands_here_by_name():
    assert sites() == {path: set(names.split()) for path, names in SITES.items()}


@pytest.mark.bare
@pytest.mark.parametrize("path", SITES)
def test_none_of_them_decides_guards_numbers_locks_or_proves(path):
    *folders, name = Path(path).parts
    proves = folders[0] in PROVES and folders not in PICTURES
    assert (name.removesuffix(".py") in DECIDES, proves) == (False, False)


@pytest.mark.bare
@pytest.mark.heavy
def test_nobody_names_a_database_past_the_function():
    """`.using(…)`, `using=…` and `connections[…]` stand in the two files of reading alone."""
    found = set()
    for path in sources(*APPS):
        for node in ast.walk(ast.parse(path.read_text())):
            by_name = isinstance(node, ast.Attribute) and node.attr in {"using", "db_manager"}
            by_line = isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "connections"
            if by_name or by_line:
                found.add(str(path.relative_to(settings.BASE_DIR)))
    assert found == {"ui/reading.py", "ui/following.py"}


def asking(method):
    request = getattr(RequestFactory(), method)("/")
    request.session = SessionStore()
    return request


@pytest.mark.django_db
def test_where_no_replica_is_set_nothing_is_asked_and_nothing_moves(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reading_from(asking("get")) == "default"
        assert read_aside(lambda request: request.method)(asking("get")) == "GET"
        assert work_aside(lambda: "made") == "made"
        assert line().alias == "default"
    rows = Product.objects.all()
    assert aside(rows) is rows
