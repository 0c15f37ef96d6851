"""A decision that rests is taken back, or takes its step: by its reviewer at once, by any visit when it is due."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from records.people import PersonRequest
from reviews.models import Rest, Turn
from reviews.rests.services import take_back, take_now
from reviews.worklist import way_of


def find_rest(request: PersonRequest, pk: int) -> Rest:
    """The decision, if its turn is one of the person's offices'; 404 for anybody else."""
    rests = Rest.objects.filter(turn__in=Turn.objects.visible_to(request.user)).select_related("turn", "reviewer")
    return get_object_or_404(rests, pk=pk)


@require_POST
def rest_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back; its words stand in the form again."""
    rest = find_rest(request, pk)
    take_back(rest, by=request.user)
    messages.success(request, "已撤回，决定没有生效，也没有发出消息。您写的意见在下面，可以修改后重新提交。")
    return redirect(f"{rest.turn.get_absolute_url()}{way_of(request.GET)}#decision")


@require_POST
def rest_take(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it take its step; the page that follows says how the turn ended, or why it did not."""
    rest = find_rest(request, pk)
    take_now(rest, by=request.user)
    after = f"{rest.turn.get_absolute_url()}{way_of(request.GET)}#content"
    return HttpResponseClientRedirect(after) if request.htmx else redirect(after)
