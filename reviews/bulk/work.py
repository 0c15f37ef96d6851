"""What a worker does with one decision for many: row by row, each whole in its own transaction; none is done twice."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from notifications.services import notify
from records.doors import door
from records.locks import hold_row
from records.rules import RuleBroken, StaleCase
from reviews.claims.permissions import TAKE_OVER
from reviews.models import BulkDecision, BulkLine
from reviews.notices import BULK_ENDED
from reviews.services import give_opinion

Stage = BulkDecision.Stage
QUEUED = dt.timedelta(minutes=1)  # for which a new one is left to its queue
SILENT = dt.timedelta(minutes=2)  # without progress: the worker has died
MOST_TRIES = 3
EACH = 20  # rows after which a worker says that it lives
GIVEN_UP = f"办理中断，标为“已办理”的事项已经生效，其余的没有动，请重新选择后再办理；仍然中断的，请致电 {settings.SUPPORT_PHONE}。"
MOVED = "选中之后有了新的进展，没有办理，请打开事项核对后再办理。"
CLOSED = "操作人的帐号已停用，没有继续。"


def unfinished() -> QuerySet[BulkDecision]:
    """What nobody is at: never begun, or without progress for so long that its worker has died."""
    silent = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return BulkDecision.objects.filter(silent, stage=Stage.WORKING)


def lost() -> list[int]:
    """Give up what has been tried too often; the keys of what is to be gone on with."""
    for pk in unfinished().filter(tries__gte=MOST_TRIES).values_list("pk", flat=True):
        finish(pk, GIVEN_UP)
    late = unfinished().filter(Q(seen_at__isnull=False) | Q(at__lt=timezone.now() - QUEUED))
    return list(late.order_by("pk").values_list("pk", flat=True))


def carry_on(pk: int) -> bool:
    """Decide what is left; False where it is done, or somebody is at it."""
    mine = unfinished().filter(pk=pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now()):
        return False
    decision = BulkDecision.objects.select_related("by").get(pk=pk)
    if not decision.by.is_active:
        return finish(pk, CLOSED)
    waiting = list(decision.lines.filter(done=None).values_list("pk", flat=True))
    for number, line in enumerate(waiting, start=1):
        decide(line, decision)
        if number % EACH == 0:
            tell_progress(pk)
    return finish(pk, "")


@door
def decide(line_pk: int, decision: BulkDecision) -> None:
    """One row: the word and what became of it are one transaction, so that no row is done twice or forgotten."""
    line = hold_row(BulkLine.objects.select_related("turn__case_type"), line_pk)
    if line.done is not None:
        return
    try:
        with transaction.atomic():
            give_opinion(line.turn, by=decision.by, seen=line.seen, verdict=decision.verdict, text=decision.text)
    except StaleCase:
        line.said = MOVED
    except RuleBroken as refusal:
        line.said = refusal.sentence.removesuffix(TAKE_OVER)  # which speaks of a page with what was typed
    line.done = not line.said
    line.save(update_fields=["done", "said"])


def tell_progress(pk: int) -> None:
    """Count what is done, and say that the worker lives."""
    counts = BulkLine.objects.filter(decision=pk).aggregate(
        yes=Count("pk", filter=Q(done=True)), no=Count("pk", filter=Q(done=False))
    )
    BulkDecision.objects.filter(pk=pk).update(seen_at=timezone.now(), done=counts["yes"], left=counts["no"])


@door
def finish(pk: int, sentence: str) -> bool:
    """It is over: tell whoever asked, once. sentence: why it stopped, "" where all is done."""
    kept = hold_row(BulkDecision.objects.all(), pk)
    if kept.stage != Stage.WORKING:
        return False
    tell_progress(pk)
    kept.refresh_from_db()
    kept.stage, kept.sentence = Stage.STOPPED if sentence else Stage.DONE, sentence
    kept.save(update_fields=["stage", "sentence"])
    notify(BULK_ENDED, kept)
    return True
