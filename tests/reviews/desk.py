"""Short words that the tests of the desk share."""

import datetime as dt
import itertools

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.models import Opinion, Turn

PASSING = ("SAVEPOINT", "django_session")  # the brackets of a transaction, and what the cache keeps
NUMBERS = itertools.count(10_000)  # of cases that do not exist


def open_turn(case):
    """The turn that lies at an office."""
    return Turn.objects.get(case_type=ContentType.objects.get_for_model(case), case_id=case.pk, closed_at=None)


def at(name, row):
    """The address of a verb on a turn or seat."""
    return reverse(name, args=[row.pk])


def queries(act):
    """How many queries the act makes, once everything that is kept is kept; sessions live in the cache."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured if not any(word in query["sql"] for word in PASSING)])


def pile(case, office, count, *, by=None):
    """That many copies of the case's turn at the office, of cases that do not exist: decided ones where `by` is given."""
    kind, now = ContentType.objects.get_for_model(case), timezone.now()
    turns = Turn.objects.bulk_create(
        Turn(
            case_type=kind,
            case_id=next(NUMBERS),
            state="district",
            stage="区初审",
            office=office,
            opened_at=now,
            due_on=timezone.localdate() + dt.timedelta(number - 2),
            closed_at=now if by else None,
            title=f"样例事项 {number}",
            unit_name=case.unit_name,
            number=f"SQ{number:011d}",
            lies="done" if by else "desk",
            ended_by="pass_review" if by else "",
            search_text=f"sq{number:011d} 样例事项 {number} {case.unit_name}",
        )
        for number in range(count)
    )
    if by:
        Opinion.objects.bulk_create(Opinion(turn=turn, reviewer=by, verdict="pass_review") for turn in turns)
    return turns
