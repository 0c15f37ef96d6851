"""A template is there because something renders it: what Python names, what a package asks for, and what these include."""

import ast
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.conf import settings
from django.template.utils import get_app_template_dirs

from accounts.cases.models import UnitCase
from notifications.kinds import Kind
from records.kinds import case_kinds
from tests.test_house import sources

pytestmark = pytest.mark.heavy  # reads the sources

OWN = Path(settings.BASE_DIR) / "templates"
INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
ASKED_BY_DJANGO = {"403.html", "404.html", "500.html", "403_csrf.html"}  # its handlers' names
GALLERY = "ui/gallery"  # shows components: that it does makes none of them used


def own_templates() -> dict[str, str]:
    """Name → text."""
    return {str(path.relative_to(OWN)): path.read_text() for path in OWN.rglob("*") if path.suffix in {".html", ".txt"}}


def of_packages() -> set[str]:
    """Names that stand in an installed package: ours of the same name is rendered in its place."""
    return {
        str(path.relative_to(folder))
        for folder in map(Path, get_app_template_dirs("templates"))
        for path in folder.rglob("*.*")
    }


def rooms_with_notices() -> list[ModuleType]:
    """The modules that make a kind of notice."""
    named = [path for path in sources() if "from notifications.kinds import" in path.read_text()]
    return [
        importlib.import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)) for path in named
    ]


def notices() -> set[str]:
    """Names of the words of every notice that can go out."""
    found = [value for room in rooms_with_notices() for value in vars(room).values()]
    found += [kind.notices for kind in case_kinds()]
    return {f"notices/{kind.name}.txt" for value in found for kind in sent(value)}


def sent(value: object) -> list[Kind]:
    """The kinds of notice in a value, or in what it holds."""
    if isinstance(value, Kind):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [kind for part in inner for kind in sent(part)]


def check_pages() -> set[str]:
    return {
        f"{model._meta.app_label}/{model.PAGES}_check.html"
        for model in apps.get_models()
        if issubclass(model, UnitCase)
    }


COMPOSED = {  # a name that is put together → what it can be
    "f'{case._meta.app_label}/{case.PAGES}_check.html'": check_pages,
    "f'notices/{kind.name}.txt'": notices,
    "'%s/layout/section.html'": lambda: {f"{settings.CRISPY_TEMPLATE_PACK}/layout/section.html"},
}


def named_in_python() -> tuple[set[str], set[str]]:
    """(names of templates, composed ones that COMPOSED does not know)."""
    names, unknown, known = set(), set(), own_templates()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            written = ast.unparse(node) if isinstance(node, (ast.JoinedStr, ast.Constant)) else ""
            if written in COMPOSED:
                names |= COMPOSED[written]()
            elif isinstance(node, ast.JoinedStr) and re.search(r"/.*\.(html|txt)'$", written):
                unknown.add(f"{path}: {written}")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value} & known.keys() | set(INCLUDED.findall(node.value))
    return names, unknown


def reached(texts: dict[str, str], names: set[str]) -> set[str]:
    """What these names render, with all that they include."""
    found: set[str] = set()
    waiting = [name for name in names if not name.startswith(GALLERY)]
    while waiting:
        name = waiting.pop()
        if name in texts and name not in found:
            found.add(name)
            waiting += INCLUDED.findall(texts[name])
    return found


def test_every_template_is_rendered_by_something():
    texts, (names, _) = own_templates(), named_in_python()
    used = reached(texts, names | of_packages() | ASKED_BY_DJANGO)
    assert sorted(name for name in texts if name not in used and not name.startswith(GALLERY)) == []


def test_every_name_of_a_template_is_written_out_or_known():
    assert named_in_python()[1] == set()


def test_every_notice_has_its_words():
    assert sorted(notices() - own_templates().keys()) == []


def test_every_notice_with_a_name_of_its_own_is_sent_by_somebody():
    code = "\n".join(path.read_text() for path in sources())
    named = {name for room in rooms_with_notices() for name, value in vars(room).items() if isinstance(value, Kind)}
    assert sorted(name for name in named if len(re.findall(rf"(?<!import )\b{name}\b", code)) < 2) == []


def test_an_unused_template_is_seen_with_what_only_it_includes():
    texts = {"a.html": '{% extends "base.html" %}', "base.html": "", "b.html": '{% include "c.html" %}', "c.html": ""}
    assert reached(texts, {"a.html"}) == {"a.html", "base.html"}


def test_a_form_in_an_isolated_part_is_given_the_token_without_which_it_is_refused():
    texts, given = own_templates(), re.compile(r"""\{%\s*include\s+["']([^"']+)["']([^%]*)%\}""")
    needing = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    while (
        more := {name for name, text in texts.items() if needing & {part for part, _ in given.findall(text)}} - needing
    ):
        needing |= more
    forgotten = [
        (name, part)
        for name, text in texts.items()
        for part, words in given.findall(text)
        if part in needing and words.split()[-1:] == ["only"] and "csrf_token=" not in words
    ]
    assert forgotten == []
