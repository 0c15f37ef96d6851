"""Raw writes of what the review desk keeps, each of which one constraint refuses."""

from django.utils import timezone

from notifications.models import Announcement
from reviews.models import BulkDecision, ListColumns, MonthPerson, MonthReason, MonthTimes, Phrase, SavedView
from tests.factories import drive_application


def phrase_of_nobody(_world):
    Phrase.objects.create(title="样例", text="样例。")


def bulk_of(world):
    turn = turn_of(world)
    kept = BulkDecision.objects.create(by=world.district, office=turn.office, case_type=turn.case_type)
    return turn, kept


def bulk_line_twice(world):
    turn, kept = bulk_of(world)
    for _ in range(2):
        kept.lines.create(turn=turn, seen=1)


def bulk_refuses(world):
    bulk_of(world)
    BulkDecision.objects.update(stage="working", verdict="reject", text="不符合。")


def view_twice(world):
    for _ in range(2):
        SavedView.objects.create(user=world.district, name="大额", page="turn_list")


def columns_twice(world):
    for _ in range(2):
        ListColumns.objects.create(user=world.district, page="turn_list")


def turn_of(world):
    application = drive_application(world.make_application(), "district", world)
    return application.turns.get(closed_at=None)


def month_twice(model, world, **said):
    """Two rows of one month, made the same."""
    return [model.objects.create(month=timezone.localdate(), office=world.body_office, **said) for _ in range(2)]


def reason_twice(world, number=1):
    said = {"case_type": turn_of(world).case_type, "verdict": "reject", "reason": "样例", "number": number}
    return month_twice(MonthReason, world, **said)


def announced(world, **said):
    Announcement.objects.create(by=world.municipal, title="样例", words="样例。", **said)


AT_THE_DESK = {
    "announcement_confirmed_has_a_time": lambda world: announced(world, stage="waiting"),
    "announcement_ended_has_a_time": lambda world: announced(world, stage="sent", due_at=timezone.now()),
    "month_times_once": lambda world: month_twice(
        MonthTimes, world, case_type=turn_of(world).case_type, stage="区初审", in_time=1, days={}
    ),
    "month_reason_once": reason_twice,
    "month_reason_counts": lambda world: reason_twice(world, number=0),
    "month_person_once": lambda world: month_twice(
        MonthPerson, world, reviewer=world.body, **dict.fromkeys(("decided", "in_time", "returned", "refused"), 1)
    ),
    "bulk_line_once": bulk_line_twice,
    "bulk_passes_or_returns_with_words": bulk_refuses,
    "phrase_of_person_or_office": phrase_of_nobody,
    "saved_view_one_per_name": view_twice,
    "list_columns_once_per_list": columns_twice,
}
