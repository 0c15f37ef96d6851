"""快速通道: a case of which every check is green, and whatever papers can say was read of them. A person still decides."""

from collections.abc import Sequence
from typing import Any

from records.people import Person
from reviews.kinds import Dossier
from reviews.models import ReviewedCase, Turn, Verdict
from reviews.phrases.pages import default_words
from reviews.rounds import Changed

READ = (
    "read"  # of a line: whether all that it compares was read of papers; no such key where it compares nothing of them
)


def is_green(findings: Sequence[dict[str, Any]]) -> bool:
    """Whether every line is green, and what was typed stands on the papers; nothing that was only typed counts."""
    read = [line[READ] for line in findings if READ in line]
    return bool(read) and all(read) and all(line["tone"] == "ok" for line in findings)


def is_express(dossier: Dossier, changed: Changed | None) -> bool:
    """The same of a whole dossier: nothing warns, and a mended case was changed only where that was asked for."""
    return is_green(dossier.findings) and not dossier.warnings and not (changed and changed.rounds[0].unasked)


def express_words(turn: Turn, case: ReviewedCase, dossier: Dossier, changed: Changed | None, user: Person) -> str:
    """The words with which one key lets such a case pass; "" for any other, and where experts decide the sum or 复核 is asked for."""
    if turn.row.panel or turn.is_appeal or not is_express(dossier, changed):
        return ""
    return default_words(turn, case, user, Verdict.PASS)
