"""What a bench has posted is undone, and its queries are counted."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from benchmarks.floor import ROWS, SIZE, floor
from benchmarks.middleware import QUERIES, UNDO, BenchMiddleware
from policy.models import CalendarDay

pytestmark = pytest.mark.django_db


def asked(view, **headers):
    return BenchMiddleware(view)(RequestFactory().post("/", headers=headers))


def writes(after):
    """A view that writes a day, and has something to do after the commit."""

    def view(_request):
        with transaction.atomic(durable=True):  # as `records.doors` opens it
            CalendarDay.objects.create(date="2099-01-05", is_working=False)
            transaction.on_commit(after)
        return HttpResponse(str(CalendarDay.objects.filter(date="2099-01-05").count()))

    return view


def test_what_is_to_be_undone_happens_and_is_gone(django_capture_on_commit_callbacks):
    told = []
    with django_capture_on_commit_callbacks(execute=True):
        response = asked(writes(lambda: told.append(1)), **{UNDO: "1"})
    assert (response.content, response[QUERIES]) == (b"1", "2")
    assert not CalendarDay.objects.filter(date="2099-01-05").exists()
    assert told == []


def test_what_is_not_to_be_undone_stays(django_capture_on_commit_callbacks):
    told = []
    with django_capture_on_commit_callbacks(execute=True):
        asked(writes(lambda: told.append(1)))
    assert CalendarDay.objects.filter(date="2099-01-05").exists()
    assert told == [1]


def test_the_floor_page_is_one_query_and_18_kilobytes():
    response = BenchMiddleware(floor)(RequestFactory().get("/"))
    assert (response[QUERIES], len(response.content)) == ("1", SIZE)
    assert response.content.count(b"<tr>") <= ROWS
