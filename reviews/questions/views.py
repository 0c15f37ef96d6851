"""询问, 答复 and 更正建议: asked from the desk or the case, answered on a page of their own or in the case."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from records.models import Document
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.models import Question, Turn
from reviews.questions import pages
from reviews.questions.amending import amendable
from reviews.questions.forms import DeclineForm, ProposalForm, TalkForm, Typed
from reviews.questions.permissions import may_ask
from reviews.questions.services import accept, answer, ask, decline, propose


def carried_out(request: PersonRequest, form: Typed, act: Callable[[list[Document]], object]) -> bool:
    """Store what was chosen and carry out the act; a refusal stands in the form, beside everything that was typed."""
    is_valid = form.is_valid()
    try:
        papers = form.keep_papers(by=request.user) if isinstance(form, TalkForm) else []
        if is_valid:
            act(papers)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
    return not form.errors


def lead(request: PersonRequest, turn: Turn) -> None:
    """Mark in the menu where the person works on the case."""
    own = turn.case.has_member(request.user)
    request.menu_at = turn.case.get_absolute_url() if own else reverse("turn_list")


def form_page(request: PersonRequest, turn: Turn, form: Typed, title: str, text: str) -> HttpResponse:
    """One form about the case of a turn."""
    lead(request, turn)
    shown = {"turn": turn, "form": form, "title": title, "text": text, "home": pages.home_of(turn, request.user)}
    context = shown | {"crumbs": pages.crumbs(turn, request.user, title)}
    return render(request, "reviews/questions/question_form.html", context)


@require_http_methods(["GET", "POST"])
def question_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the other side about the case of a turn: the office its firm, the firm the office that has it."""
    turn = pages.find_turn(request.user, pk)
    own, home = turn.case.has_member(request.user), pages.home_of(turn, request.user)
    if request.method == "GET" and not may_ask(turn.case, request.user):
        return redirect(home)
    marks = () if own else pages.labels(turn.case)
    form = TalkForm(request.POST or None, request.FILES or None, case=turn.case, says=pages.SAYS, marks=marks)

    def act(papers: list[Document]) -> None:
        said = form.cleaned_data
        ask(turn, by=request.user, text=said["text"], marked=said.get("marked", ()), papers=papers)

    if request.method == "POST" and carried_out(request, form, act):
        messages.success(request, "询问已发出，对方会收到消息；答复显示在这里。")
        return redirect(home)
    return form_page(request, turn, form, pages.ASKS[own], "不影响审核轮次和承诺时限；双方都能看到内容和附件。")


@require_http_methods(["GET", "POST"])
def question_propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose a value for one field, in the very box in which the firm types it."""
    turn, name = pages.find_turn(request.user, pk), request.GET.get("field", "")
    if turn.case.has_member(request.user) or name not in amendable(turn.case):
        raise Http404
    form = ProposalForm(request.POST or None, case=turn.case, name=name)

    def act(_papers: list[Document]) -> None:
        propose(turn, by=request.user, field=name, value=form.typed, text=form.cleaned_data["text"])

    if request.method == "POST" and carried_out(request, form, act):
        messages.success(request, "更正建议已发给企业；企业接受后直接更正，不用退回。")
        return redirect(pages.home_of(turn, request.user))
    return form_page(
        request, turn, form, "更正建议", "企业接受后直接更正，审核在本轮继续；同一项再提建议时，代替前一次。"
    )


def answerable(request: PersonRequest, pk: int, *, proposal: bool) -> Question:
    """The question, for whoever sees its case, if it is answered in this way; 404 else."""
    question = pages.find_question(request.user, pk)
    if bool(question.field) != proposal:
        raise Http404
    return question


@require_http_methods(["GET", "POST"])
def question_read(request: PersonRequest, pk: int) -> HttpResponse:
    """What was asked and answered; a POST answers it."""
    if request.method == "GET":
        return question_page(request, pk)
    question = answerable(request, pk, proposal=False)
    form = TalkForm(request.POST, request.FILES, case=question.turn.case, says="答复")

    def act(papers: list[Document]) -> None:
        answer(question, by=request.user, text=form.cleaned_data["text"], papers=papers)

    if carried_out(request, form, act):
        messages.success(request, "答复已发出，对方会收到消息。")
        return redirect(pages.home_of(question.turn, request.user))
    return question_page(request, pk, form)


def question_page(request: PersonRequest, pk: int, form: Typed | None = None) -> HttpResponse:
    """The page of one question as it stands now."""
    question = pages.find_question(request.user, pk)
    lead(request, question.turn)
    context = pages.question_context(question, request.user, form)
    return render(request, "reviews/questions/question_read.html", context)


@require_POST
def question_accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept a proposal: one click."""
    question = answerable(request, pk, proposal=True)
    accept(question, by=request.user)
    messages.success(request, f"已接受：{question.label}更正为“{question.after}”。审核在本轮继续，不需要重新提交。")
    return redirect(pages.home_of(question.turn, request.user))


@require_POST
def question_decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the field as it is, and say why."""
    question, form = answerable(request, pk, proposal=True), DeclineForm(request.POST)

    def act(_papers: list[Document]) -> None:
        decline(question, by=request.user, text=form.cleaned_data["text"])

    if carried_out(request, form, act):
        messages.success(request, f"{question.label}没有更正，您的理由已发给审核单位。")
        return redirect(pages.home_of(question.turn, request.user))
    return question_page(request, pk, form)
