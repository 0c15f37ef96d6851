"""From the columns of before to those of now, and back, with rows that are in force."""

import datetime as dt
import importlib

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddIndex

from policy.figures import RANGES
from policy.models import PolicyVersion
from tests.helpers import by_owner

pytestmark = pytest.mark.django_db
BEFORE = ("policy", "0003_in_force_is_fixed")


def migrate_to(*targets):
    with by_owner():
        executor = MigrationExecutor(connection)
        return executor.migrate(list(targets)).apps


@pytest.fixture
def all_in_one(monkeypatch):
    """An index that is built beside the writers cannot be built in the transaction of a test: here it is built as any other."""
    for act in ("database_forwards", "database_backwards"):
        monkeypatch.setattr(AddIndexConcurrently, act, getattr(AddIndex, act))


@pytest.mark.usefixtures("all_in_one")
def test_versions_of_before_get_the_figures_that_held_and_stay_guarded():
    now = [
        node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] in {"policy", "accounts"}
    ]
    version = migrate_to(BEFORE).get_model("policy", "PolicyVersion")
    version.objects.create(name="草案", effective_from=dt.date(2099, 1, 1), correction_days=12)
    assert not hasattr(version, "stand_in_days")
    migrate_to(*now)
    plain = PolicyVersion()
    for row in PolicyVersion.objects.all():
        figures = {name: getattr(row, name) for name in RANGES}
        held = {name: getattr(plain, name) for name in RANGES}
        assert figures == held | ({"correction_days": 12} if row.name == "草案" else {})
    assert PolicyVersion.objects.count() == 3
    with pytest.raises(DatabaseError, match="in force"), transaction.atomic():
        PolicyVersion.objects.filter(name="2019 版").update(stand_in_days=90)


def test_what_an_operator_had_set_is_taken_over(monkeypatch):
    monkeypatch.setenv("STAND_IN_DAYS", "90")
    filled = importlib.reload(importlib.import_module("policy.migrations.0005_figures_filled"))
    assert (filled.FIGURES["stand_in_days"], filled.FIGURES["admission_months"]) == (90, 36)
    assert "stand_in_days = 90" in filled.FILL
    monkeypatch.undo()
    importlib.reload(filled)
