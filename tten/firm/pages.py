"""What the file of a firm shows above its lines."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Unit
from reviews.models import Verdict
from tten.firm.faces import Line, faces
from tten.firm.lines import Asked, Firm, lines_of
from tten.firm.readers import Reader
from ui.words import folded, in_columns

WHY = 3  # refusals that the head of the file names
TITLE = "单位档案"


def found_by(reader: Reader, words: str) -> QuerySet[Unit]:
    """The firms whose name, code or number holds the words, or whose case has the number; none where nothing was typed."""
    units = reader.firms().select_related("district").order_by("name", "pk")
    if not words.strip():
        return units.none()
    key = reader.firm_of(folded(words).upper().replace(" ", ""))
    return units.filter(pk=key) if key is not None else units.filter(in_columns(words, "name", "uscc"))


def refusals(firm: Firm) -> list[Line]:
    """为什么没有通过: the latest words that refused a case of the firm for good."""
    return faces(firm, list(lines_of(firm, Asked(result=Verdict.REJECT))[:WHY]))


def file_context(firm: Firm) -> dict[str, Any]:
    """The firm, and why it was refused."""
    unit = firm.unit
    return {
        "unit": unit,
        "firm": firm,
        "refusals": refusals(firm),
        "trail": reverse("trail_list") if firm.reader.audits else "",
        "crumbs": [(TITLE, reverse("firm_list")), (unit.name, "")],
    }
