"""Soon."""

from django.http import Http404


def member_list(request, **k):
    raise Http404


def member_role(request, **k):
    raise Http404


def member_remove(request, **k):
    raise Http404


def unit_hand_over(request, **k):
    raise Http404


def unit_leave(request, **k):
    raise Http404
