"""Find a firm, and read its file."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from tten.firm import pages
from tten.firm.faces import faces
from tten.firm.forms import FileForm, FindForm
from tten.firm.lines import Firm, lines_of
from tten.firm.readers import Reader, same_firm
from ui.listing import exported
from ui.paging import page_of


def reader_of(request: PersonRequest) -> Reader:
    """The person at his desk; 404 for whoever reads no firm's file."""
    reader = Reader.of(request.user)
    if not reader.may_read:
        raise Http404
    return reader


@exported(pages.TITLE, {"单位名称": "name", "统一社会信用代码": "uscc", "编号": "number", "所在区": "district"})
@require_GET
def firm_list(request: PersonRequest) -> HttpResponse:
    """单位档案: the firms that were looked for, as far as the person sees anything of them."""
    reader, form = reader_of(request), FindForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    page = page_of(request, pages.found_by(reader, words))
    context = {"form": form, "page": page, "words": words, "crumbs": [(pages.TITLE, "")]}
    return render(request, "firm/firm_list.html", context)


@exported(
    pages.TITLE,
    {
        "时间": "moment",
        "类别": "label",
        "事项": "matter",
        "编号": "number",
        "名称": "title",
        "结果": "result",
        "原因": "reason",
        "内容": "words",
        "办理单位": "office",
        "轮次": "round",
        "金额（元）": "amount",
        "年度累计占用（元）": "held",
    },
)
@require_GET
def firm_detail(request: PersonRequest, number: str) -> HttpResponse:
    """All of one firm, the latest first; 404 for whoever sees nothing of it, and for its own people."""
    reader = reader_of(request)
    unit = get_object_or_404(reader.firms().select_related("district"), number=number)
    firm, form = Firm(unit, same_firm(unit), reader), FileForm(request.GET, unit)
    rows = lines_of(firm, form.asked)

    def shown(found: list[Any]) -> list[Any]:
        return faces(firm, found)

    page = page_of(request, rows, shown)
    context = pages.file_context(firm) | {"form": form, "page": page, "lines": shown(list(page.object_list))}
    return render(request, "firm/firm_detail.html", context)
