"""Pages of the own account and of 安全认证."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.certification import pages as certification
from accounts.certification.form import KNOWN, CertificationForm
from accounts.login.account_forms import ProfileForm, ReasonForm
from accounts.login.wechat.binding import bound
from accounts.models import Invitation, Unit, UnitMember
from accounts.services import (
    reopen_certification,
    save_certification,
    set_frozen,
    shown_unit,
    submit_certification,
)
from records.rules import RuleBroken
from records.steps import may_take, seen_in
from reviews.progress import open_marks, opinions_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def account_home(request):
    """【我的帐号】: who the person is, for which units he acts, what he has agreed to."""
    memberships = UnitMember.objects.filter(user=request.user).select_related("unit").order_by("since")
    context = {
        "memberships": memberships,
        "invited": Invitation.objects.open_to(request.user).count(),
        "consents": request.user.consents.all(),
        "wechat": bound(request.user),
    }
    return render(request, "accounts/account_home.html", context)


def profile_edit(request):
    """Change name and mail address."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "资料已保存。")
        return redirect("account_home")
    request.user.refresh_from_db()
    return render(request, "accounts/profile_edit.html", {"form": form})


def certification_view(request):
    """【安全认证】: the own unit's page, or the form where there is none yet."""
    return redirect(shown_unit(request.user) or "certification_edit")


def certification_edit(request):
    """Fill in the certification: 保存 keeps a draft, 下一步 goes on to the check."""
    unit = certification.unit_to_edit(request.user, request.POST, request.GET)
    if unit.pk and not may_take(unit, "submit", request.user):
        return redirect(unit)
    form = certification_form(request, unit)
    if request.method == "POST" and form.is_valid() and keep(form):
        if request.POST.get("act") == "save":
            messages.success(request, "已保存为草稿，填写完整后点“下一步”核对并提交。")
            return redirect(certification.address("certification_edit", unit, request.user))
        return redirect(certification.address("certification_check", unit, request.user))
    said = certification.said_of(unit, opinions_of(unit)) if unit.pk else ""
    context = {"form": form, "unit": unit, "missing": form.missing(), "said": said, **certification.marks_of(form)}
    return render(request, "accounts/certification_edit.html", context)


def certification_form(request: "HttpRequest", unit: Unit) -> CertificationForm:
    """The form, empty, with what is kept, or with what was just typed."""
    return CertificationForm(
        request.POST or None,
        request.FILES or None,
        instance=unit,
        by=request.user,
        draft=request.POST.get("act") == "save",
        marks=open_marks(unit) if unit.pk else (),
        initial=None if unit.pk else certification.typed_before(request.user),
    )


def keep(form: CertificationForm) -> bool:
    """Save the certification; a refusal stands in the form, with everything that was typed."""
    try:
        save_certification(form.instance, by=form.by)
    except IntegrityError:
        form.add_error("uscc", ValidationError(KNOWN, code="known"))
    except RuleBroken as broken:
        form.add_error(None, broken.sentence)
    return not form.errors


def certification_check(request):
    """Check the answers before they are handed in."""
    unit = certification.unit_to_edit(request.user, {}, request.GET)
    if unit.pk is None or not may_take(unit, "submit", request.user):
        return redirect("certification_view")
    form = CertificationForm(instance=unit, by=request.user)
    edit = certification.address("certification_edit", unit, request.user)
    context = {"unit": unit, "edit": edit, "dossier": certification.tell(unit, request.user), "missing": form.missing()}
    return render(request, "accounts/certification_check.html", context)


def certification_detail(request, number):
    """The page of one certification, for its unit, the platform and the city."""
    context = certification.page_of(visible_unit(request, number), request.user)
    request.menu_at = context["crumbs"][-2][1]
    return render(request, "accounts/certification_detail.html", context)


@require_POST
def certification_submit(request, number):
    """Hand the certification to the platform."""
    unit = submit_certification(visible_unit(request, number), by=request.user, seen=seen_in(request.POST))
    days = unit.promised_days()
    messages.success(request, f"认证资料已提交，科服网平台将在 {days} 个工作日内审核，结果会以消息通知您。")
    return redirect(unit)


def certification_reopen(request, number):
    """Ask, then turn 认证通过 into 需重新认证: the name or the licence has changed."""
    unit = visible_unit(request, number)
    if request.method == "POST":
        unit = reopen_certification(unit, by=request.user, seen=seen_in(request.POST))
        messages.success(request, "已转为需重新认证，请更新认证资料后提交审核。")
        return redirect(certification.address("certification_edit", unit, request.user))
    if not may_take(unit, "reopen", request.user):
        return redirect(unit)
    return render(request, "accounts/certification_reopen.html", {"unit": unit})


def certification_freeze(request, number):
    """Freeze a unit for misconduct, or lift the freeze; the platform says why."""
    unit = visible_unit(request, number)
    freeze = request.POST.get("act", "unfreeze" if unit.is_frozen else "freeze") == "freeze"
    if request.method != "POST" and not may_take(unit, "freeze" if freeze else "unfreeze", request.user):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"text": form.cleaned_data["text"], "seen": seen_in(request.POST)}
        unit = set_frozen(unit, frozen=freeze, by=request.user, **said)
        messages.success(request, f"已{'冻结' if freeze else '解除冻结'}“{unit.name}”，并通知了该单位的成员。")
        return redirect(unit)
    request.menu_at = reverse("certification_list")
    return render(request, "accounts/certification_freeze.html", {"unit": unit, "form": form, "freeze": freeze})


def visible_unit(request: "HttpRequest", number: str) -> Unit:
    """The unit, where this person may see it; 404 else."""
    units = Unit.objects.visible_to(request.user).to_read()
    return get_object_or_404(units, number=number)
