"""Expert groups: the body forms them, experts speak or step aside."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews import pages, panel
from reviews.forms import PanelForm, ReplaceForm, WordForm
from reviews.kinds import tell
from reviews.models import PanelMember, PanelSeat, Turn
from reviews.panel import OWN_CASE_HEARD
from reviews.rating import criteria_of
from reviews.rounds import changed_since
from reviews.views import find_turn, turn_page
from reviews.worklist import way_of
from ui.paging import PAGE, page_of


def find_panel(request: PersonRequest, pk: int) -> Turn:
    """The own office's turn with its case, if an expert group is heard in it; 404 else."""
    turn = find_turn(request, pk)
    if not turn.row.panel:
        raise Http404
    pages.with_case(turn).case.applicant.know(request.user)
    return turn


def own_seat(request: PersonRequest, pk: int) -> PanelSeat:
    """The person's own seat; 404 for anybody else's, and for one that he has left."""
    seats = PanelSeat.objects.visible_to(request.user).select_related("turn__office", "turn__case_type")
    seat = get_object_or_404(seats, pk=pk)
    pages.with_case(seat.turn)
    return seat


@require_POST
def panel_form(request: PersonRequest, pk: int) -> HttpResponse:
    """Seat the chosen experts."""
    turn = find_panel(request, pk)
    form = PanelForm(request.POST, turn=turn)
    if form.is_valid():
        experts = list(form.cleaned_data["experts"])
        try:
            panel.form_panel(turn, experts, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"专家组已组建，{len(experts)} 位专家已收到消息。")
            return redirect(f"{turn.get_absolute_url()}{way_of(request.GET)}")
    return turn_page(request, turn, panel=form, which="form")


@require_POST
def panel_replace(request: PersonRequest, pk: int) -> HttpResponse:
    """Fill a seat that was left."""
    turn = find_panel(request, pk)
    form = ReplaceForm(request.POST, turn=turn)
    if form.is_valid():
        try:
            seat = panel.replace_recused(turn, form.cleaned_data["expert"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"已补选{seat.expert}，消息已发出。")
            return redirect(f"{turn.get_absolute_url()}{way_of(request.GET)}")
    return turn_page(request, turn, panel=form, which="replace")


@require_GET
def seat_list(request: PersonRequest) -> HttpResponse:
    """评审任务: what waits for the expert first, then what he has done."""
    seats = PanelSeat.objects.visible_to(request.user).select_related("turn__office", "turn__case_type")
    waiting = seats.waiting().order_by("turn__due_on")
    done = seats.exclude(pk__in=waiting.values("pk")).order_by("-assigned_at")
    groups = PanelMember.objects.visible_to(request.user).at_work().select_related("panel__office")
    context = {
        "groups": groups[:PAGE],
        "waiting": waiting[:PAGE],
        "count": waiting.count(),
        "page": page_of(request, done),
    }
    return render(request, "reviews/seat_list.html", {**context, "crumbs": [("专家评审", ""), ("评审任务", "")]})


@require_GET
def seat_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The dossier, read only, and the expert's word."""
    return seat_page(request, own_seat(request, pk))


def seat_page(
    request: PersonRequest, seat: PanelSeat, form: WordForm | None = None, refusal: RuleBroken | None = None
) -> HttpResponse:
    """The page of one seat."""
    case = seat.turn.case
    dossier = tell(case, request.user)
    open_form = form or WordForm(asked=case.asked_amount, criteria=criteria_of(case))
    context = {
        "seat": seat,
        "turn": seat.turn,
        "case": case,
        "dossier": dossier,
        "changed": changed_since(case, dossier, request.user),
        "papers": pages.paper_tabs(dossier.documents),
        "form": open_form if seat.is_waiting and seat.turn.is_open and not case.has_member(request.user) else None,
        "own": OWN_CASE_HEARD if seat.is_waiting and seat.turn.is_open and case.has_member(request.user) else "",
        "refusal": refusal,
        "facts": pages.facts_of(seat.turn),
        **pages.findings_context(dossier),
        "crumbs": [("评审任务", reverse("seat_list")), (seat.turn.number, "")],
    }
    return render(request, "reviews/seat_detail.html", context, status=409 if refusal else 200)


@require_POST
def seat_word(request: PersonRequest, pk: int) -> HttpResponse:
    """Record the expert's word."""
    seat = own_seat(request, pk)
    case = seat.turn.case
    form = WordForm(request.POST, asked=case.asked_amount, criteria=criteria_of(case))
    if not form.is_valid():
        return seat_page(request, seat, form)
    try:
        panel.give_word(seat, by=request.user, **form.said)
    except RuleBroken as refusal:
        return seat_page(request, own_seat(request, pk), form, refusal)
    messages.success(request, f"评审意见已提交。{panel.SEALED}")
    return redirect("seat_list")


@require_POST
def seat_recuse(request: PersonRequest, pk: int) -> HttpResponse:
    """The expert steps aside."""
    panel.recuse(own_seat(request, pk), by=request.user)
    messages.success(request, "您已回避本事项，专业机构会补选其他专家。")
    return redirect("seat_list")
