"""Papers leave the store through one door: as files to keep. To look at them there is the viewer (`records/pictures`)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from records.models import Document
from records.people import Person, PersonRequest
from records.rules import RuleBroken
from records.storing.giving import given


def may_read(document: Document, user: Person) -> bool:
    """Whoever may see the case may read its papers; a paper without a case belongs to its uploader."""
    if document.case_id is None:
        return document.created_by_id == user.pk
    model: Any = document.case_type.model_class() if document.case_type else None
    return bool(model.objects.visible_to(user).filter(pk=document.case_id).exists())


def readable(user: Person, pk: UUID) -> Document:
    """The paper, for whoever may see its case; 404 for everybody else."""
    paper = get_object_or_404(Document.objects.select_related("case_type"), pk=pk)
    if not may_read(paper, user):
        raise Http404
    return paper


def document(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Let whoever may see its case take a paper away; 404 for everybody else, a sentence where its file is lost."""
    return taken_away(request, readable(request.user, pk))


def taken_away(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """The file of a paper that the reader may have, as one to keep; a sentence where it is lost or cannot be had now."""
    try:
        response = given(paper.file, named=paper.name, content_type=paper.content_type)
    except RuleBroken as refusal:
        page = {"refusal": refusal, "back": "", "typed": []}
        gone = refusal.code == "R-LOST"
        status = HTTPStatus.GONE if gone else HTTPStatus.SERVICE_UNAVAILABLE
        return render(request, "refusal.html", page, status=status)
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
