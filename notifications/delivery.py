"""What is due is found by a query and leaves over few lines; one event is sent once on one channel, whatever dies.

A worker takes fifty rows for a while (`claim`), which costs each a try, and marks a row (`mark`) just before the other side
may take its words. A row that is due again and has no mark has not left: it is tried again. One that has, nobody can tell:
the next channel has it (ADR 0157). No transaction is open while a message is on its way.
"""

import logging
import time
from functools import partial

from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from notifications.channels import in_words
from notifications.lines import Away, Line, Refused, Taken, Unsure, line_of
from notifications.models import LEASE, MOST_TRIES, PAUSES, Channel, Delivery
from notifications.quiet import due, is_quiet
from notifications.ways import next_way, wishes_for

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 50.0  # for which one sweep sends; the next one goes on
PER_LINE = 50  # messages over one connection: many servers take no more
ADDRESSES: dict[str, str] = {Channel.MAIL: "email", Channel.SMS: "phone"}  # channel → the person's column
CUT_SHORT = "发送中断，是否发出不明，不再重发"


class Rest:
    """What this process knows of the channels: one that did not answer is left alone by all but the clock."""

    SECONDS = 15.0
    until: dict[str, float] = {}

    @classmethod
    def is_on(cls, channel: str) -> bool:
        """Whether the channel has just not answered."""
        return time.monotonic() < cls.until.get(channel, 0.0)


def sweep(channel: str = Channel.MAIL, seconds: float = SWEEP_SECONDS) -> int:
    """Send what is due on the channel until the time is over; return how many were tried.

    A server that does not answer ends it: the others keep their tries. In the quiet hours of all nothing leaves, however
    long it has been due.
    """
    close_cut(channel)
    ends, tried, is_there = time.monotonic() + seconds, 0, not is_quiet(channel)
    while is_there and time.monotonic() < ends:
        rows = claim(channel)
        number, is_there = carry(rows, line_of(channel)) if rows else (0, False)
        tried += number
    return tried


def close_cut(channel: str) -> None:
    """Give up what may have left when its worker died, and what has cost a worker with each of its tries."""
    for row in Delivery.objects.cut_short(channel).prefetch_related("notice")[:PER_LINE]:
        give_up(row, CUT_SHORT)


def claim(channel: str) -> list[Delivery]:
    """Take what is due and nobody holds: the try counts from here, and for a while nobody else will take it."""
    until = timezone.now() + LEASE
    with transaction.atomic():
        rows = list(
            Delivery.objects.due(channel).select_for_update(of=("self",), no_key=True, skip_locked=True)[:PER_LINE]
        )
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(tries=F("tries") + 1, due_at=until)
    for row in rows:
        row.tries, row.due_at = row.tries + 1, until
    prefetch_related_objects(rows, "notice")
    return rows


def carry(rows: list[Delivery], line: Line) -> tuple[int, bool]:
    """Send these over one line; (how many were tried, whether the other side is there). The rest is given back."""
    try:
        for number, row in enumerate(rows, start=1):
            if not attempt(row, line):
                give_back(rows[number:])
                return number, False
        return len(rows), True
    finally:
        line.close()


def attempt(row: Delivery, line: Line) -> bool:
    """Send one message that was claimed; False where the other side is away. Whatever happens, it stands in the row."""
    try:
        line.open()
        line.send(row, partial(mark, row))
    except Taken:
        line.close()  # the other side may still wait for the words of this one, and would take the next one's for them
        return True
    except Refused as trouble:
        (give_up if trouble.for_good else put_off)(row, str(trouble))
        if trouble.nobody:
            keep_failed(row)
        return True
    except Away as trouble:
        put_off(row, str(trouble))
    except Unsure as trouble:
        give_up(row, f"{CUT_SHORT}：{trouble}")
    except Exception as trouble:
        logger.exception("message %s was not sent", row.pk)
        (give_up if row.begun_at else put_off)(row, in_words(trouble))
        return True
    else:
        Delivery.objects.filter(pk=row.pk).update(sent_at=timezone.now(), failed_at=None, problem="")
        return True
    Rest.until[row.channel] = time.monotonic() + Rest.SECONDS
    return False


def mark(row: Delivery) -> None:
    """Keep that the words leave now; Taken where the row is no longer this worker's."""
    now = timezone.now()
    mine = Delivery.objects.waiting().filter(pk=row.pk, due_at=row.due_at, begun_at=None)
    if not mine.update(begun_at=now):
        raise Taken
    row.begun_at = now


def put_off(row: Delivery, words: str) -> None:
    """It has certainly not left: the next try has a time, or there is none any more."""
    if row.tries >= MOST_TRIES:
        give_up(row, words)
        return
    again = due(row.channel, wishes_for(row.notice.recipient_id), after=PAUSES[row.tries - 1])
    Delivery.objects.waiting().filter(pk=row.pk, due_at=row.due_at).update(
        due_at=again, begun_at=None, problem=words[:200]
    )


def keep_failed(row: Delivery) -> None:
    """Its owner is asked about the address at the next sign-in; one that he has changed meanwhile is not meant."""
    name = ADDRESSES.get(row.channel)
    if name is None:  # 微信 is bound, not typed
        return
    people = type(row.notice.recipient)._default_manager
    people.filter(**{"pk": row.notice.recipient_id, name: row.address}).update(**{f"{name}_failed_at": timezone.now()})


def give_back(rows: list[Delivery]) -> None:
    """They were not tried: they keep their tries and are due at once."""
    mine = Delivery.objects.waiting().filter(pk__in=[row.pk for row in rows], due_at__in={row.due_at for row in rows})
    mine.update(tries=F("tries") - 1, due_at=timezone.now())


def give_up(row: Delivery, words: str) -> None:
    """Undeliverable on this channel: the next one of the person has it, in the same moment."""
    with transaction.atomic():
        ended = Delivery.objects.waiting().filter(pk=row.pk).update(failed_at=timezone.now(), problem=words[:200])
        following = next_way(row.notice) if ended else None
        if following is not None:
            Delivery.objects.bulk_create([following], ignore_conflicts=True)
