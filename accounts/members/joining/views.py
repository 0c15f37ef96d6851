"""加入申请: asked by who comes to a known unit, answered by its administrators, failing them by 科服网."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.members.forms import AdmitForm, DeclineForm, JoinForm
from accounts.members.joining import services as joining
from accounts.members.joining.filters import JoinFilter
from accounts.members.pages import all_requests, request_context
from accounts.members.services import PLAIN
from accounts.models import JoinRequest
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.models import Office
from reviews.permissions import is_at
from ui.listing import exported
from ui.paging import page_of


def find_request(request: PersonRequest, pk: int) -> JoinRequest:
    """A request that is one's own or that one may look at; 404 for anybody else."""
    rows = JoinRequest.objects.visible_to(request.user).select_related("unit", "user", "answered_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def join_new(request: PersonRequest) -> HttpResponse:
    """申请加入单位: nothing is told of the unit but the code that was typed."""
    form = JoinForm(request.POST or None, initial={"uscc": request.GET.get("code", "")[:40]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            asked = joining.ask_to_join(said["uscc"], words=said["words"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, f"申请已提交，该单位的管理员会在 {asked.due_on:%Y-%m-%d} 前答复，结果以消息通知您。"
            )
            return redirect(asked)
    why_not = joining.why_not_ask(request.GET.get("code", "")[:40], by=request.user) if request.method == "GET" else ""
    return render(request, "accounts/join_new.html", {"form": form, "why_not": why_not})


@require_GET
def join_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One request, for who asked, and for who answers it."""
    return answer_page(request, find_request(request, pk))


def answer_page(
    request: PersonRequest, asked: JoinRequest, *, admit: AdmitForm | None = None, decline: DeclineForm | None = None
) -> HttpResponse:
    """The request with the two forms of an answer, where the person may give one."""
    context = request_context(asked, request.user)
    kind = {"own": context["runs"], "orphan": context["orphan"]}
    context |= {"admit": admit or AdmitForm(**kind), "decline": decline or DeclineForm()}
    return render(request, "accounts/join_detail.html", context)


@require_POST
def join_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """同意 with a role, or 不同意 with words; a member of the unit who runs it no more hears so."""
    if JoinRequest.objects.to_colleagues_of(request.user).filter(pk=pk).exists():
        raise RuleBroken(*PLAIN)
    asked = find_request(request, pk)
    if asked.user_id == request.user.pk:
        raise RuleBroken(*joining.OWN_REQUEST)
    if request.POST.get("act") == "decline":
        return decline(request, asked)
    context = request_context(asked, request.user)
    form = AdmitForm(request.POST, own=context["runs"], orphan=context["orphan"])
    if not form.is_valid():
        return answer_page(request, asked, admit=form)
    joining.admit(asked, form.cleaned_data["role"], by=request.user, words=form.cleaned_data["words"])
    messages.success(request, f"已同意{asked.user}加入“{asked.unit.name}”，并发消息告知。")
    return redirect(asked)


def decline(request: PersonRequest, asked: JoinRequest) -> HttpResponse:
    """Write why not, and tell the person."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return answer_page(request, asked, decline=form)
    joining.decline(asked, by=request.user, words=form.cleaned_data["reply"])
    messages.success(request, f"已答复{asked.user}，原因已发消息告知。")
    return redirect(asked)


@require_POST
def join_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    joining.take_back(find_request(request, pk), by=request.user)
    messages.success(request, "加入申请已撤回。")
    return redirect("unit_list")


@exported(
    "加入申请",
    {
        "单位": "unit.name",
        "申请人": "user.name",
        "时间": "at",
        "答复期限": "due_on",
        "结果": "get_answer_display",
    },
)
@require_GET
def join_desk(request: PersonRequest) -> HttpResponse:
    """加入申请 of the whole site, for 科服网 alone: those first that it may answer, the longest waiting first."""
    if not is_at(request.user, Office.Kind.PLATFORM):
        raise Http404
    found = JoinFilter(request.GET or {"lying": "due"}, all_requests(request.user))
    page = page_of(request, found.qs.order_by("answered_at", "at", "pk"))
    context = {"filter": found, "page": page, "crumbs": [("审核工作台", ""), ("加入申请", "")]}
    return render(request, "accounts/join_desk.html", context)
