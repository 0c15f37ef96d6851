"""What the checks of an open case came to, kept beside its turn so that a list can be narrowed by it (docs/adr/0166).

Looked at by the clock, never by a page: a minute after a turn has opened, and all open ones each night, since papers are read,
registers answer and the firm corrects while the case lies open. It decides nothing; the dossier checks anew at each view.
"""

from django.db.models import QuerySet

from records.doors import door
from reviews.express import is_express
from reviews.kinds import Dossier, kind_of_review
from reviews.models import Looked, Turn
from reviews.pages import with_case
from reviews.rounds import changed_since

MOST = 300  # turns of one minute


def unlooked() -> QuerySet[Turn]:
    """Open turns that nobody has looked at, the first to come before the others."""
    return Turn.objects.filter(closed_at=None, looked="").order_by("pk")


def look_at(turn: Turn) -> str:
    """The gravest of what is found now; 快速通道 where all is green and was read, and a word of the office lets it pass."""
    case = with_case(turn).case
    kind = kind_of_review(case)
    findings, warnings = kind.findings(case), kind.warnings(case)
    tones = {line["tone"] for line in findings}
    if "bad" in tones:
        return Looked.BAD
    if "warn" in tones or warnings:
        return Looked.WARN
    dossier = Dossier(
        sections=kind.sections(case, own=False),
        tables=kind.tables(case),
        documents=kind.documents(case),
        findings=findings,
    )
    is_short = not (turn.row.panel or turn.is_appeal) and is_express(dossier, changed_since(case, dossier))
    return Looked.EXPRESS if is_short else Looked.FINE


@door
def keep_look(pk: int) -> None:
    """Write what is found of the turn now; nothing where it has closed meanwhile."""
    turn = Turn.objects.select_related("office", "case_type").filter(pk=pk, closed_at=None).first()
    if turn is not None:
        Turn.objects.filter(pk=pk, closed_at=None).update(looked=look_at(turn))
