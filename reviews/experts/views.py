"""Pages of 专家库: the pool for those who form groups, and an expert's own entry in it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.experts.filters import PoolFilter
from reviews.experts.forms import ProfileForm, TieForm
from reviews.experts.pool import in_pool, with_load
from reviews.experts.services import declare_tie, end_tie, keep_profile
from reviews.models import ExpertProfile, ExpertTie, Office
from reviews.querysets import expert_places_of, places_of
from ui.listing import exported
from ui.paging import page_of

READERS = (Office.Kind.BODY, Office.Kind.PLATFORM, Office.Kind.MUNICIPAL)


@exported(
    "专家库",
    {
        "姓名": "user",
        "领域": "user.expert_profile.specialty_words",
        "工作单位": "user.expert_profile.employer",
        "职称或职务": "user.expert_profile.title",
        "财务专家": "is_financial",
        "一年内评审": "heard",
        "待评审": "waits",
    },
)
@require_GET
def expert_list(request: PersonRequest) -> HttpResponse:
    """专家库, for those who form groups and those who keep the people of offices."""
    if not places_of(request.user).filter(office__kind__in=READERS).exists():
        raise Http404
    found = PoolFilter(request.GET, with_load(in_pool()))
    context = {"page": page_of(request, found.qs), "filter": found, "crumbs": [("专家库", "")]}
    return render(request, "reviews/experts/expert_list.html", context)


def check_expert(request: PersonRequest) -> None:
    """404 for whoever is no expert today."""
    if not expert_places_of(request.user).exists():
        raise Http404


def expert_mine(request: PersonRequest) -> HttpResponse:
    """The expert's own entry: what he says of himself, and the ties that he has declared."""
    check_expert(request)
    kept = ExpertProfile.objects.filter(user=request.user).first() or ExpertProfile(user=request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_bound and form.is_valid():
        keep_profile(form.instance, by=request.user)
        messages.success(request, "专家资料已保存。涉及您工作单位的事项，不会再请您评审。")
        return redirect("expert_mine")
    return mine_page(request, form, TieForm())


def mine_page(request: PersonRequest, form: ProfileForm, tie: TieForm) -> HttpResponse:
    """The page with both forms."""
    ties = ExpertTie.objects.filter(expert=request.user, ended_at=None)
    context = {"form": form, "tie": tie, "ties": ties, "crumbs": [("专家评审", ""), ("我的专家资料", "")]}
    return render(request, "reviews/experts/expert_mine.html", context)


@require_POST
def expert_tie_declare(request: PersonRequest) -> HttpResponse:
    """Declare a tie."""
    check_expert(request)
    form = TieForm(request.POST)
    if form.is_valid():
        try:
            tie = declare_tie(form.instance, by=request.user)
        except RuleBroken as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, f"已声明与{tie.name}的利害关系，涉及它的事项不会再请您评审。")
            return redirect("expert_mine")
    kept = ExpertProfile.objects.filter(user=request.user).first() or ExpertProfile()
    return mine_page(request, ProfileForm(instance=kept), form)


@require_POST
def expert_tie_end(request: PersonRequest, pk: int) -> HttpResponse:
    """The tie is over."""
    check_expert(request)
    tie = get_object_or_404(ExpertTie, pk=pk, expert=request.user, ended_at=None)
    end_tie(tie, by=request.user)
    messages.success(request, f"与{tie.name}的利害关系已结束。")
    return redirect("expert_mine")
