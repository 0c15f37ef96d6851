"""Every date box has a range: the one DateField is the only one."""

import ast

import pytest
from django import forms
from django.urls import get_resolver

from tests.test_house import ROOT, sources
from ui.fields import DateField

OURS = tuple(package.name for package in ROOT.iterdir() if (package / "__init__.py").exists())
PLAIN = {"DateField", "DateInput", "SelectDateWidget", "DateFilter", "DateRangeFilter", "DateFromToRangeFilter"}


def plain(tree):
    """Lines of a source that make a date box of Django's own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PLAIN:
            owner = getattr(node.value, "id", "")
            if owner in {"forms", "django_filters", "filters"}:
                yield node.lineno


@pytest.mark.heavy
def test_no_date_box_is_made_outside_ui():
    found = {path: list(plain(ast.parse(path.read_text()))) for path in sources() if ROOT / "ui" not in path.parents}
    assert {path: lines for path, lines in found.items() if lines} == {}


def all_forms(cls=forms.BaseForm):
    for form in cls.__subclasses__():
        yield form
        yield from all_forms(form)


@pytest.mark.heavy
def test_a_form_of_a_model_makes_none_either():
    assert get_resolver().url_patterns  # every view is read, and so every form
    boxes = [
        (f"{form.__module__}.{form.__name__}", name)
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.partition(".")[0] in OURS and isinstance(field, forms.DateField)
        if not isinstance(field, DateField)
    ]
    assert boxes == []


def test_the_tripwire_sees_what_it_is_for():
    assert list(plain(ast.parse("x = forms.DateField()\ny = DateField()\nz = models.DateField()"))) == [1]
