"""What `make bench NAME=audit` does within the portal, once Django stands: begin anew, a day's lines, seal, prove."""

import json
import resource
import time

from django.db import connection, transaction

from accounts.models import User
from records.models import Document, Event
from records.steps import write_each
from seals import signing
from seals.auditing import audit
from seals.models import Leaf
from seals.services import seal
from tten.local.say import say
from vouchers.models import Application

NO_SEALS = """
SET LOCAL session_replication_role = replica;
DELETE FROM seals_stamp; DELETE FROM seals_checkpoint; DELETE FROM seals_audit; TRUNCATE seals_leaf, seals_node
"""
EARLIER = "SET LOCAL session_replication_role = replica; UPDATE seals_checkpoint SET at = at - interval '25 hours'"
PIECE = 1000  # lines that are written at once


def begin() -> None:
    """No line has a leaf, nothing was signed; the key is there."""
    as_owner(NO_SEALS, "VACUUM ANALYZE seals_leaf")
    (signing.folder() / signing.LAST).unlink(missing_ok=True)
    if not signing.public_words():
        signing.make_key()


def as_owner(statement: str, *alone: str) -> None:
    """Carry it out without triggers, then the others each outside of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.cursor() as cursor:
        for one in alone:
            cursor.execute(one)


def write_lines(count: int) -> None:
    """So many lines more, each in the trail of another application, as an export writes them."""
    by = User.objects.earliest("pk")
    keys = Application.objects.order_by("-pk").values_list("pk", flat=True)[:count]
    rows = list(Application.objects.filter(pk__in=list(keys)).only("pk"))
    for place in range(0, len(rows), PIECE):
        with transaction.atomic():
            write_each(rows[place : place + PIECE], "exported", by=by, text="导出")


def a_day_later() -> None:
    """What was signed was signed yesterday."""
    as_owner(EARLIER)


def counted() -> None:
    """Print how much there is."""
    tell(lines=Event.objects.count(), papers=Document.objects.count(), cases=len_of(CASES), leaves=Leaf.objects.count())


CASES = """
SELECT sum(many) FROM (SELECT count(*) AS many FROM vouchers_application UNION ALL SELECT count(*) FROM redemption_claim
    UNION ALL SELECT count(*) FROM accounts_unit) of
"""


def len_of(question: str) -> int:
    """The one number that it gives."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def measured(what: str) -> None:
    """Carry one out; print its CPU and its memory, and what it has found."""
    began, found = time.monotonic(), list[str]()
    if what == "audit":
        found = audit().findings
    else:
        seal(everything=what == "seal")
    own = resource.getrusage(resource.RUSAGE_SELF)
    tell(
        cpu=own.ru_utime + own.ru_stime,
        memory=own.ru_maxrss / 1024,
        clock=time.monotonic() - began,
        found=found,
    )


def tell(**found: object) -> None:
    """As the last line that the process prints."""
    say(json.dumps(found, ensure_ascii=False))
