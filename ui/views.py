"""The gallery: every component with long names, nothing at all, and errors."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ui.samples import samples


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components; a page for developers, absent in production."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/gallery.html", samples())
