"""What the desks' pages show beside the rows themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from catalog.desk.acts import Act
from catalog.desk.forms import ReasonForm
from catalog.desk.kind import ROW
from catalog.desk.rooms import Room
from catalog.desk.services import MOST, line_of
from catalog.models import SheetRow
from records.labels import label_of
from records.models import Trailed
from ui.figures import are_figures

BY_SHEET = "按表格“{name}”{tab}第 {number} 行新增"
HISTORY = 30  # lines of one row
Crumbs = list[tuple[str, str]]


def crumbs(room: Room, *further: tuple[str, str]) -> Crumbs:
    """用户中心, the list and the page itself."""
    return [("用户中心", reverse("user_center")), (room.title, room.url), *further]


def chosen(room: Room, rows: QuerySet[Any], sent: QueryDict) -> QuerySet[Any]:
    """Those of the rows whose boxes were ticked, so many at most."""
    keys = [key for key in sent.getlist("row") if key.isascii() and key.isprintable()][:MOST]
    keys = [key for key in keys if room.key != "pk" or (are_figures(key) and len(key) < len(str(2**63)))]
    return rows.filter(**{f"{room.key}__in": keys}) if keys else rows.none()


def seen_in(sent: QueryDict) -> dict[str, str]:
    """How each row stood on the page: key → words."""
    return dict(zip(sent.getlist("row"), sent.getlist("was"), strict=False))


def lines_of(act: Act, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What the act would do to each of the rows."""
    return [line_of(act, row) for row in rows]


def act_context(room: Room, act: Act, lines: Sequence[Mapping[str, Any]], form: ReasonForm) -> dict[str, Any]:
    """The page that shows an act before it is done."""
    return {
        "act": act,
        "lines": lines,
        "changes": sum(1 for line in lines if line["done"]),
        "form": form,
        "back": room.url,
        "crumbs": crumbs(room, (act.label, "")),
    }


def history_of(row: Trailed) -> list[dict[str, Any]]:
    """What was done with the row, in words, the latest first; what a spreadsheet has made, its row tells (ADR 0114)."""
    events = row.events.select_related("actor").order_by("-sequence")[:HISTORY]
    lines = [{"at": event.at, "by": str(event.actor), "what": label_of(event), "text": event.text} for event in events]
    made = SheetRow.objects.that_made(row) if len(lines) < HISTORY else None
    return [*lines, born(made)] if made else lines


def born(row: SheetRow) -> dict[str, Any]:
    """The line of what a row of a spreadsheet has made."""
    sheet, tab = row.sheet, f"工作表“{row.tab}”" if row.tab else ""
    return {
        "at": sheet.published_at or sheet.created_at,
        "by": str(sheet.publisher or sheet.by),
        "what": ROW["row_made"],
        "text": BY_SHEET.format(name=sheet.name, tab=tab, number=row.number),
        "url": sheet.get_absolute_url(),
    }
