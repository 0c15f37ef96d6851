"""A snapshot is written at every passed certification and small change, never changed, and comparable with what follows."""

import importlib

import pytest
from django.db import IntegrityError

from accounts.certification.services import reopen_certification, save_certification, submit_certification
from accounts.certification.snapshots import name_of, take_snapshot
from accounts.models import FACTS, Unit, UnitSnapshot
from reviews.kinds import tell
from tests.factories import drive_application, drive_unit, make_document, make_unit, make_user
from tests.helpers import afresh, by_owner, constrained, copied

pytestmark = pytest.mark.django_db
OTHER = ("91120222MA00000312", "雍阳样例工贸有限公司", "120114")


def renewing(world, **changes):
    """The world's firm at its papers again, with these changes."""
    unit = reopen_certification(world.unit, by=world.applicant)
    for name, value in changes.items():
        setattr(unit, name, value)
    return save_certification(unit, by=world.applicant)


def changed_rows(unit, reader):
    """Label → (old, new) of the rows that are marked."""
    rows = [row for _, rows in tell(unit, reader).sections for row in rows]
    return {row.label: (row.value.old, row.value.new) for row in rows if row.kind == "changed"}


def test_a_passed_certification_writes_down_every_field(world):
    snapshot = world.unit.snapshots.get()
    assert (snapshot.number, snapshot.occasion, len(snapshot.hash or afresh(snapshot).hash)) == (1, "certified", 64)
    assert {name: getattr(snapshot, name) for name in FACTS} == {name: getattr(world.unit, name) for name in FACTS}


@pytest.mark.parametrize("state", ["uncertified", "pending", "returned", "rejected"])
def test_nothing_is_written_down_before_the_platform_says_yes(world, state):
    unit = drive_unit(make_unit(make_user(), *OTHER), state, world)
    assert (unit.snapshots.count(), unit.certified_as) == (0, None)


def test_each_round_adds_one(world):
    unit = submit_certification(renewing(world, name="更名样例公司"), by=world.applicant)
    world.decide(unit, world.platform, "pass_review")
    assert list(unit.snapshots.order_by("number").values_list("number", "name")) == [
        (1, "海河样例科技有限公司"),
        (2, "更名样例公司"),
    ]


def test_freezing_and_lifting_adds_none(world):
    unit = drive_unit(make_unit(make_user(), *OTHER), "frozen", world)
    assert unit.snapshots.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(name="别的名称"),
        lambda rows: rows._raw_delete(rows.db),
        lambda rows: rows.update(hash="0" * 64),
    ],
)
def test_the_database_refuses_every_change(world, act):
    with pytest.raises(IntegrityError, match="append-only"), by_owner():
        act(UnitSnapshot.objects.filter(unit=world.unit))
    assert world.unit.snapshots.get().holds()


def test_a_row_that_was_changed_behind_the_trigger_does_not_hold(world):
    with by_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_unitsnapshot DISABLE TRIGGER accounts_snapshot_append_only")
        cursor.execute("UPDATE accounts_unitsnapshot SET address = '改过的地址' WHERE unit_id = %s", [world.unit.pk])
        cursor.execute("ALTER TABLE accounts_unitsnapshot ENABLE TRIGGER accounts_snapshot_append_only")
    assert not world.unit.snapshots.get().holds()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("unit_snapshot_once_per_number", {}),
        ("unit_snapshot_occasion_known", {"number": 9, "occasion": "unheard"}),
    ],
)
def test_the_database_refuses_what_is_no_snapshot(world, name, values):
    with constrained(name):
        copied(world.unit.snapshots.get(), **values)


def test_a_licence_ends_or_does_not(world):
    with constrained("unit_licence_ends_or_does_not"):
        Unit.objects.filter(pk=world.unit.pk).update(licence_until="2030-01-01")


def test_a_code_is_admitted_with_words(world):
    with constrained("unit_code_admitted_with_words"):
        Unit.objects.filter(pk=world.unit.pk).update(code_admitted_at="2026-01-01T00:00:00Z")


def test_the_reviewer_sees_old_and_new_of_what_has_changed_alone(world):
    old = world.unit.licence
    new = make_document(world.applicant, "新执照.pdf")
    unit = submit_certification(renewing(world, name="更名样例公司", licence=new), by=world.applicant)
    assert changed_rows(unit, world.platform) == {
        "单位名称": ("海河样例科技有限公司", "更名样例公司"),
        "营业执照或法人证书": (old, new),
    }
    texts = [finding["text"] for finding in tell(unit, world.platform).findings]
    assert "与上次认证相比有 2 项变化：单位名称、营业执照或法人证书" in texts
    assert [paper.purpose for paper in tell(unit, world.platform).documents] == ["营业执照或法人证书", "以前的证照"]


def test_a_certified_unit_and_a_first_certification_compare_with_nothing(world):
    fresh = drive_unit(make_unit(make_user(), *OTHER), "pending", world)
    assert (changed_rows(world.unit, world.platform), changed_rows(fresh, world.platform)) == ({}, {})


def test_the_name_of_a_draft_is_the_unit_s_own(world):
    assert name_of(world.make_application()) == world.unit.name


def test_units_certified_before_get_a_snapshot_and_cases_handed_in_before_point_to_it(world):
    application = drive_application(world.make_application(), "district", world)
    draft = world.make_application()
    kept = importlib.import_module("accounts.migrations.0006_snapshots_kept")
    pointed = importlib.import_module("accounts.migrations.0010_certified_as_filled")
    linked = importlib.import_module("vouchers.migrations.0005_snapshot_linked")
    with by_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in (
            linked.UNLINK,
            pointed.EMPTY,
            "ALTER TABLE accounts_unitsnapshot DISABLE TRIGGER accounts_snapshot_append_only",
            "DELETE FROM accounts_unitsnapshot",  # the real step, TRUNCATE, needs the columns that point here gone
            "ALTER TABLE accounts_unitsnapshot ENABLE TRIGGER accounts_snapshot_append_only",
            kept.FILL,
            pointed.FILL,
            linked.LINK,
        ):
            cursor.execute(statement)
    snapshot = world.unit.snapshots.get()
    passed = world.unit.events.get(step="pass_review").at
    assert (snapshot.at, snapshot.name, snapshot.holds()) == (passed, world.unit.name, True)
    assert (afresh(application).snapshot, afresh(draft).snapshot) == (snapshot, None)
    assert afresh(world.unit).certified_as == snapshot


def test_a_snapshot_taken_twice_has_two_numbers(world):
    assert [take_snapshot(world.unit).number, take_snapshot(world.unit).number] == [2, 3]
