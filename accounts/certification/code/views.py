"""核验代码: the page on which the platform admits a code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.certification.code.forms import ProofForm
from accounts.certification.code.services import admit_code, may_admit_code
from accounts.models import Unit
from records.people import PersonRequest
from records.steps import seen_in
from reviews.pages import paper_tabs


@require_http_methods(["GET", "POST"])
def certification_admit(request: PersonRequest, number: str) -> HttpResponse:
    """核验代码: the platform takes a code whose check digit is wrong, on paper proof, in words."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("licence"), number=number)
    if request.method == "GET" and not may_admit_code(unit, request.user):
        return redirect(unit)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        admit_code(unit, by=request.user, text=form.cleaned_data["text"], seen=seen_in(request.POST))
        messages.success(request, "代码已核验，现在可以在待办里作出审核决定。")
        turn = unit.turns.filter(closed_at=None).first()
        return redirect(turn or unit)
    request.menu_at = reverse("certification_list")
    context = {"unit": unit, "form": form, "papers": paper_tabs([unit.licence] if unit.licence else [])}
    return render(request, "accounts/certification_admit.html", context)
