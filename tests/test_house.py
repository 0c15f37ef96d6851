"""Tripwires: what CONTRIBUTING.md asks of the code, held by the code itself."""

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import loader
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from records.models import Case
from reviews.models import ReviewedCase
from tests import bare
from tten.states import drawing

ROOT = Path(settings.BASE_DIR)
APPS = (
    "tten", "backups", "seals", "help", "news", "accounts", "catalog", "orders", "vouchers", "redemption", "papers", "registers", "reviews",
    "notifications", "records", "policy", "ui",
)  # fmt: skip
MACHINES = [model for model in apps.get_models() if issubclass(model, Case)]
MODULE_LIMIT, FUNCTION_LIMIT, TEST_FUNCTION_LIMIT, VIEW_LIMIT, TEMPLATE_LIMIT = 300, 25, 30, 20, 100
LEAST_WITHOUT_DATABASE = 0.29  # of all tests; more than a third when this was first set, a quarter is the aim
PUBLIC = {
    "home", "policy_page", "help_page", "privacy_page", "site_map", "voucher_home", "product_list", "product_detail",
    "provider_detail", "lab_list", "lab_batch", "lab_detail", "gallery", "account_login", "account_signup", "terms_page",
    "socialaccount_login_cancelled", "printed_labs", "product_suggest", "seal_checkpoint", "seal_consistency",
    "article_list", "article_read", "article_file", "article_feed", "article_picture", "mall_picture", "product_compare", "product_choose",
    "product_seen", "product_look", "seen_page", "robots", "sitemap", "sitemap_file", "wanted_list", "wanted_detail",
    "seal_stamp",
    "manual_article", "manual_search", "manual_print", "guide_read", "start_home", "form_blank", "manual_answer",
}  # fmt: skip


def sources(*, tests=False):
    folders = ("tests",) if tests else APPS
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates():
    return sorted((ROOT / "templates").rglob("*.*"))


def arrows(model):
    return list(model._meta.get_field("state").get_all_transitions(model))


@pytest.mark.parametrize("model", MACHINES)
def test_every_arrow_names_a_permission(model):
    assert [arrow.name for arrow in arrows(model) if not callable(arrow.permission)] == []


@pytest.mark.parametrize("model", MACHINES)
def test_every_condition_has_its_sentence(model):
    conditions = [condition for arrow in arrows(model) for condition in arrow.conditions]
    assert [condition.__name__ for condition in conditions if not hasattr(condition, "broken")] == []


@pytest.mark.parametrize("model", [model for model in MACHINES if issubclass(model, ReviewedCase)])
def test_turn_covers_exactly_the_states_that_pass_review_leaves(model):
    assert {arrow.source for arrow in arrows(model) if arrow.name == "pass_review"} == set(model.TURN)
    assert {state for state, row in model.STATES.items() if row.stage} == set(model.TURN)


@pytest.mark.parametrize("model", MACHINES)
def test_every_state_is_held_by_a_check_and_has_its_row(model):
    states = {value for value, _ in model._meta.get_field("state").choices}
    checks = [
        c for c in model._meta.constraints if isinstance(c, models.CheckConstraint) and c.name.endswith("_state_known")
    ]
    assert len(checks) == 1
    assert {str(state) for state in checks[0].condition.children[0][1]} == states
    assert {str(state) for state in model.STATES} == states


@pytest.mark.heavy
def test_no_state_is_set_outside_a_workflow():
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            sets = any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
            updates = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"
                and any(keyword.arg == "state" for keyword in node.keywords)
            )  # fmt: skip
            if sets or updates:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


@pytest.mark.heavy
def test_no_signal_anywhere():
    pattern = re.compile(r"@receiver|\.connect\(|django\.db\.models\.signals")
    assert [str(path.relative_to(ROOT)) for path in sources() if pattern.search(path.read_text())] == []


@pytest.mark.heavy
def test_work_is_handed_over_and_sessions_end_in_one_way():
    """`after_commit` waits for no broker twice; what must happen with an act is no afterthought of its commit."""
    handed = re.compile(r"\.delay\(|\.apply_async\(|on_commit\(lambda: end_")
    allowed = {
        "records/queue.py",
        "accounts/sms/tasks.py",
        "accounts/login/tasks.py",
        "reviews/rests/tasks.py",
        "tten/celery.py",
        "tten/beating.py",
    }  # these count down; the last two are what is called by all, and the clock
    found = {str(path.relative_to(ROOT)) for path in sources() if handed.search(path.read_text())}
    assert found == allowed


@pytest.mark.heavy
def test_modules_and_functions_keep_their_size():
    found = []
    for path in [*sources(), *sources(tests=True)]:
        text = path.read_text()
        if len(text.splitlines()) > MODULE_LIMIT:
            found.append(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
        limit = TEST_FUNCTION_LIMIT if "tests" in path.parts else VIEW_LIMIT if is_of_views(path) else FUNCTION_LIMIT
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        found += [
            f"{path.relative_to(ROOT)}:{function.name}: {length_of(function)} lines"
            for function in functions
            if length_of(function) > limit
        ]
    assert found == []


def is_of_views(path):
    """Whether a module holds views: `views.py`, `panel_views.py`, or a file of a package `views`."""
    return path.name.endswith("views.py") or "views" in path.parts


def length_of(node):
    """Lines of the body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return node.end_lineno - body[0].lineno + 1


@pytest.mark.heavy
def test_templates_keep_their_size_and_have_no_inline_script_or_style():
    found = []
    for path in templates():
        text = path.read_text()
        if path.suffix != ".html":
            continue
        if len(text.splitlines()) > TEMPLATE_LIMIT and "pdf" not in path.parts:
            found.append(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
        inline = re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", text)
        if inline and "pdf" not in path.parts:
            found.append(f"{path.relative_to(ROOT)}: {inline.group()}")
    assert found == []


@pytest.mark.heavy
def test_every_template_compiles():
    own = ROOT / "templates"
    for path in templates():
        if path.suffix in {".html", ".txt"}:
            loader.get_template(str(path.relative_to(own)))


def patterns(resolver, namespace=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*namespace, entry.namespace) if entry.namespace else namespace)
        elif isinstance(entry, URLPattern) and not namespace and entry.name:
            yield entry


SAMPLES = {
    "pk": "00000000-0000-0000-0000-000000000000",
    "number": "X1",
    "order": "X1",
    "step": "cancel",
    "kind": "invoice",
}


def address_of(entry):
    """An address of the pattern with sample arguments, or None if allauth keeps it for itself."""
    converters = entry.pattern.converters
    values = {
        name: 1 if type(converter).__name__ == "IntConverter" else SAMPLES.get(name, "x")
        for name, converter in converters.items()
    }
    return reverse(entry.name, kwargs=values)


@pytest.mark.django_db
def test_every_url_sends_a_stranger_to_login_or_stands_in_public(client):
    found = {}
    for entry in patterns(get_resolver()):
        if entry.name.startswith("account_") and entry.name not in PUBLIC:
            continue  # allauth guards its own
        response = client.get(address_of(entry))
        is_guarded = response.status_code == 302 and response.url.startswith(reverse("account_login"))
        if is_guarded == (entry.name in PUBLIC):
            found[entry.name] = response.status_code
    assert found == {}


@pytest.mark.heavy
def test_the_manual_spells_帐号():  # noqa: N802, PLC2401 - the character is the point
    wrong = "账" + "号"
    allowed = {"redemption", "policy", "pdf"}  # a bank account is a 账号 on the bank's own paper
    found = [
        str(path.relative_to(ROOT)) for path in templates()
        if path.suffix == ".html" and wrong in path.read_text() and not allowed.intersection(path.relative_to(ROOT).parts)
    ]  # fmt: skip
    assert found == []


def test_every_package_has_its_line_in_the_picture():
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    lines = next(contract["layers"] for contract in linted["contracts"] if "containers" not in contract)
    drawn = [name.strip() for line in lines for name in line.split("|")]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert sorted(drawn) == sorted(packages) == sorted(linted["root_packages"]) == sorted(APPS)


@pytest.mark.heavy
def test_no_file_stands_in_an_import_cycle():
    """What only the type checker reads is no import; CycleError names the files of a cycle."""
    graph = grimp.build_graph(*APPS, cache_dir=None, exclude_type_checking_imports=True)
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()


@pytest.mark.heavy
def test_a_model_is_asked_for_by_name_only_in_a_migration():
    pattern = re.compile(r"\bapps\.get_model\(")
    assert [path for path in sources() if pattern.search(path.read_text())] == []


@pytest.mark.heavy
def test_states_are_drawn_afresh():
    assert (ROOT / "docs" / "states.md").read_text() == drawing()


@pytest.mark.heavy
def test_this_many_tests_need_no_database(request):
    """Each of them within 10 ms and without a clock; the aim is a quarter. Asked where the whole suite is gathered."""
    items = [item for item in request.session.items if item.get_closest_marker("browser") is None]
    if (
        len({item.path for item in items})
        < len([path for path in sources(tests=True) if path.name.startswith("test_")]) / 2
    ):
        return
    light = [item for item in items if bare.is_bare(item) and not bare.is_heavy(item)]
    assert len(light) / len(items) >= LEAST_WITHOUT_DATABASE
