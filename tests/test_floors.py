"""What a lower floor may not know: names of addresses and templates of the floors above, and states by their bare value."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from records.models import Case
from tests.test_house import ROOT, sources, templates

pytestmark = pytest.mark.heavy  # reads the sources

FLOORS = (
    "ui",
    "policy",
    "records",
    "notifications",
    "reviews",
    "registers",
    "accounts",
    "catalog",
    "orders",
    "vouchers",
    "redemption",
    "seals",
    "news",
    "help",
    "backups",
    "tten",
)
FRAME = {"home", "user_center", "terms_page", "privacy_page"}  # of every page: settings name them to Django, too
NAMED = {("catalog/admissions/views.py", "provider_order_list")}  # where a laboratory's new keeper finds its orders
STATES = {value for model in apps.get_models() if issubclass(model, Case) for value in model.STATES}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_A_STEP = "step"  # components/steps.html: how far a station is, no state of a machine


def owners(resolver):
    """(name of an address, app whose view answers it)."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver) and not entry.namespace:
            yield from owners(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name, entry.callback.__module__.split(".")[0]


def is_above(floor, name):
    """Whether an address of this name is answered above the floor."""
    owner = OWNERS.get(name, "")
    return owner in FLOORS and FLOORS.index(owner) > FLOORS.index(floor) and name not in FRAME


OWNERS = dict(owners(get_resolver()))
OWN_TEMPLATES = {str(path.relative_to(ROOT / "templates")) for path in templates()}


def modules(app):
    """The app's own code; the demo plays all floors."""
    return [path for path in sources() if path.relative_to(ROOT).parts[0] == app and "demo" not in path.parts]


def words(tree, *names):
    """Strings that stand as an argument of a call of one of these names."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in names:
            yield from (
                part.value for part in ast.walk(call) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


@pytest.mark.parametrize("app", FLOORS)
def test_no_module_names_an_address_or_a_template_of_a_floor_above(app):
    found = []
    for path in modules(app):
        tree, place = ast.parse(path.read_text()), str(path.relative_to(ROOT))
        found += [(place, name) for name in words(tree, "reverse", "reverse_lazy", "redirect") if is_above(app, name)]
        shown = [name for name in words(tree, "render", "get_template", "render_to_string") if name in OWN_TEMPLATES]
        tops = [(name, name.split("/")[0]) for name in shown]
        found += [(place, name) for name, top in tops if top in FLOORS and FLOORS.index(top) > FLOORS.index(app)]
    assert set(found) - NAMED == set()


@pytest.mark.parametrize("app", FLOORS)
def test_no_template_names_an_address_or_a_template_of_a_floor_above(app):
    found = []
    for path in (ROOT / "templates" / app).rglob("*.*"):
        text = path.read_text()
        found += [(path.name, name) for name in re.findall(r'{% url "([a-z_]+)"', text) if is_above(app, name)]
        for top in re.findall(r'{% (?:include|extends) "([a-z]+)/', text):
            found += [(path.name, top)] if top in FLOORS and FLOORS.index(top) > FLOORS.index(app) else []
    assert found == []


def bare_states(tree):
    """Line of each state that is compared, filtered or given by its bare value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and getattr(node.left, "attr", "") == "state":
            parts = node.comparators
        elif isinstance(node, ast.keyword) and re.search(r"(^|__)state(__in)?$", node.arg or ""):
            parts = [node.value]
        else:
            continue
        for part in parts:
            values = {leaf.value for leaf in ast.walk(part) if isinstance(leaf, ast.Constant)}
            if values & STATES:
                yield part.lineno


def test_no_state_stands_by_its_bare_value_outside_its_workflow():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        if path.name not in {"workflow.py", "demo.py"} and "demo" not in path.parts
        for line in bare_states(ast.parse(path.read_text()))
    ]
    assert found == []


def test_no_template_asks_for_a_state_by_its_bare_value():
    pattern = re.compile(rf"(?<!{OF_A_STEP})\.state [!=]= ")
    assert [path.name for path in templates() if path.suffix == ".html" and pattern.search(path.read_text())] == []


def decided_by_words(tree):
    """Lines where something is compared with words of the screen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            texts = [
                leaf.value
                for part in (node.left, *node.comparators)
                for leaf in ast.walk(part)
                if isinstance(leaf, ast.Constant)
            ]
            if any(isinstance(text, str) and CHINESE.search(text) for text in texts):
                yield node.lineno


def test_nothing_decides_by_words_of_the_screen():
    code = [path for path in sources() if "demo" not in path.parts and "local" not in path.parts]
    assert [
        f"{path.relative_to(ROOT)}:{line}" for path in code for line in decided_by_words(ast.parse(path.read_text()))
    ] == []
    compared = re.compile(r'[!=]= "[^"]*[\u4e00-\u9fff]')
    assert [path.name for path in templates() if path.suffix == ".html" and compared.search(path.read_text())] == []


def test_the_searches_see_what_they_look_for():
    assert list(
        bare_states(ast.parse('x.state == "draft"\nf(case__state__in=("lapsed",))\nS.objects.get(state=State.X)'))
    ) == [1, 2]
    assert list(decided_by_words(ast.parse('x = label == "收款账号"'))) == [1]
    assert is_above("orders", "application_start")
    assert not is_above("vouchers", "order_place")
    assert Path("application_check.html").name in {Path(name).name for name in OWN_TEMPLATES}
