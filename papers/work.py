"""What a worker does with a paper: take it, read it in a child, keep what was read."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from papers.bounded import BY_HAND, PATIENCE, Read, Unreadable, read_bounded
from papers.facts import FORMS, READER
from papers.identity import identity_of
from papers.models import Reading
from records.models import Document
from records.storing.kept import StoreAway

Stage = Reading.Stage
QUEUED = dt.timedelta(minutes=1)  # for which a new paper is left to its queue
MOST_TRIES = 3
PIECE = 500  # rows that are made at once
MOST_AT_ONCE = 50  # papers of one round of the clock
GIVEN_UP = "几次都没有读完，" + BY_HAND
LOST = "不在存放材料的地方，或者那里暂时读不出来，没有识读。"


def silent() -> dt.timedelta:
    """How long a paper may be with a worker before that worker is dead: longer than its child may live."""
    return dt.timedelta(seconds=settings.READING_SECONDS * PATIENCE * 2)


def read_paper(pk: UUID) -> bool:
    """Read the paper and keep what was read; False where that is done, or somebody is at it."""
    if not waiting().filter(document=pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1, begun_at=timezone.now()):
        return False
    reading = Reading.objects.select_related("document").get(document=pk, version=READER)
    try:
        keep(reading, read_file(reading.document))
    except StoreAway:  # the clock tries once more when it has waited as for a worker that has died
        Reading.objects.filter(pk=reading.pk).update(tries=F("tries") - 1)
        return False
    except Unreadable as refusal:
        become(reading, Stage.UNREADABLE, sentence=refusal.sentence)
    return True


def read_file(paper: Document) -> Read:
    """Read the file of a paper; raise Unreadable where it is lost or says nothing."""
    try:
        with paper.file.open("rb") as file:
            return read_bounded(file, FORMS[paper.content_type])
    except StoreAway:
        raise
    except OSError as trouble:
        raise Unreadable(LOST) from trouble


def keep(reading: Reading, read: Read) -> None:
    """Keep what was read."""
    said = {"kind": read.facts.kind, "facts": read.facts.as_json(), "identity": identity_of(read.facts)}
    become(reading, Stage.READ, cpu=read.cpu, sentence="", **said)


def become(reading: Reading, stage: str, **more: object) -> None:
    """The work is over."""
    Reading.objects.filter(pk=reading.pk).update(stage=stage, begun_at=None, **more)


def waiting() -> QuerySet[Reading]:
    """What nobody is at: never begun, or with a worker that has died."""
    idle = Q(begun_at=None) | Q(begun_at__lt=timezone.now() - silent())
    return Reading.objects.filter(idle, stage=Stage.READING, version=READER)


def lost() -> list[UUID]:
    """Give up what has been tried too often; the papers that are to be read once more."""
    waiting().filter(tries__gte=MOST_TRIES).update(stage=Stage.UNREADABLE, sentence=GIVEN_UP)
    late = waiting().filter(Q(begun_at__isnull=False) | Q(created_at__lt=timezone.now() - QUEUED))
    return list(late.order_by("created_at").values_list("document", flat=True)[:MOST_AT_ONCE])


def ask_for_all(*, anew: bool) -> int:
    """Let every paper of a case that this version has not read wait for it; anew: those that it has read, too."""
    if anew:
        Reading.objects.filter(version=READER).update(stage=Stage.READING, tries=0, begun_at=None)
    done = Reading.objects.filter(document=OuterRef("pk"), version=READER)
    papers = Document.objects.filter(~Exists(done), case_id__isnull=False, dropped_at=None, content_type__in=FORMS)
    while some := list(papers.only("pk")[:PIECE]):
        Reading.objects.bulk_create([Reading(document=paper, version=READER) for paper in some], ignore_conflicts=True)
    return waiting().count()


def read_all() -> Iterator[Reading]:
    """Read everything that waits, here and now; each as it is kept afterwards."""
    while pks := list(
        waiting().filter(tries__lt=MOST_TRIES).order_by("created_at").values_list("document", flat=True)[:MOST_AT_ONCE]
    ):
        for pk in pks:
            if read_paper(pk):
                yield Reading.objects.select_related("document").get(document=pk, version=READER)
