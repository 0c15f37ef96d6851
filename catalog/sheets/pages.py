"""What the pages of 表格导入 show."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Duty, Unit
from catalog.mall.facets import facet
from catalog.models import Laboratory, Product, Provider, SheetImport, SheetRow
from catalog.sheets.permissions import may_import, may_keep
from records.people import Person
from ui.paging import page_of

if TYPE_CHECKING:
    from django.core.paginator import Page

Verdict, Stage = SheetRow.Verdict, SheetImport.Stage
LEFT = "left"
LIST = ("表格导入", "sheet_list")
DESK = ("我的产品", "provider_product_list")


def crumbs(user: Person, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """用户中心, for a provider 我的产品, 表格导入 and the page itself."""
    between = [] if user.duty == Duty.CATALOG else [(DESK[0], reverse(DESK[1]))]
    return [("用户中心", reverse("user_center")), *between, (LIST[0], reverse(LIST[1])), *further]


def kinds_for(user: Person, unit: Unit | None) -> list[tuple[str, str]]:
    """(kind, label) of what the person may bring in."""
    return [(kind, label) for kind, label in SheetImport.Kind.choices if may_import(kind, user, unit)]


def may_look(user: Person, unit: Unit | None) -> bool:
    """Whether the page is in the person's menu: of whoever keeps the catalog, or belongs to a provider."""
    return user.duty == Duty.CATALOG or (unit is not None and Provider.objects.filter(unit=unit).exists())


def list_context(
    request: HttpRequest, sheets: QuerySet[SheetImport], user: Person, unit: Unit | None
) -> dict[str, Any]:
    """What came in, the latest first."""
    kind = request.GET.get("kind", "")
    found = sheets.filter(kind=kind) if kind in SheetImport.Kind.values else sheets
    return {
        "page": page_of(request, found.select_related("by", "unit")),
        "facets": [facet(request.GET, "kind", "名单", SheetImport.Kind.choices)] if user.duty == Duty.CATALOG else [],
        "kinds": kinds_for(user, unit),
        "crumbs": crumbs(user),
    }


def sheet_context(request: HttpRequest, sheet: SheetImport, user: Person) -> dict[str, Any]:
    """One file: how far it is, its rows, what can be done."""
    facts = facts_of(sheet, user)
    page = with_links(page_of(request, rows_of(request, sheet)), sheet, user)
    return facts | {"tabs": tabs_of(request, facts["counts"]), "page": page, "crumbs": crumbs(user, (sheet.name, ""))}


def facts_of(sheet: SheetImport, user: Person) -> dict[str, Any]:
    """How far a file is, and what can be done with it."""
    counts = sheet.counts()
    return {
        "sheet": sheet,
        "counts": counts,
        "writes": counts[Verdict.NEW] + counts[Verdict.CHANGED],
        "may_publish": sheet.stage == Stage.READY and may_keep(sheet, user),
        "may_undo": sheet.stage == Stage.PUBLISHED and may_keep(sheet, user),
        "may_again": sheet.stage in {Stage.READY, Stage.REFUSED, Stage.UNDONE} and may_keep(sheet, user),
    }


def with_links(page: "Page[Any]", sheet: SheetImport, user: Person) -> "Page[Any]":
    """The rows, each with the address of what it has made or changed, or is equal to."""
    rows = list(page.object_list)
    model = Laboratory if sheet.kind == SheetImport.Kind.LABORATORIES else Product
    name = "provider_product_edit" if user.duty != Duty.CATALOG else f"curator_{sheet.kind}_row"
    keys = [row.target for row in rows if row.target]
    numbers = dict(model.objects.filter(pk__in=keys).values_list("pk", "number")) if keys else {}
    for row in rows:
        row.url = reverse(name, args=[numbers[row.target]]) if row.target in numbers else ""
    page.object_list = rows
    return page


def rows_of(request: HttpRequest, sheet: SheetImport) -> QuerySet[SheetRow]:
    """The rows of the chosen verdict, or those that were to be written and were not."""
    show = request.GET.get("show", "")
    rows: QuerySet[SheetRow] = sheet.rows.all()
    if show == LEFT:
        return rows.filter(outcome__in=(SheetRow.Outcome.LEFT, SheetRow.Outcome.KEPT))
    return rows.filter(verdict=show) if show in Verdict.values else rows


def tabs_of(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    """One tab a verdict, with its count."""
    now = request.GET.get("show", "")
    of_verdicts = [(str(value), str(label), counts[value]) for value, label in Verdict.choices]
    shown = [("", "全部", sum(count for _, _, count in of_verdicts)), *of_verdicts]
    if counts[LEFT]:
        shown.append((LEFT, "没有写入", counts[LEFT]))
    return [
        {"label": label, "url": f"?show={value}", "active": now == value, "count": count}
        for value, label, count in shown
    ]
