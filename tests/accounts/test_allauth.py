"""What we use of allauth's `internal` packages stands in one module, is still there, and takes what we give it."""

import ast
import importlib
import inspect
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_house import sources

pytestmark = pytest.mark.heavy  # reads the sources

OURS = Path(settings.BASE_DIR) / "accounts" / "allauth_internal.py"
CALLS = {  # name → positional arguments, keywords that we give
    "clear_login": (1, ()),
    "clear_pending_signup": (1, ()),
    "complete_signup": (1, ("user", "redirect_url")),
    "generate_user_code": (0, ("length", "numeric", "dashed")),
    "get_authentication_records": (2, ()),
    "get_client_ip": (1, ()),
    "get_pending_signup": (1, ()),
    "get_user_by_username": (1, ()),
    "login_stage_required": (0, ("stage", "redirect_urlname")),
    "normalize_user_code": (1, ()),
    "perform_login": (2, ()),
    "record_authentication": (3, ("provider", "uid", "type", "phone")),
}


def imports(path):
    """(module, name) of everything that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def is_internal(module, name):
    parts = [*module.split("."), name]
    return parts[0] == "allauth" and "internal" in parts


def used():
    return [(module, name) for module, name in imports(OURS) if is_internal(module, name)]


def test_no_other_module_touches_them():
    found = {path for path in [*sources(), *sources(tests=True)] for line in imports(path) if is_internal(*line)}
    assert found == {OURS}


@pytest.mark.parametrize(("module", "name"), used())
def test_the_name_is_there_and_takes_what_we_give(module, name):
    thing = getattr(importlib.import_module(module), name)
    if name.isupper():
        assert isinstance(thing, str)
    else:
        positional, keywords = CALLS[name]
        inspect.signature(thing).bind(*[None] * positional, **dict.fromkeys(keywords))


def test_every_name_is_used_somewhere():
    taken = {
        name
        for path in sources()
        for module, name in imports(path)
        if module == "accounts.allauth_internal" and path != OURS
    }
    assert taken == {name for _, name in used()}


def test_the_version_is_held_to_the_minor_line():
    line = next(line for line in (OURS.parents[1] / "requirements.in").read_text().splitlines() if "allauth" in line)
    held = line.split("~=")[1].split()[0]
    assert held.count(".") == 2
    assert version("django-allauth").rsplit(".", 1)[0] == held.rsplit(".", 1)[0]
