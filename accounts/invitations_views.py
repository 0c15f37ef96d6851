"""Soon."""

from django.http import Http404


def invitation_list(request, **k):
    raise Http404


def unit_invite(request, **k):
    raise Http404


def invitation_answer(request, **k):
    raise Http404
