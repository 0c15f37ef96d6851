"""The proof of one case: each of its lines with its content and the path to the root of a checkpoint."""

import base64
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet

from records.admin import case_of
from records.kinds import kind_for
from records.models import Case
from records.people import Person
from seals.content import SOURCES
from seals.growing import inclusions
from seals.models import Checkpoint, Leaf, Stamp
from seals.permissions import proves_cases
from seals.signing import public_words
from vouchers.models import Application

LINES = """
SELECT leaf.number, {content} FROM {rows} JOIN seals_leaf leaf ON leaf.kind = {kind} AND leaf.line = own.id
 WHERE {own} AND leaf.number < %s ORDER BY leaf.number
"""
BY_CASE = {  # of which lines the case itself is named
    Leaf.Kind.TRAIL: "own.case_type_id = %s AND own.case_id = %s",
    Leaf.Kind.OPINION: "turn.case_type_id = %s AND turn.case_id = %s",
}
BY_APPLICATION = "own.application_id = %s"


def case_to_prove(user: Person, number: str) -> Case | None:
    """The case of this number, for whoever audits; None for anybody else, and for a case of his own side (ADR 0079)."""
    case = case_of(number) if proves_cases(user) else None
    if case is None:
        return None
    own = kind_for(case).of(user).filter(pk=case.pk).exists()
    return None if own else case


def stamps() -> QuerySet[Stamp]:
    """The latest first, each with its checkpoint."""
    return Stamp.objects.select_related("checkpoint")


def as_text(stamp: Stamp) -> str:
    """The stamp in base 64."""
    return base64.b64encode(bytes(stamp.reply)).decode()


def proof_of(case: Case, checkpoint: Checkpoint) -> dict[str, Any]:
    """What `elsewhere/inclusion.py` reads: the checkpoint, the key, and the lines, each with its path in base 64.

    It leads to the latest checkpoint that was stamped, where that has every line of the case, and holds its stamp.
    """
    lines, stamp = lines_of(case, checkpoint.size), stamps().first()
    if stamp and lines and lines[-1][0] < stamp.checkpoint.size <= checkpoint.size:
        checkpoint = stamp.checkpoint
    else:
        stamp = None
    paths = inclusions([number for number, _ in lines], checkpoint.size)
    return {
        "case": case.number,
        "key": public_words(),
        "checkpoint": checkpoint.text,
        "stamp": as_text(stamp) if stamp else "",
        "lines": [
            {"number": number, "content": content, "path": [base64.b64encode(one).decode() for one in path]}
            for (number, content), path in zip(lines, paths, strict=True)
        ],
    }


def lines_of(case: Case, size: int) -> list[tuple[int, str]]:
    """(number of the leaf, content) of the case's lines within the first `size` leaves."""
    kind = ContentType.objects.get_for_model(case)
    asked = [(one, own, [kind.pk, case.pk, size]) for one, own in BY_CASE.items()]
    if isinstance(case, Application):
        asked.append((Leaf.Kind.LEDGER, BY_APPLICATION, [case.pk, size]))
    found: list[tuple[int, str]] = []
    with connection.cursor() as cursor:
        for one, own, params in asked:
            source = SOURCES[one]
            cursor.execute(LINES.format(content=source.content, rows=source.rows, kind=one.value, own=own), params)
            found += cursor.fetchall()
    return sorted(found)
