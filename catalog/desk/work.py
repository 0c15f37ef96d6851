"""What a worker does with an act on all rows that were found: piece by piece, each of them whole; none is done twice."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from accounts.models import Duty, User
from accounts.own_data.exports import MOST_TRIES, QUEUED, SILENT
from catalog.desk.acts import NAMED
from catalog.desk.carrying import MOST, change, check_keepers, held_rows, key_field, key_of, line_of, tell
from catalog.desk.notices import ACT_ENDED
from catalog.models import DeskAct, DeskLine
from notifications.services import notify
from records.doors import door
from records.locks import hold_row
from records.rules import RuleBroken

Stage = DeskAct.Stage
NO_DUTY = "操作人现在没有维护产品与机构的权限，没有继续。需要继续的，请由有权限的人重新办理。"
GIVEN_UP = (
    f"办理中断，标为“已改变”的行已经生效，其余的没有动，请重新办理。再次中断请联系技术支持 {settings.SUPPORT_PHONE}。"
)
GONE = {"said": "这一行已不在平台上，没有改动。", "done": False}
WRITTEN = ("number", "name", "url", "now", "said", "done")


def unfinished() -> QuerySet[DeskAct]:
    """What nobody is at: never begun, or without progress for so long that its worker has died."""
    silent = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return DeskAct.objects.filter(silent, stage=Stage.WORKING)


def lost() -> list[int]:
    """Give up what has been tried too often; the keys of what is to be gone on with."""
    for pk in unfinished().filter(tries__gte=MOST_TRIES).values_list("pk", flat=True):
        finish(pk, GIVEN_UP)
    late = unfinished().filter(Q(seen_at__isnull=False) | Q(at__lt=timezone.now() - QUEUED))
    return list(late.order_by("pk").values_list("pk", flat=True))


def carry_on(pk: int) -> bool:
    """Do what is left of an act; False where it is done, or somebody is at it."""
    mine = unfinished().filter(pk=pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now()):
        return False
    sentence = ""
    try:
        while carry_out_piece(pk):
            pass
    except RuleBroken as refusal:
        sentence = refusal.sentence
    return finish(pk, sentence)


@door
def carry_out_piece(pk: int) -> int:
    """Do it to the next rows; return how many they were. RuleBroken where the person may not do this any more."""
    kept = hold_row(DeskAct.objects.all(), pk)
    lines = list(kept.rows.filter(done=None)[:MOST])
    model, act = NAMED[kept.name]
    by = User.objects.get(pk=kept.by_id)
    rows = rows_of(model, lines)
    held = held_rows(rows)
    if (kept.of_platform and by.duty != Duty.CATALOG) or not by.is_active:
        raise RuleBroken("R-PERM", NO_DUTY)
    check_keepers(held, by)
    standing = {key_of(row): row for row in held}
    for line in lines:
        row = standing.get(line.key)
        for name, value in (GONE if row is None else line_of(act, row, seen=line.was)).items():
            setattr(line, name, value)
    done = change(act, [standing[line.key] for line in lines if line.done], by=by, reason=kept.reason)
    DeskLine.objects.bulk_update(lines, WRITTEN)
    counts = {"done": F("done") + len(done), "left": F("left") + len(lines) - len(done)}
    DeskAct.objects.filter(pk=pk).update(seen_at=timezone.now(), **counts)
    return len(lines)


def rows_of(model: type[Model], lines: Sequence[DeskLine]) -> QuerySet[Any]:
    """The rows that these lines are of."""
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{key_field(model)}__in": [line.key for line in lines]})
    return rows


@door
def finish(pk: int, sentence: str) -> bool:
    """The act is over: tell whom it concerns, once. sentence: why it stopped, "" where all is done."""
    kept = hold_row(DeskAct.objects.select_related("by"), pk)
    if kept.stage != Stage.WORKING:
        return False
    model, act = NAMED[kept.name]
    if act.takes_off and kept.of_platform:
        kept.told = tell(act, rows_of(model, list(kept.rows.filter(done=True))), kept.reason, kept.by)
    kept.stage, kept.sentence = Stage.STOPPED if sentence else Stage.DONE, sentence
    kept.save(update_fields=["told", "stage", "sentence"])
    notify(ACT_ENDED, kept)
    return True
