"""Short words that many tests say: who is refused why, what the database refuses, two people at once."""

import copy
import threading
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from policy.calendar import today
from policy.feasts import statutory
from policy.models import CalendarDay, PolicyVersion
from policy.working_days import PACKAGE_UNTIL
from records.rules import RuleBroken
from records.steps import arrow_of
from tests.database import APPLICATION


def publish_years():
    """Enter the years that the calendar package does not know yet, as far as deadlines of tests reach."""
    years = range(PACKAGE_UNTIL + 1, today().year + 3)
    free = [day for year in years for day in sorted(statutory(year))]
    CalendarDay.objects.bulk_create(CalendarDay(date=day, is_working=False) for day in free)


def aside():
    """A transaction of the test's own inside the test's, as if there were none: a verb may open its door in it."""
    own = transaction.atomic()
    own._from_testcase = True  # as Django marks those of a TestCase
    return own


@contextmanager
def by_owner():
    """Whoever owns the tables acts, not the portal, whose account may not; gives a cursor."""
    with aside(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        is_inside = cursor.fetchone()[0] != APPLICATION  # of another one, which goes on
        cursor.execute("SET LOCAL ROLE NONE")
        yield cursor
        if not (is_inside or connection.needs_rollback):
            cursor.execute(f"SET LOCAL ROLE {APPLICATION}")


@contextmanager
def unguarded():
    """The guards of the database stand aside: what a test plants is no act of the portal's."""
    with by_owner() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def refused(code, match=None):
    """A rule with this code refuses what happens inside, and nothing of it is kept."""
    with ruled_out(code, match), aside():
        yield


@contextmanager
def ruled_out(code, match=None):
    """A rule with this code refuses what happens inside, of things that were never saved."""
    with pytest.raises(RuleBroken, match=match) as refusal:
        yield
    assert refusal.value.code == code


@contextmanager
def constrained(name):
    """The database refuses what happens inside by this constraint."""
    with pytest.raises(IntegrityError, match=name), aside():
        yield


def afresh(row):
    """The row as it stands in the database now."""
    return type(row)._default_manager.get(pk=row.pk)


def new_policy(**rules):
    """A published version with other rules, in force from today on."""
    return PolicyVersion.objects.create(name="测试版", effective_from=today(), published=True, **rules)


def at_once(*acts):
    """What the acts give when all begin together, each with a connection of its own: values, or codes of refusals."""
    results, start = [], threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            results.append(act())
        except RuleBroken as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Deadlock(Exception):
    pgcode = "40P01"


def broken_off():
    """What PostgreSQL says to one of two that wait for each other."""
    error = OperationalError("deadlock detected")
    error.__cause__ = Deadlock()
    return error


def other_side(world):
    """The same world seen by the other firm: `stranger` applies, his own district reviews."""
    other = copy.copy(world)
    other.applicant, other.unit = world.stranger, world.other_unit
    other.district, other.district_office = world.other_district, world.other_district_office
    return other


def copied(row, **values):
    """Insert the row a second time with other values, past everything but the database."""
    row = afresh(row)
    row.pk, row._state.adding = None, True
    row.__dict__.update(values)
    row.save(force_insert=True)


def broken(case, step, *, apart=()):
    """The codes of the step's conditions that do not hold of the case as it stands in memory; `apart` are not asked."""
    arrow = arrow_of(case, step)
    return [condition.broken[0] for condition in arrow.conditions if condition not in apart and not condition(case)]
