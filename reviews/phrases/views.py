"""Pages of 常用语: the library, one phrase."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.models import Phrase
from reviews.pages import crumbs
from reviews.phrases.filling import DEFAULTS
from reviews.phrases.forms import PhraseForm
from reviews.phrases.services import drop_phrase, keep_phrase
from reviews.querysets import places_of
from ui.listing import exported
from ui.paging import page_of

LIST = ("常用语", "phrase_list")


def check_at_work(request: PersonRequest) -> None:
    """404 for whoever reviews nowhere."""
    if not places_of(request.user).exists():
        raise Http404


@exported("常用语", {"归属": "holder", "名称": "title", "内容": "text", "审核结果": "get_verdict_display"})
@require_GET
def phrase_list(request: PersonRequest) -> HttpResponse:
    """The person's own phrases and those of his offices."""
    check_at_work(request)
    phrases = Phrase.objects.visible_to(request.user).select_related("office", "case_type")
    kept = set(Phrase.objects.kept_by(request.user).values_list("pk", flat=True))
    context = {"page": page_of(request, phrases), "kept": kept, "defaults": DEFAULTS.items()}
    return render(request, "reviews/phrases/phrase_list.html", context | {"crumbs": crumbs(LIST[0])})


def phrase_new(request: PersonRequest) -> HttpResponse:
    """A new phrase."""
    check_at_work(request)
    return phrase_page(request, Phrase())


def phrase_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """One phrase, to whoever keeps it."""
    return phrase_page(request, get_object_or_404(Phrase.objects.kept_by(request.user), pk=pk))


def phrase_page(request: PersonRequest, phrase: Phrase) -> HttpResponse:
    """Show the form, or keep what was typed."""
    form = PhraseForm(request.POST if request.method == "POST" else None, instance=phrase, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            keep_phrase(form.instance, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"常用语“{form.instance}”已保存，办理事项时可以插入。")
            return redirect("phrase_list")
    title = f"修改“{phrase}”" if phrase.pk else "新增常用语"
    context = {"form": form, "phrase": phrase, "title": title}
    way = [*crumbs(), (LIST[0], reverse(LIST[1])), (title, "")]
    return render(request, "reviews/phrases/phrase_edit.html", context | {"crumbs": way})


@require_POST
def phrase_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a phrase out."""
    phrase = get_object_or_404(Phrase.objects.kept_by(request.user), pk=pk)
    drop_phrase(phrase, by=request.user)
    messages.success(request, f"常用语“{phrase}”已删除；已经写入的审核意见不受影响。")
    return redirect("phrase_list")
