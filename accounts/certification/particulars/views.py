"""更新资料: the page of the small changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.certification.particulars.forms import ParticularsForm
from accounts.certification.particulars.services import may_keep_particulars, save_particulars
from accounts.models import Unit
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in


@require_http_methods(["GET", "POST"])
def certification_particulars(request: PersonRequest, number: str) -> HttpResponse:
    """更新资料: 经办人 and 经营情况, which need no new review."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), number=number)
    if request.method == "GET" and not may_keep_particulars(unit, request.user):
        return redirect(unit)
    form = ParticularsForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid() and kept(request, form):
        return redirect(reverse("certification_detail", args=[number]))
    return render(
        request,
        "accounts/certification_particulars.html",
        {"unit": unit, "form": form, "seen": form.seen(unit.version)},
    )


def kept(request: PersonRequest, form: ParticularsForm) -> bool:
    """Whether the changes were kept; a refusal stands in the form, with everything that was typed."""
    try:
        changed = save_particulars(form.instance, by=request.user, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"已更新：{'、'.join(changed)}。" if changed else "资料没有变化。")
    return True
