"""The page on which a unit asks for 复核; the same for every kind of case that has the step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.cases.models import TermsCase
from accounts.cases.pages import Crumbs
from records.models import Document
from records.people import PersonRequest
from records.steps import seen_in
from reviews.appeals.forms import AppealForm
from reviews.appeals.permissions import last_word, may_appeal
from reviews.appeals.services import appeal
from reviews.questions.views import carried_out
from reviews.receipts import where_it_lies

ASK = "提交后由没有参与原决定的人员复核，理由和材料不能再改，这个决定也不能第二次申请。确定现在申请吗？"


def appeal_page(request: PersonRequest, case: TermsCase, *, way: Crumbs) -> HttpResponse:
    """The decision, and the form for reasons and papers; a refusal stands in the form, beside all that was typed."""
    if request.method != "POST" and not may_appeal(case, request.user):
        return redirect(case)
    form = AppealForm(request.POST or None, request.FILES or None, case=case)
    moved = case

    def act(papers: list[Document]) -> None:
        nonlocal moved
        moved = appeal(case, by=request.user, text=form.cleaned_data["text"], papers=papers, seen=seen_in(request.POST))

    if request.method == "POST" and carried_out(request, form, act):
        messages.success(request, "已申请复核，由没有参与原决定的人员办理。" + where_it_lies(moved))
        return redirect(case)
    context = {"case": case, "word": last_word(case), "form": form, "crumbs": way, "ask": ASK}
    return render(request, "components/case/appeal.html", context)
