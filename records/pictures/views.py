"""A paper is looked at by whoever may see its case, page by page; nobody waits here for a picture."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records.kinds import KINDS, CaseKind
from records.models import Document
from records.people import Person, PersonRequest
from records.pictures.beside import said_of
from records.pictures.models import file_of
from records.pictures.pages import View
from records.pictures.places import number_in, place_in
from records.pictures.services import storage
from records.pictures.tasks import draw
from records.queue import after_commit
from records.storing.kept import StoreAway, or_none
from records.storing.refusals import file_lost
from records.views import readable


def looked_at(request: PersonRequest, paper: Document) -> View:
    """The place of the paper that the address asks for; what is lacking there is handed to the worker."""
    view = View(paper, place_in(request.GET.dict()), number_in(request.GET.get("tries", "")))
    if view.wanted:
        have_drawn(paper, view.wanted)
    return view


@transaction.atomic
def have_drawn(paper: Document, page: int) -> None:
    """Ask the worker for the page and the next ones."""
    after_commit(draw, str(paper.pk), page)


def lost_in(paper: Document, view: View) -> str:
    """What is said where there is nothing to draw from, or nobody can say; "" while the paper lies in its place."""
    try:
        is_there = not view.is_lacking or storage().exists(paper.file.name or "")
    except StoreAway as trouble:
        return file_lost(paper.name, trouble).sentence
    if view.is_away:
        return file_lost(paper.name, StoreAway()).sentence
    return "" if is_there else file_lost(paper.name).sentence


def shown(paper: Document, view: View) -> dict[str, object]:
    """What both pages of a paper need."""
    return {"view": view, "lost": lost_in(paper, view), "beside": list(said_of(paper))}


def crumbs_of(paper: Document, user: Person) -> list[tuple[str, str]]:
    """(label, url) from the case in which the paper stands, as this person reads it, to the paper."""
    model: Any = paper.case_type.model_class() if paper.case_type else None
    kind = KINDS.get(model)
    here = [(paper.name, "")]
    if not isinstance(kind, CaseKind):
        return here
    case = model._default_manager.get(pk=paper.case_id)
    return [(case.number or str(case), kind.place_for(case, user)), *here]


@require_safe
def paper(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One page of a paper at an address of its own."""
    document = readable(request.user, pk)
    view = looked_at(request, document)
    context = shown(document, view) | {"crumbs": crumbs_of(document, request.user)}
    return render(request, "records/paper.html", context)


@require_safe
def paper_part(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The viewer alone, for the page that it stands in."""
    document = readable(request.user, pk)
    view = looked_at(request, document)
    return render(request, "records/viewer.html", shown(document, view))


def paper_wait(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The same, asked by the viewer itself until the picture is there: no sign of the person."""
    answer: HttpResponse = paper_part(request, pk)
    return answer


@require_safe
def paper_picture(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    """The picture of a page, from near where that is asked for and kept; 404 until there is one."""
    content = picture_of(readable(request.user, pk).sha256, number, zoom=request.GET.get("size") == "zoom")
    response = HttpResponse(content, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def picture_of(sha256: str, number: int, *, zoom: bool) -> bytes:
    """The picture that is kept of a page, the plain one where there is no other; Http404 where there is none."""
    for near in dict.fromkeys((zoom, False)):
        with or_none(), storage().open(file_of(sha256, number, zoom=near)) as content:
            found: bytes = content.read()
            return found
    raise Http404
