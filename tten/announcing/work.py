"""What a worker does with an announcement: batch by batch, each whole in its own transaction; nobody is told twice.

The row keeps the key of the person who was told last, in the transaction that writes the notices: a worker that dies loses the
batch in its hands and nothing else, and the next one goes on behind that person.
"""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from notifications.models import Announcement, Notice
from notifications.services import compose, write_notices
from records.doors import door
from records.locks import hold_row
from records.steps import write
from tten.announcing.addresses import address_of
from tten.announcing.firms import people
from tten.announcing.notices import kind_of

Stage = Announcement.Stage
BATCH = 1000  # people
QUEUED = dt.timedelta(minutes=1)  # for which one that is to be sent at once is left to its queue
SILENT = dt.timedelta(minutes=2)  # without progress: the worker has died
MOST_TRIES = 5
GIVEN_UP = f"发送多次中断，没有继续；已经通知的人不受影响。请致电 {settings.SUPPORT_PHONE}。"


def unfinished() -> QuerySet[Announcement]:
    """What is due and nobody is at: never begun, or without progress for so long that its worker has died."""
    silent = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return Announcement.objects.at_work().filter(silent, due_at__lte=timezone.now())


def due() -> list[int]:
    """Give up what has been tried too often without progress; the keys of what is to be gone on with."""
    for pk in unfinished().filter(tries__gte=MOST_TRIES).values_list("pk", flat=True):
        finish(pk, GIVEN_UP)
    return list(unfinished().order_by("due_at", "pk").values_list("pk", flat=True))


def carry_on(pk: int) -> bool:
    """Tell everybody who is left; False where it is over, not due, or somebody is at it."""
    mine = unfinished().filter(pk=pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now(), stage=Stage.SENDING):
        return False
    while tell_batch(pk):
        pass
    return finish(pk, "")


@door
def tell_batch(pk: int) -> bool:
    """Tell the next people and keep how far it is, both or neither; False where nobody is left, or it was stopped."""
    held = hold_row(Announcement.objects.all(), pk)
    if not held.is_sending:
        return False
    batch = list(people(held.conditions).filter(pk__gt=held.cursor)[:BATCH])
    if not batch:
        return False
    write_notices(notices_of(held, batch))
    held.cursor, held.told = batch[-1].pk, held.told + len(batch)
    held.seen_at, held.tries = timezone.now(), 0
    held.save(update_fields=["cursor", "told", "seen_at", "tries"])
    return True


def notices_of(announcement: Announcement, readers: list[User]) -> list[Notice]:
    """A notice for each of these people, not saved."""
    kind = kind_of(announcement)
    subject, body = compose(kind, announcement)
    key = {"case_type": ContentType.objects.get_for_model(Announcement), "case_id": announcement.pk}
    named = {"kind": kind.name, "subject": subject, "body": body, "url": address_of(announcement), **key}
    return [Notice(recipient=reader, **named) for reader in readers]


@door
def finish(pk: int, sentence: str) -> bool:
    """It is over. sentence: why it stopped, "" where everybody is told."""
    held = hold_row(Announcement.objects.all(), pk)
    if not held.is_at_work:
        return False
    held.stage, held.sentence, held.ended_at = Stage.STOPPED if sentence else Stage.SENT, sentence, timezone.now()
    held.save(update_fields=["stage", "sentence", "ended_at"])
    write(held, "announcement_ended", by=User.objects.clock(), text=sentence or f"发送完毕，{held.told} 人")
    return True
