"""The lists of the desk: 待办 with its tabs, 已办, 全部事项; a person's views and columns."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from reviews.lists.filters import AllFilter, DoneFilter, ListFilter
from reviews.lists.forms import LISTS, ViewForm
from reviews.lists.pages import list_page
from reviews.lists.scope import ANYWHERE, Scope, lent_to, seats_of
from reviews.lists.services import asked_by, choose_columns, delete_view, save_view
from reviews.lists.tabs import DONE, tab_of, tabs_shown
from reviews.models import Office, SavedView
from reviews.rests.pages import rests_of
from reviews.worklist import way_of
from ui.listing import exported

COLUMNS = {  # of a list that is taken away
    "编号": "number",
    "事项": "matter",
    "名称": "title",
    "申请单位": "unit_name",
    "环节": "stage",
    "轮次": "round",
    "金额（元）": "amount",
    "区": "district",
    "服务类别": "category",
    "办理单位": "office",
    "到达": "opened_at",
    "承诺办结": "due_on",
    "办结": "closed_at",
    "结果": "ending",
}


@exported("待办", COLUMNS)
@require_GET
def turn_list(request: PersonRequest) -> HttpResponse:
    """待办 and its tabs: what lies at the person's offices, the most urgent first."""
    tab, user = tab_of(request.GET), request.user
    found = ListFilter(request.GET, tab.scope(user), tab.narrowed(user))
    more = {
        "tab": tab,
        "tabs": tabs_shown(user, tab),
        "lent": lent_to(user),
        "title": tab.label,
        "rests": rests_of(user),
    }
    return list_page(request, "turn_list", found, tab.sort, way_of(request.GET), **more)


@exported("已办", COLUMNS)
@require_GET
def turn_done_list(request: PersonRequest) -> HttpResponse:
    """已办: what the person's offices have decided, the latest first."""
    found = DoneFilter(request.GET, DONE.scope(request.user), Q())
    tabs = tabs_shown(request.user, DONE)
    return list_page(request, "turn_done_list", found, DONE.sort, tab=DONE, tabs=tabs, title=DONE.label)


@exported("全部事项", COLUMNS)
@require_GET
def turn_all_list(request: PersonRequest) -> HttpResponse:
    """全部事项: every turn of every office, for 市科技局 alone; 404 for anybody else."""
    if not any(kind == Office.Kind.MUNICIPAL for _, kind, _ in seats_of(request.user)):
        raise Http404
    found = AllFilter(request.GET, Scope(None, ANYWHERE), Q())
    return list_page(request, "turn_all_list", found, "-opened_at", title=LISTS["turn_all_list"])


@require_GET
def view_list(request: PersonRequest) -> HttpResponse:
    """我的视图: every view of the person, to be opened, called otherwise or thrown away."""
    return views_page(request)


def views_page(request: PersonRequest, refused: ViewForm | None = None) -> HttpResponse:
    """The person's views; refused: the form of one, new or not, whose name cannot be."""
    views = SavedView.objects.filter(user=request.user)
    forms = [refused if refused and refused.instance.pk == view.pk else ViewForm(instance=view) for view in views]
    new = refused if refused and refused.instance.pk is None else None
    crumbs = [("审核工作台", reverse("turn_list")), ("我的视图", "")]
    context = {"rows": [(form, LISTS[form.instance.page]) for form in forms], "new": new, "crumbs": crumbs}
    return render(request, "reviews/lists/view_list.html", context)


@require_GET
def view_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The address of a view: it leads to the list as it was saved."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    return redirect(f"{reverse(view.page)}{'?' if view.query else ''}{view.query}")


@require_POST
def view_save(request: PersonRequest) -> HttpResponse:
    """Keep the list as it is narrowed and sorted now, under a name."""
    page = request.POST.get("page", "")
    if page not in LISTS:
        raise Http404
    query = asked_by(request.POST.get("query", ""))
    view = SavedView(user=request.user, page=page, query=query)
    form = ViewForm(request.POST, instance=view)
    if not form.is_valid():
        return views_page(request, form)
    save_view(view, by=request.user)
    messages.success(request, f"已保存为视图“{view}”，它有自己的地址，可以收藏。")
    return redirect(f"{reverse(page)}{'?' if query else ''}{query}")


@require_POST
def view_rename(request: PersonRequest, pk: int) -> HttpResponse:
    """Call a view otherwise."""
    form = ViewForm(request.POST, instance=get_object_or_404(SavedView, pk=pk, user=request.user))
    if not form.is_valid():
        return views_page(request, form)
    save_view(form.instance, by=request.user)
    messages.success(request, f"视图现在叫“{form.instance}”。")
    return redirect("view_list")


@require_POST
def view_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a view away."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    delete_view(view, by=request.user)
    messages.success(request, f"视图“{view}”已删除，事项没有变化。")
    return redirect("view_list")


@require_POST
def list_columns(request: PersonRequest, name: str) -> HttpResponse:
    """Keep which columns of a list the person wants."""
    if name not in LISTS:
        raise Http404
    choose_columns(name, request.POST.getlist("column"), by=request.user)
    query = asked_by(request.POST.get("query", ""))
    return redirect(f"{reverse(name)}{'?' if query else ''}{query}")
