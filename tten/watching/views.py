"""运行情况: what is wrong, since when, what to do."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from tten.watching.pages import watch_context
from tten.watching.permissions import reads_watch


@require_GET
def watch_page(request: PersonRequest) -> HttpResponse:
    """How every part of the portal runs, for keepers, auditors and 市科技局; 404 for anybody else."""
    if not reads_watch(request.user):
        raise Http404
    return render(request, "watching/watch_page.html", watch_context())
