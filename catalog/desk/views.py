"""The desks of the catalog: the curator's lists and the provider's own, with acts on chosen rows."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.members.switching import shown_unit
from accounts.models import Duty
from catalog.desk import pages
from catalog.desk.acts import Act
from catalog.desk.forms import ReasonForm
from catalog.desk.order import move_category
from catalog.desk.rooms import OWN, ROOMS, Room
from catalog.desk.services import ask_for_all, carry_out, keep_row, too_many
from catalog.mall.navigation import Navigation
from catalog.mall.pages import COLUMNS
from catalog.models import Category, DeskAct, Product, Provider
from records.models import Trailed
from records.people import PersonRequest
from records.rules import RuleBroken
from ui.deep import deep_page_of
from ui.listing import exported
from ui.paging import page_of

View = Callable[..., HttpResponse]
CURATOR = {"required": True, "hint": "会写进每一行的历史；下架、停用和撤下时，服务机构和有未完成订单的买方也会看到。"}
PROVIDER = {"required": False, "hint": "可以不填。填写后写进产品的历史。"}


def curator_only(view: View) -> View:
    """Not there for anybody without the duty."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.duty != Duty.CATALOG:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@curator_only
def curator_list(request: PersonRequest, room: str) -> HttpResponse:
    """One of the curator's lists."""
    return list_page(request, ROOMS[room], ROOMS[room].rows, {})


@require_GET
@curator_only
def curator_categories(request: PersonRequest) -> HttpResponse:
    """产品类别 in the order of 产品导航, on one page: they are few."""
    room = ROOMS["categories"]
    found = room.filter(request.GET, room.rows)
    shown = set(found.qs.values_list("pk", flat=True))
    rows = [row for branch in Navigation().branches for row in (branch.category, *branch.children) if row.pk in shown]
    context = {"room": room, "filter": found, "rows": rows, "crumbs": pages.crumbs(room)}
    return render(request, room.template, context)


def list_page(request: PersonRequest, room: Room, rows: QuerySet[Any], more: dict[str, Any]) -> HttpResponse:
    """The rows with their filters and what can be done with them."""
    found = room.filter(request.GET, rows)
    dense = getattr(found, "in_plenty", None)
    page = deep_page_of(request, found.qs.only("pk").order_by(), room.order, room.faces, dense=dense)
    context = {"room": room, "filter": found, "page": page, "acts": room.acts, "acts_url": ""}
    if room.acts:
        context["acts_url"] = room.act_url
    return render(request, room.template, context | {"crumbs": pages.crumbs(room)[:2]} | more)


@exported(
    "我的产品",
    COLUMNS
    | {
        "一句话介绍": "summary",
        "服务说明": "description",
        "交付成果": "deliverable",
        "执行标准": "standards",
        "主要仪器": "instruments",
        "样品要求": "samples",
        "分项价格": "price_items",
        "状态": "get_status_display",
        "更新": "updated_at",
    },
)
@require_GET
def provider_product_list(request: PersonRequest) -> HttpResponse:
    """The products of the person's present unit, whatever their status."""
    unit = shown_unit(request.user)
    standing = pages.standing_of(Provider.objects.filter(unit=unit)) if unit else []
    more = {"is_provider": bool(standing), "shut": [words for words in standing if words]}
    return list_page(request, OWN, Product.objects.of_unit(unit), more)


@require_http_methods(["GET", "POST"])
@curator_only
def curator_act(request: PersonRequest, room: str) -> HttpResponse:
    """An act on chosen rows: what it would change, then what became of each."""
    return act_page(request, ROOMS[room], ROOMS[room].rows, CURATOR)


@require_http_methods(["GET", "POST"])
def provider_product_list_act(request: PersonRequest) -> HttpResponse:
    """The same with one's own products."""
    rows = Product.objects.of_unit(shown_unit(request.user)).written_by(request.user)
    return act_page(request, OWN, rows, PROVIDER)


def act_page(request: PersonRequest, room: Room, scope: QuerySet[Any], asked: dict[str, Any]) -> HttpResponse:
    """Show what would change and ask for the reason, or do it and lead to the report."""
    sent = request.POST if request.method == "POST" else request.GET
    act = room.act(sent.get("act", ""))
    form = ReasonForm(request.POST if request.method == "POST" else None, **asked)
    if act is None:
        raise Http404
    if sent.get("all"):
        return whole_page(request, room, act, scope, form)
    rows = pages.chosen(room, scope, sent)
    shown = list(rows.select_related(*room.beside).order_by("pk"))
    if not shown:
        messages.info(request, "请先勾选要办理的行，再选择操作。")
        return redirect(room.url)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        return redirect(carry_out(act, rows, by=request.user, reason=reason, seen=pages.seen_in(request.POST)))
    return render(request, "desk/act.html", pages.act_context(room, act, pages.lines_of(act, shown), form))


def whole_page(request: PersonRequest, room: Room, act: Act, scope: QuerySet[Any], form: ReasonForm) -> HttpResponse:
    """The same with all that was found: a worker does it."""
    sent = request.POST if form.is_bound else request.GET
    rows = pages.found_in(room, scope, sent)
    if rows is None:
        messages.info(request, "筛选条件有误，没有按它查找，请改正后再选中全部。")
        return redirect(room.url)
    context = pages.all_context(room, act, rows, form, sent)
    if form.is_bound and sent.get("total") != str(context["total"]):
        form.add_error(None, f"核对之后，找到的行变为 {context['total']:,} 行，请再核对一次。")
    if form.is_bound and form.is_valid():
        return redirect(ask_for_all(act, rows, by=request.user, reason=form.cleaned_data["reason"]))
    if context["total"] > settings.DESK_ACT_ROWS:
        messages.info(request, too_many())
        return redirect(f"{room.url}?{context['found']}")
    return render(request, "desk/act.html", context)


@exported(
    "批量操作结果",
    {"对象": "name", "编号": "number", "原来": "was", "结果": "outcome"},
)
@require_GET
def desk_act_report(request: PersonRequest, pk: int) -> HttpResponse:
    """What became of each row of an act; for whoever did it, and for curators."""
    act = get_object_or_404(DeskAct.objects.visible_to(request.user).select_related("by"), pk=pk)
    show = request.GET.get("show", "")
    context = {
        "act": act,
        "page": page_of(request, pages.report_rows(act, show)),
        "crumbs": pages.report_crumbs(act, request.user),
    }
    return render(request, "desk/act_done.html", context | {"tabs": pages.report_tabs(act, show)})


@require_GET
def desk_act_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the work is, for the page that waits; once it is over, the page comes anew."""
    act = get_object_or_404(DeskAct.objects.visible_to(request.user), pk=pk)
    response = render(request, "desk/act_progress.html", {"act": act})
    if not act.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@curator_only
def desk_act_list(request: PersonRequest) -> HttpResponse:
    """What was done with several rows at once, the latest first."""
    acts = DeskAct.objects.select_related("by").filter(by__duty=Duty.CATALOG)
    return render(
        request, "desk/act_list.html", {"page": page_of(request, acts), "crumbs": pages.acts_crumbs(("批量操作", ""))}
    )


@require_http_methods(["GET", "POST"])
@curator_only
def curator_row(request: PersonRequest, room: str, key: str) -> HttpResponse:
    """One row: its words to be edited, its history beside them."""
    here = ROOMS[room]
    row = get_object_or_404(here.rows.select_related(*here.beside), **{here.key: key})
    return row_page(request, here, row)


@require_http_methods(["GET", "POST"])
@curator_only
def curator_categories_new(request: PersonRequest) -> HttpResponse:
    """A new category."""
    return row_page(request, ROOMS["categories"], Category())


def row_page(request: PersonRequest, room: Room, row: Trailed) -> HttpResponse:
    """Show the form, or keep what was typed."""
    if request.method == "POST":
        form = keep_row(partial(form_over, room, request), row, by=request.user)
        if not form.errors:
            messages.success(request, f"“{form.instance}”已保存。")
            return redirect(room.row_url(form.instance))
    else:
        form = room.form(instance=row)
    title = str(row) if row.pk else f"新增{room.title}"
    context = {"room": room, "row": row, "form": form, "title": title, "crumbs": pages.crumbs(room, (title, ""))}
    return render(request, "desk/row.html", context | pages.beside(room, row))


def form_over(room: Room, request: PersonRequest, row: Trailed) -> Any:
    """What was sent, over the row as it stands."""
    return room.form(request.POST, instance=row)


@require_POST
@curator_only
def curator_categories_move(request: PersonRequest, key: int) -> HttpResponse:
    """Put a category before the one above it, or behind the one below it."""
    category = get_object_or_404(Category, pk=key)
    try:
        move_category(category, up=request.POST.get("to") == "up", by=request.user)
    except RuleBroken as refusal:
        messages.info(request, refusal.sentence)
    return redirect(f"{ROOMS['categories'].url}#category-{category.pk}")
