"""从以往事项复制: what the unit wrote in an earlier case of the kind is shown, and taken over where the person says so (ADR 0131).

Amounts, days and declarations are in no list of fields here: they belong to one case.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.cases.models import UnitCase
from accounts.cases.pages import Crumbs
from accounts.cases.views import Verb
from records.people import PersonRequest
from records.steps import seen_in
from ui.forms import Row, SectionsMixin, model_field, read_row

MOST = 20  # earlier cases to choose from
NOTHING = "没有勾选要复制的内容，什么也没有改动。"
NO_CASE = "没有选择从哪一个以往事项复制，请先在下面选一个。"


class Line(NamedTuple):
    """One field that could be taken over."""

    name: str
    theirs: Row  # of the earlier case
    ours: Row
    is_empty: bool  # nothing stands there yet: it is ticked
    is_same: bool


def earlier_of(case: UnitCase) -> Any:
    """The other cases of the same kind and unit, the latest first."""
    cases: Any = type(case)._default_manager
    others = cases.filter(unit=case.unit_id).exclude(pk=case.pk)
    return others.select_related(*case.BESIDE).order_by("-created_at", "-pk")


def lines_of(form: type[SectionsMixin], fields: Sequence[str], earlier: UnitCase, case: UnitCase) -> list[Line]:
    """What of the earlier case could be taken over: what is empty there is not."""
    lines = []
    for name in fields:
        theirs, ours = getattr(earlier, name), getattr(case, name)
        if theirs not in (None, ""):
            before, now = (read_row(form, one, name) for one in (earlier, case))
            lines.append(Line(name, before, now, is_empty=ours in (None, ""), is_same=theirs == ours))
    return lines


def copy_page(
    request: PersonRequest, case: UnitCase, form: type[SectionsMixin], fields: Sequence[str], *, save: Verb, way: Crumbs
) -> HttpResponse:
    """Choose an earlier case, see what would be taken over, take over what is ticked. way: the crumbs of the page."""
    asked = request.POST if request.method == "POST" else request.GET
    others = earlier_of(case)
    earlier = get_object_or_404(others, number=asked["from"][:24]) if asked.get("from") else None
    edit = reverse(f"{case.PAGES}_edit", args=[case.number])
    if request.method == "POST" and earlier is not None:
        said = copied_into(
            request, case, [name for name in fields if name in request.POST.getlist("field")], earlier, save
        )
        messages.success(request, said)
        return redirect(edit)
    if request.method == "POST":
        messages.error(request, NO_CASE)
        return redirect(request.path)
    context = {
        "case": case,
        "edit": edit,
        "earlier": earlier,
        "others": others[:MOST],
        "lines": lines_of(form, fields, earlier, case) if earlier else [],
        "crumbs": way,
    }
    return render(request, "components/case/copy.html", context)


def copied_into(request: PersonRequest, case: UnitCase, names: list[str], earlier: UnitCase, save: Verb) -> str:
    """Keep the draft with these fields of the earlier case, and say what was taken over."""
    if not names:
        return NOTHING
    for name in names:
        setattr(case, name, getattr(earlier, name))
    save(case, by=request.user, seen=seen_in(request.POST))
    labels = "、".join(model_field(case, name).verbose_name for name in names)
    return f"已从 {earlier.number} 复制{labels}，请核对。"
