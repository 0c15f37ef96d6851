"""What the desks' pages show beside the rows themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty
from catalog.desk.acts import SUSPEND, Act
from catalog.desk.carrying import MOST, counted, key_of, line_of
from catalog.desk.forms import ReasonForm
from catalog.desk.kind import ROW
from catalog.desk.rooms import Room
from catalog.gallery.pages import pictures_page
from catalog.models import DeskAct, LabBatch, Laboratory, Product, Provider, SheetRow
from records.labels import label_of
from records.models import Event, Trailed
from records.people import Person
from ui.figures import are_figures

BY_SHEET = "按表格“{name}”{tab}第 {number} 行新增"
FIRST = 20  # rows that are shown of all that were found
SHOWN = ("done", "left")
SHUT = "平台已停用“{name}”{told}：它的产品不在科淘展示，也不接受新订单，已有订单照常办理。有疑问的，请与平台联系。"
HISTORY = 30  # lines of one row
Crumbs = list[tuple[str, str]]


def crumbs(room: Room, *further: tuple[str, str]) -> Crumbs:
    """用户中心, the list and the page itself."""
    return [("用户中心", reverse("user_center")), (room.title, room.url), *further]


def acts_crumbs(*further: tuple[str, str]) -> Crumbs:
    """用户中心 and 批量操作."""
    return [("用户中心", reverse("user_center")), *further]


def report_crumbs(act: DeskAct, user: Person) -> Crumbs:
    """The way to a report: from 批量操作 for a curator, from 我的产品 for a provider."""
    way = ("批量操作", "desk_act_list") if user.duty == Duty.CATALOG else ("我的产品", "provider_product_list")
    return acts_crumbs((way[0], reverse(way[1])), (f"{act}的结果", ""))


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
        "total": len(lines),
        "changes": sum(1 for line in lines if line["done"]),
        "form": form,
        "back": room.url,
        "crumbs": crumbs(room, (act.label, "")),
    }


def all_context(room: Room, act: Act, rows: QuerySet[Any], form: ReasonForm, sent: QueryDict) -> dict[str, Any]:
    """The same of all that was found: counted, the first rows one by one."""
    first = rows.select_related(*room.beside).order_by("pk")[:FIRST]
    total, same = counted(rows), counted(rows.filter(act.as_it_is))
    found = {"found": sent.get("found", ""), "same": same, "total": total, "changes": total - same}
    return act_context(room, act, lines_of(act, first), form) | found | {"whole": True}


def found_in(room: Room, scope: QuerySet[Any], sent: QueryDict) -> QuerySet[Any] | None:
    """All that the list has found under its conditions; None where one of them is no condition, and would narrow nothing."""
    found = room.filter(QueryDict(sent.get("found", "")), scope)
    return found.qs if found.form.is_valid() else None


def report_rows(act: DeskAct, show: str) -> QuerySet[Any]:
    """The rows of an act of which it is known what became of them."""
    rows: QuerySet[Any] = act.rows.filter(done__isnull=False)
    return rows.filter(done=show == "done") if show in SHOWN else rows


def report_tabs(act: DeskAct, show: str) -> list[dict[str, Any]]:
    """One tab for all of them, one for each outcome."""
    tabs = (("", "全部", act.worked_off), ("done", "已改变", act.done), ("left", "未改变", act.left))
    return [{"label": label, "url": f"?show={key}", "active": show == key, "count": n} for key, label, n in tabs]


def facts_of(row: Trailed) -> list[tuple[str, str, str]]:
    """(label, words, address) of what a row is known by beside its name."""
    if isinstance(row, Product):
        return [("编号", row.number, ""), of_provider(row.provider), of_pictures(row)]
    if isinstance(row, Laboratory):
        return [("编号", row.number, ""), of_provider(row.provider), ("依托单位", row.host_name, "")]
    if isinstance(row, Provider):
        unit = row.unit.name if row.unit else ""
        known = ("统一社会信用代码", row.legal_uscc), ("帐号所属单位", unit)
        return [*((label, words, "") for label, words in known if words), of_pictures(row)]
    return []


def of_pictures(row: Product | Provider) -> tuple[str, str, str]:
    """How many photographs there are, with the page of them."""
    return "图片", f"{row.pictures.count()} 张", pictures_page(row)


def of_provider(provider: Provider) -> tuple[str, str, str]:
    """The institution, with the curator's page of it."""
    return "机构", provider.name, reverse("curator_providers_row", args=[provider.pk])


def public_page(row: Trailed) -> str:
    """The address of the row's public page; "" where visitors find none."""
    is_hidden = (isinstance(row, Product) and row.status == Product.Status.DRAFT) or (
        isinstance(row, LabBatch) and row.published_on is None
    )
    is_hidden = is_hidden or (isinstance(row, Laboratory) and row.batch.published_on is None)
    return "" if is_hidden or not hasattr(row, "get_absolute_url") else str(row.get_absolute_url())


def beside(room: Room, row: Trailed) -> dict[str, Any]:
    """What stands beside the form of a row: what it is known by, how it stands, what can be done, its history."""
    if not row.pk:
        return {"facts": [], "public": "", "key": "", "standing": "", "acts": [], "history": []}
    return {
        "facts": facts_of(row),
        "public": public_page(row),
        "key": key_of(row),
        "standing": "、".join(dict.fromkeys(act.now(row) for act in room.acts)),
        "acts": [act for act in room.acts if not act.against(row)],
        "history": history_of(row),
    }


def standing_of(providers: QuerySet[Provider]) -> list[str]:
    """What their people read of each provider: since when, and why, the platform has put it out of use; "" of one in use."""
    kind = ContentType.objects.get_for_model(Provider)
    ends = Event.objects.filter(case_type=kind, case_id=OuterRef("pk"), step=SUSPEND.step).order_by("-sequence")
    told = (
        providers.values_list("name", "is_active")
        .annotate(at=Subquery(ends.values("at")[:1]))
        .annotate(why=Subquery(ends.values("text")[:1]))
    )
    return [
        "" if is_active else SHUT.format(name=name, told=f"（{timezone.localdate(at)}，原因：{why}）" if why else "")
        for name, is_active, at, why in told
    ]


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
