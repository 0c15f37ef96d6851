"""What the pages of every case of a unit do alike: check it, hand it in, end it."""

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.cases.models import UnitCase
from accounts.cases.services import not_editable
from records.people import Person, PersonRequest
from records.rules import RuleBroken, StaleCase
from records.steps import may_take, seen_in
from reviews.kinds import Ending
from reviews.receipts import where_it_lies


class Verb(Protocol):
    """A service that moves a case."""

    def __call__(self, case: Any, /, *, by: Person, seen: int | None = None) -> Any:
        """Move the case in the person's name; RuleBroken says why not."""


def leave(request: PersonRequest, case: UnitCase) -> HttpResponse:
    """From the form of a case that is no longer edited to the case; what was typed meanwhile is shown beside the refusal."""
    if request.method == "POST":
        raise not_editable(case)
    return redirect(case)


def check(request: PersonRequest, case: UnitCase, refusal: RuleBroken | None = None, **shown: Any) -> HttpResponse:
    """Every answer once more, with what stands in the way. shown: refusals, crumbs and what the kind's own page shows.

    places, among them: on which part of the form a refusal is mended, by its sentence.

    refusal: why it was not handed in; where the content has changed since, it stands here anew, to be read and handed in.
    """
    if isinstance(refusal, StaleCase):
        shown["changed"] = refusal.sentence
    elif refusal is not None:
        shown["refusals"] = [refusal.sentence]
    addresses = {f"{act}_url": reverse(f"{case.PAGES}_{act}", args=[case.number]) for act in ("edit", "submit")}
    places = shown.get("places", {})
    shown["ways"] = [
        (sentence, f"{addresses['edit_url']}{places.get(sentence, '')}") for sentence in shown.get("refusals", ())
    ]
    template = f"{case._meta.app_label}/{case.PAGES}_check.html"
    return render(request, template, {"case": case, **addresses, **shown}, status=409 if refusal else 200)


def hand_in(
    request: PersonRequest,
    case: UnitCase,
    submit: Verb,
    *,
    refused: Callable[[RuleBroken], HttpResponse],
    said: Callable[[Any], str],
) -> HttpResponse:
    """Hand the case in and say what comes next; refused: the check page once more, with the reason."""
    try:
        case = submit(case, by=request.user, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        return refused(refusal)
    messages.success(request, said(case) + where_it_lies(case))
    return redirect(case)


def handed_in(name: str) -> str:
    """What the page says when the case is with its reviewers."""
    return f"{name}已提交。有结果时会发消息给您，也可以在【进度】里查看。"


def end(
    request: PersonRequest,
    case: UnitCase,
    step: str,
    ending: Ending,
    act: Callable[[], Any],
    *,
    form: forms.Form | None = None,
    **shown: Any,
) -> HttpResponse:
    """Ask once, then take the step. form: the words that it needs, if it needs any; shown: crumbs, tone."""
    if request.method == "POST" and (form is None or form.is_valid()):
        act()
        messages.success(request, ending.done)
        return redirect(case)
    if not may_take(case, step, request.user):
        return redirect(case)
    context = {"case": case, "ending": ending, "form": form, "url": request.path, "tone": "refuse", **shown}
    return render(request, "components/case/end.html", context)
