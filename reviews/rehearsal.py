"""The message that a verdict would send: the verdict is taken in full and undone, so that the reviewer reads the very words."""

import re
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from notifications.models import Notice
from records.people import Person
from reviews.models import Turn
from reviews.notices import applicants
from reviews.services import give_opinion

NUMBER = re.compile(r"[A-Z]{2,4}20\d\d(\d{7})")
LATER = "（提交后生成）"


def rehearse(turn: Turn, *, by: Person, **said: Any) -> str:
    """The applicant's message, subject first; "" if the verdict sends him none. Nothing of it is kept.

    Takes and raises what `give_opinion` takes and raises.
    """
    with transaction.atomic():
        newest, latest = newest_number(), Notice.objects.aggregate(last=Max("pk"))["last"] or 0
        case = turn.case
        give_opinion(turn, by=by, **said)
        notices = Notice.objects.filter(pk__gt=latest, recipient__in=applicants(case), url=case.get_absolute_url())
        letter = notices.order_by("pk").first()
        transaction.set_rollback(True)
    return hide_numbers(f"{letter.subject}\n\n{letter.body}", newest) if letter else ""


def newest_number() -> int:
    """The last case number that was given out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM records_case_number")
        return int(cursor.fetchone()[0])


def hide_numbers(text: str, newest: int) -> str:
    """The text without the numbers that only the real verdict gives out."""
    return NUMBER.sub(lambda found: found.group() if int(found.group(1)) <= newest else LATER, text)
