"""Soon."""

from django.http import Http404


def unit_list(request, **k):
    raise Http404


def unit_add(request, **k):
    raise Http404


def unit_switch(request, **k):
    raise Http404


def certification_new(request, **k):
    raise Http404
