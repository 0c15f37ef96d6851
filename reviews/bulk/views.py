"""Pages of 批量办理: choose, check and confirm, follow, read the results."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.kinds import own_cases
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.bulk.forms import BulkForm
from reviews.bulk.pages import first_of, letter_of_first, phrases_for
from reviews.bulk.services import MOST, choose, start
from reviews.lists.picked import PICKED, picked_as
from reviews.lists.services import LONGEST
from reviews.models import BulkDecision, Turn, Verdict
from reviews.pages import crumbs
from reviews.querysets import TurnQuerySet
from reviews.worklist import worklist
from ui.figures import are_figures
from ui.listing import exported
from ui.paging import page_of

SHOWN = {"done": True, "left": False}


def chosen(request: PersonRequest) -> TurnQuerySet:
    """The open turns of own offices that were ticked; with `found` all that the list finds under these conditions.

    Cases of the person's own unit are not among them.
    """
    if "found" in request.POST:
        rows = worklist(request.user, QueryDict(request.POST["found"]))
    else:
        keys = [
            key for key in request.POST.getlist("turn")[: MOST + 1] if are_figures(key) and len(key) < len(str(2**63))
        ]
        rows = (
            Turn.objects.visible_to(request.user)
            .open()
            .select_related("office", "case_type")
            .filter(pk__in=keys)
            .order_by("due_on", "pk")
        )
    return rows.exclude(own_cases(request.user))


@require_POST
def bulk_choose(request: PersonRequest) -> HttpResponse:
    """Write down which turns are meant, and lead to the page that checks them."""
    try:
        return redirect(choose(list(chosen(request)[: MOST + 1]), by=request.user))
    except RuleBroken as refusal:
        messages.info(request, refusal.sentence)
        here = QueryDict(request.POST.get("here", "")[:LONGEST], mutable=True)
        here.pop(PICKED, None)
        if picked := picked_as(request.POST.getlist("turn")):
            here[PICKED] = picked
        return redirect(f"{reverse('turn_list')}{'?' if here else ''}{here.urlencode()}")


def own_decision(request: PersonRequest, pk: int) -> BulkDecision:
    """The decision, if the person has chosen it; 404 for anybody else."""
    return get_object_or_404(BulkDecision.objects.filter(by=request.user).select_related("office", "case_type"), pk=pk)


@exported(
    "批量办理结果",
    {"编号": "turn.number", "名称": "turn.title", "申请单位": "turn.unit_name", "金额": "asked", "结果": "outcome"},
)
@require_GET
def bulk_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Before it is confirmed what is meant, then how far it is, then what became of each."""
    return bulk_page(request, own_decision(request, pk))


def bulk_page(request: PersonRequest, decision: BulkDecision, form: BulkForm | None = None) -> HttpResponse:
    """The list with its sum and the one decision, or the results."""
    show = request.GET.get("show", "")
    lines = decision.lines.select_related("turn").order_by("pk")
    page = page_of(request, lines.filter(done=SHOWN[show]) if show in SHOWN else lines)
    context = {"decision": decision, "page": page, "crumbs": crumbs("批量办理")}
    if decision.is_chosen:
        context |= {
            "form": form or BulkForm(),
            "phrases": phrases_for(decision, request.user),
            "first": first_of(decision),
        }
    else:
        tabs = (("", "全部", decision.total), ("done", "已办理", decision.done), ("left", "未办理", decision.left))
        context["tabs"] = [
            {"label": label, "url": f"?show={key}", "active": show == key, "count": n} for key, label, n in tabs
        ]
    return render(request, "reviews/bulk/bulk_detail.html", context)


@require_POST
def bulk_letter(request: PersonRequest, pk: int) -> HttpResponse:
    """The message that the first of them would get as the decision stands; writes nothing. For the page that has script."""
    decision = own_decision(request, pk)
    if not (request.htmx and decision.is_chosen):
        return redirect(decision)
    return render(request, "reviews/letter.html", letter_of_first(decision, BulkForm(request.POST), request.user))


@require_POST
def bulk_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm the one decision for all of them."""
    decision, form = own_decision(request, pk), BulkForm(request.POST)
    if not form.is_valid():
        return bulk_page(request, decision, form)
    data = form.cleaned_data
    start(decision, by=request.user, verdict=Verdict(data["verdict"]), text=data["text"])
    messages.success(request, f"{decision.total} 件正在后台逐件办理，可以离开本页，办完后有消息通知您。")
    return redirect(decision)


@require_GET
def bulk_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the work is, for the page that waits; once it is over, the page comes anew."""
    decision = own_decision(request, pk)
    response = render(request, "reviews/bulk/progress.html", {"decision": decision})
    if not decision.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response
