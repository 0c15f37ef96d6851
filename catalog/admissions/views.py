"""Pages of 服务机构入驻: the unit's own, and the platform's list."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.cases.pages import own, refusals_of
from accounts.cases.views import check, end, hand_in, leave
from accounts.members.switching import acting_in, check_acting, current_unit, shown_unit
from catalog.admissions import pages
from catalog.admissions.dossier import ROWS
from catalog.admissions.filters import AdmissionFilter
from catalog.admissions.forms import AdmissionForm
from catalog.admissions.on_papers import paper_lines
from catalog.admissions.readings import READ, read_beside, read_into, said_meanwhile
from catalog.admissions.rows import Rows
from catalog.admissions.services import (
    claim_laboratories,
    move_admission,
    save_admission,
    start_admission,
    submit_admission,
)
from catalog.models import Admission
from catalog.permissions import UNCERTIFIED
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from records.views import readable
from reviews.case_pages import last_return
from reviews.kinds import tell
from reviews.marks import marked_keys
from reviews.models import Office
from reviews.permissions import is_at, is_municipal
from reviews.progress import open_corrections
from ui.figures import are_figures
from ui.forms import missing_of
from ui.listing import exported
from ui.paging import page_of


@require_GET
def admission_home(request: PersonRequest) -> HttpResponse:
    """服务机构入驻: start, where it stands, what comes next."""
    return render(request, "catalog/admission_home.html", pages.home_context(shown_unit(request.user), request.user))


@require_POST
def admission_start(request: PersonRequest) -> HttpResponse:
    """Begin an application, or go on with the one under way."""
    unit = current_unit(request.user)
    if unit is None:
        raise RuleBroken(*UNCERTIFIED)
    check_acting(unit, acting_in(request.POST))
    admission = start_admission(unit, by=request.user)
    return (
        redirect("admission_edit", admission.number) if admission.state in Admission.EDITABLE else redirect(admission)
    )


@require_POST
def admission_laboratories(request: PersonRequest) -> HttpResponse:
    """Take over the desks of the own laboratories."""
    unit = current_unit(request.user)
    if unit is None:
        raise Http404
    check_acting(unit, acting_in(request.POST))
    count = claim_laboratories(unit, by=request.user)
    messages.success(request, f"已接管 {count} 家实验室，现在可以在【收到的订单】确认它们的订单。")
    return redirect("provider_order_list" if count else "admission_home")


def admission_edit(request: PersonRequest, number: str) -> HttpResponse:
    """The form: 保存 keeps what is there, 添加 gives a row, 下一步 goes on to the check once everything is right."""
    admission = own(Admission, request, number)
    if admission.state not in Admission.EDITABLE:
        return leave(request, admission)
    corrections = open_corrections(admission)
    if request.method != "POST":
        form, rows = (
            AdmissionForm(instance=admission, corrections=corrections),
            Rows(admission, by=request.user, blank="add" in request.GET),
        )
        return edit_page(request, form, rows)
    act = request.POST.get("act", "save")
    data, said = typed_and_read(request, admission, act)
    form = AdmissionForm(data, instance=admission, final=act == "submit", corrections=corrections)
    rows = Rows.posted(admission, data, request.FILES, by=request.user, drop=dropped(act))
    if not kept_admission(request, form, rows):
        return edit_page(request, form, rows)
    return kept(request, admission, act, said)


def typed_and_read(request: PersonRequest, admission: Admission, act: str) -> tuple[QueryDict, str]:
    """What was typed; after 填入 of a row with what its certificate says in the boxes that are empty, and what was filled in."""
    if not act.startswith(READ):
        return request.POST, ""
    rows = Rows.posted(admission, request.POST, request.FILES, by=request.user)
    return read_into(rows, request.POST, act.removeprefix(READ))


@require_GET
def admission_read(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The part of a row that says what is read of its certificate; 404 for a paper that this person may not read."""
    return render(request, "components/read.html", said_meanwhile(readable(request.user, pk), request.GET))


def dropped(act: str) -> int | None:
    """The slot of the row whose 删除 was clicked."""
    slot = act.removeprefix("drop-")
    return int(slot) if act.startswith("drop-") and are_figures(slot) else None


def kept_admission(request: PersonRequest, form: AdmissionForm, rows: Rows) -> bool:
    """Keep what is valid; whether all of it was. What is not stays on the page with its sentence."""
    valid = [form.is_valid(), rows.is_valid()]
    try:
        admission = form.fill()
        scope = form.cleaned_data.get("scope", admission.scope.all())
        save_admission(admission, by=request.user, scope=scope, rows=rows.kept(), seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    form.is_saved = True
    return all(valid)


def kept(request: PersonRequest, admission: Admission, act: str, said: str) -> HttpResponse:
    """Where to go after a save: on to the check, or back to the form, at the rows if one was added or taken out."""
    if act == "submit":
        return redirect("admission_check", admission.number)
    edit = reverse("admission_edit", args=[admission.number])
    if act == "add":
        return redirect(f"{edit}?add=1#rows")
    messages.success(request, said or "已保存。可以随时回来继续填写，填好后点“下一步：核对”。")
    return redirect(f"{edit}#rows" if act.startswith(("drop-", READ)) else edit)


def edit_page(request: PersonRequest, form: AdmissionForm, rows: Rows) -> HttpResponse:
    """The form with its rows, what is missing and, after a return, the reviewer's words."""
    admission = form.instance
    admission.unit.know(request.user)
    read_beside(rows)
    asked = open_corrections(admission)
    context = {
        "admission": admission,
        "form": form,
        "rows": rows,
        "missing": missing_of(form),
        "returned": last_return(admission),
        "rows_to_correct": ROWS in asked,
        "asked": marked_keys(asked, ROWS),
        "saved": admission.updated_at if admission.version and form.overtaken is None else None,
        "crumbs": pages.crumbs(admission, request.user, "填写"),
        "seen": form.seen(admission.version),
        "changed": form.is_bound,
    }
    return render(request, "catalog/admission_edit.html", context)


@require_GET
def admission_check(request: PersonRequest, number: str) -> HttpResponse:
    """Check your answers: everything once more, and what still stands in the way."""
    admission = own(Admission, request, number)
    if admission.state not in Admission.EDITABLE:
        return redirect(admission)
    return check_page(request, admission)


def check_page(request: PersonRequest, admission: Admission, refusal: RuleBroken | None = None) -> HttpResponse:
    """All answers with the reasons why they cannot be handed in, if any."""
    return check(
        request,
        admission,
        refusal,
        dossier=tell(admission, request.user),
        refusals=refusals_of(admission),
        checks=paper_lines(admission),
        crumbs=pages.crumbs(admission, request.user, "核对"),
    )


@require_POST
def admission_submit(request: PersonRequest, number: str) -> HttpResponse:
    """Hand the application to the platform."""
    said = "入驻申请已提交，科服网平台将在 {} 个工作日内审核，结果会以消息通知您。"
    return hand_in(
        request,
        own(Admission, request, number),
        submit_admission,
        refused=lambda refusal: check_page(request, own(Admission, request, number), refusal),
        said=lambda case: said.format(case.promised_days()),
    )


def visible(request: PersonRequest, number: str) -> Admission:
    """The admission, where this person may see it, a page of it with its place in his menu; 404 else."""
    found: Admission = get_object_or_404(Admission.objects.visible_to(request.user).to_read(), number=number)
    if request.method == "GET":
        request.menu_at = pages.menu_at(found, request.user)
    return found


@require_GET
def admission_detail(request: PersonRequest, number: str) -> HttpResponse:
    """The page of one admission, for its unit, the platform and the city."""
    admission = visible(request, number)
    return render(request, "catalog/admission_detail.html", pages.detail_context(admission, request.user))


def admission_move(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Withdraw, suspend or resume; asks once, and asks for words where the step needs them."""
    admission = visible(request, number)
    move, form = pages.move_of(admission, step), pages.reason_form(step, request.POST or None)

    def act() -> None:
        words = form.cleaned_data["text"] if form else ""
        move_admission(admission, step, by=request.user, note=words, seen=seen_in(request.POST))

    return end(
        request,
        admission,
        step,
        move,
        act,
        form=form,
        tone="" if step == "resume" else "refuse",
        crumbs=lambda: pages.crumbs(admission, request.user, move.title),  # asked by the page alone
    )


@exported(
    "服务机构",
    {
        "编号": "number",
        "机构": "unit.name",
        "统一社会信用代码": "unit.uscc",
        "地区": "get_region_display",
        "状态": "get_state_display",
        "有效期自": "valid_from",
        "有效期至": "valid_until",
        "更新": "updated_at",
    },
)
@require_GET
def admission_list(request: PersonRequest) -> HttpResponse:
    """服务机构: everything that was handed in, for the platform and the city; 404 for anybody else."""
    if not (is_at(request.user, Office.Kind.PLATFORM) or is_municipal(request.user)):
        raise Http404
    found = AdmissionFilter(request.GET, Admission.objects.handed_in().to_read().order_by("-updated_at", "-pk"))
    page = page_of(request, found.qs)
    context = {
        "filter": found,
        "page": page,
        "crumbs": [(pages.LIST[0], "")],
    }
    return render(request, "catalog/admission_list.html", context)
