"""管理员: who keeps accounts, the catalog and the audit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Duty, User
from accounts.offices.duties import services as duties
from accounts.offices.forms import DutyForm
from notifications.models import Delivery
from records.people import Person, PersonRequest
from records.rules import RuleBroken


def given_by(request: PersonRequest) -> frozenset[str]:
    """The duties that the person gives; 404 for whoever gives none."""
    given = duties.duties_given_by(request.user)
    if not given:
        raise Http404
    return given


@require_http_methods(["GET", "POST"])
def duty_list(request: PersonRequest) -> HttpResponse:
    """Everybody with a duty, and the form that gives one."""
    given = given_by(request)
    form = DutyForm(request.POST or None, given=given)
    if request.method == "POST" and form.is_valid():
        user, duty = form.cleaned_data["account"], form.cleaned_data["duty"]
        try:
            duties.set_duty(user, duty, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"已指定{user}负责{duties.label_of(duty)}，对方已收到消息。")
            return redirect("duty_list")
    keepers = User.objects.exclude(duty="").order_by("duty", "name_key", "pk")
    rows = [keeper_row(keeper, request.user, given) for keeper in keepers]
    context = {"form": form, "rows": rows, "crumbs": [("管理员", "")], "unsent": unsent_for(request.user)}
    return render(request, "accounts/duty_list.html", context)


def unsent_for(user: Person) -> str:
    """How many mails were given up, in a sentence for whoever keeps the accounts; empty where there are none."""
    number = Delivery.objects.failed().count() if user.duty == Duty.ACCOUNTS else 0
    return f"有 {number} 封消息邮件多次没有发出，不再重试，请核对收件人的邮箱。" if number else ""


def keeper_row(keeper: User, user: Person, given: frozenset[str]) -> dict[str, Any]:
    """Somebody with a duty, what it opens to him, and whether the person may take it from him."""
    may_end = duties.may_set_duty(keeper, user, "", given)
    return {"keeper": keeper, "opens": duties.WHAT[Duty(keeper.duty)], "may_end": may_end}


@require_http_methods(["GET", "POST"])
def duty_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, then take a duty."""
    given = given_by(request)
    keeper = get_object_or_404(User.objects.exclude(duty=""), pk=pk)
    if not duties.may_set_duty(keeper, request.user, "", given):
        raise Http404
    if request.method == "POST":
        label = keeper.get_duty_display()
        duties.set_duty(keeper, "", by=request.user)
        messages.success(request, f"已免去{keeper}的{label}职责，对方已收到消息。")
        return redirect("duty_list")
    return render(request, "accounts/duty_end.html", {"keeper": keeper})
