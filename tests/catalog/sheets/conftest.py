"""A list is brought in, and the worker does on the spot what follows."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from catalog.sheets.services import ask_import
from records.scans.sheets import kind_of_sheet
from tests.catalog.sheets.ugly import HEADS, table
from tests.helpers import afresh

DAY = dt.date(2026, 11, 24)


@pytest.fixture
def bring(world, django_capture_on_commit_callbacks):
    """Bring a list in, and let the worker do what follows."""

    def bring_in(*rows, heads=HEADS, **options):
        data = table(heads, *rows)
        options = {"by": world.curator, "kind": "laboratories", "batch": 3, "published_on": DAY} | options
        with django_capture_on_commit_callbacks(execute=True):
            sheet = ask_import(ContentFile(data, "名单.xlsx"), form=kind_of_sheet(data), **options)
        return afresh(sheet)

    return bring_in


@pytest.fixture
def carry_out(world, django_capture_on_commit_callbacks):
    def done(verb, sheet, by=None):
        with django_capture_on_commit_callbacks(execute=True):
            verb(sheet, by=by or world.curator)
        return afresh(sheet)

    return done
