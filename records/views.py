"""Papers leave the store through one door."""

from http import HTTPStatus
from typing import Any

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from records.filenames import safe_name
from records.models import Document
from records.people import Person, PersonRequest
from records.uploads import file_lost

SHOWN = {"application/pdf", "image/jpeg", "image/png"}  # everything else is a download


def may_read(document: Document, user: Person) -> bool:
    """Whoever may see the case may read its papers; a paper without a case belongs to its uploader."""
    if document.case_id is None:
        return document.created_by_id == user.pk
    model: Any = document.case_type.model_class() if document.case_type else None
    return bool(model.objects.visible_to(user).filter(pk=document.case_id).exists())


@xframe_options_sameorigin
def document(request: PersonRequest, pk: str) -> HttpResponseBase:
    """Serve one paper to whoever may see its case; 404 for everybody else, a sentence where its file is lost."""
    paper = get_object_or_404(Document.objects.select_related("case_type"), pk=pk)
    if not may_read(paper, request.user):
        raise Http404
    try:
        content = paper.file.open("rb")
    except OSError:  # lost, or the place for papers is away
        page = {"refusal": file_lost(paper.name), "back": "", "typed": []}
        return render(request, "refusal.html", page, status=HTTPStatus.GONE)
    response = FileResponse(
        content,
        content_type=paper.content_type,
        filename=safe_name(paper.name),
        as_attachment=paper.content_type not in SHOWN,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    return response
