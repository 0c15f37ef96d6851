"""工作情况: four tables on one page, each whole on a page of its own and as a spreadsheet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from reviews.lists.choices import age_bands
from reviews.pages import crumbs
from reviews.picture import figures
from reviews.picture.bars import bars_of
from reviews.picture.forms import PictureForm
from ui.listing import exported
from ui.paging import page_of
from ui.reading import read_aside

FEW = 8  # rows of a table on the page of all four
TITLE = "工作情况"
TITLES = {
    "open": "待办按环节和到达时间",
    "months": "办结和用时",
    "reasons": "退回和不通过的原因",
    "people": "审核人办结",
}
AGES = [words for _, words in age_bands()]
NOTHING = "还没有统计，每晚统计一次。"
Pairs = Sequence[tuple[str, int]]


def asked_form(request: PersonRequest) -> PictureForm:
    """What the address asks for; 404 for whoever sees the work of no office."""
    form = PictureForm(request.GET, figures.offices_pictured_for(request.user))
    if not form.offices:
        raise Http404
    return form


@require_GET
@read_aside
def picture(request: PersonRequest) -> HttpResponse:
    """The four tables, each with its drawing."""
    form = asked_form(request)
    shown = {"form": form, "crumbs": crumbs(TITLE), "counted_at": figures.counted_at(form.asked)}
    return render(
        request, "reviews/picture/picture.html", shown | {"parts": list(parts_of(form, request.GET)), "ages": AGES}
    )


def parts_of(form: PictureForm, query: QueryDict) -> Iterator[dict[str, Any]]:
    """Inputs of reviews/picture/part.html: {name, title, rows, bars, url, empty} of each table."""
    asked = form.asked
    waiting, months = figures.open_rows(asked)[:FEW], figures.month_rows(asked)
    reasons = figures.reasons_told(figures.reason_rows(asked)[:FEW])
    people = list(figures.people_rows(asked)[:FEW])
    drawn = [(f"{row.matter}·{row.stage}", row.total) for row in waiting]
    yield part("open", waiting, drawn, query, "现在没有待办。")
    decided = [(f"{month.month:%Y-%m}", month.decided) for month in reversed(months)]
    yield part("months", months if any(number for _, number in decided) else [], decided, query, NOTHING)
    counted: Counter[str] = Counter()
    for row in reasons:  # of applications and of redemptions alike: a name stands once in the drawing
        counted[row.reason] += row.number
    yield part("reasons", reasons, counted.most_common(), query, "没有退回或者不通过的事项。")
    named = [(str(place.user), vars(place)["decided"]) for place in people]
    yield part("people", people, named, query, "没有在岗的审核人员。")


def part(name: str, rows: Sequence[Any], bars: Pairs, query: QueryDict, empty: str) -> dict[str, Any]:
    """One table of the page."""
    url = f"{reverse(f'picture_{name}')}?{query.urlencode()}".rstrip("?")
    title = TITLES[name]
    return {"name": name, "title": title, "rows": rows, "bars": bars_of(title, bars), "url": url, "empty": empty}


def whole_table(
    request: PersonRequest, name: str, form: PictureForm, page: Page[Any], rows: Sequence[Any]
) -> HttpResponse:
    """One table, page by page."""
    way = [*crumbs(TITLE)[:-1], (TITLE, reverse("picture")), (TITLES[name], "")]
    shown = {"form": form, "name": name, "title": TITLES[name], "crumbs": way, "page": page, "rows": rows, "ages": AGES}
    return render(request, "reviews/picture/table.html", shown)


@exported(
    TITLES["open"],
    {
        "事项": "matter",
        "环节": "stage",
        **dict(zip(AGES, ("young", "middle", "old"), strict=True)),
        "合计": "total",
        "已超期": "overdue",
        "最早到达": "oldest",
    },
)
@require_GET
@read_aside
def picture_open(request: PersonRequest) -> HttpResponse:
    """What lies open, by kind, stage and age."""
    form = asked_form(request)
    page = page_of(request, figures.open_rows(form.asked))
    return whole_table(request, "open", form, page, list(page.object_list))


@exported(
    TITLES["months"],
    {
        "月份": "month_words",
        "审核单位": "office",
        "事项": "matter",
        "环节": "stage",
        "办结": "decided",
        "按期办结": "in_time",
        "按期率": "share",
        "半数用时（工作日）": "median",
        "八成用时（工作日）": "eighty",
    },
)
@require_GET
@read_aside
def picture_months(request: PersonRequest) -> HttpResponse:
    """What was decided, by month, office and stage, and how long it took."""
    form = asked_form(request)
    page = page_of(request, figures.times_rows(form.asked))
    return whole_table(request, "months", form, page, list(page.object_list))


@exported(TITLES["reasons"], {"事项": "matter", "结果": "result", "原因": "reason", "次数": "number"})
@require_GET
@read_aside
def picture_reasons(request: PersonRequest) -> HttpResponse:
    """For what cases were returned and refused."""
    form = asked_form(request)
    page = page_of(request, figures.reason_rows(form.asked), figures.reasons_told)
    rows = figures.reasons_told(page.object_list)
    return whole_table(request, "reasons", form, page, rows)


@exported(
    TITLES["people"],
    {
        "审核人": "user",
        "审核单位": "office",
        "办结": "decided",
        "按期办结": "in_time",
        "退回": "returned",
        "不通过": "refused",
        "名下待办": "has",
    },
)
@require_GET
@read_aside
def picture_people(request: PersonRequest) -> HttpResponse:
    """Who decided how much, and what he has now."""
    form = asked_form(request)
    page = page_of(request, figures.people_rows(form.asked))
    return whole_table(request, "people", form, page, list(page.object_list))
