"""Soon."""

from django.http import Http404


def join_new(request, **k):
    raise Http404


def join_detail(request, **k):
    raise Http404


def join_answer(request, **k):
    raise Http404


def join_withdraw(request, **k):
    raise Http404


def join_desk(request, **k):
    raise Http404
