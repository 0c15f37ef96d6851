"""A kept file leaves: by a signed link of a minute where its place gives one, else through the portal, in little memory."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from records.filenames import safe_name
from records.storing.places import paper_store
from records.storing.refusals import file_lost


def given(file: FieldFile, *, named: str, content_type: str, by_link: bool = True) -> HttpResponseBase:
    """The file as one to keep, under a name as whoever takes it knows it; RuleBroken where it is gone or cannot be had now.

    Ask only once it is known that the person may have it: a link serves whoever holds it.
    """
    store, stored = paper_store(), file.name or ""
    try:
        address = store.link(stored, named=named, content_type=content_type) if by_link else ""
        response = HttpResponseRedirect(address) if address else streamed(stored, named, content_type)
    except OSError as trouble:
        raise file_lost(named, trouble) from trouble
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def streamed(stored: str, named: str, content_type: str) -> FileResponse:
    """Piece by piece, as it comes from its place."""
    content, size = paper_store().stream(stored)
    response = FileResponse(content, content_type=content_type, filename=safe_name(named), as_attachment=True)
    response["Content-Length"] = str(size)
    return response
