"""分派: the page of the head of an office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policy.models import PolicyVersion
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.claims.forms import ShareForm
from reviews.claims.pages import free_at, loads_of
from reviews.claims.sharing import Sharing, offices_led_by, share_out
from reviews.models import Office
from reviews.pages import crumbs


@require_http_methods(["GET", "POST"])
def turn_share(request: PersonRequest) -> HttpResponse:
    """Who at the office has what; the head gives out what nobody has, or what one person has."""
    office, others = led_office(request)
    loads, free = loads_of(office), free_at(office)
    form = ShareForm(request.POST or None, office=office, loads=loads, free=free["count"])
    if form.is_valid():
        try:
            shared = share_out(office, form.chosen(), form.cleaned_data["to"], by=request.user, **form.how)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            tell(request, shared)
            return redirect(f"{reverse('turn_share')}?office={office.pk}")
    shown: dict[str, Any] = {"office": office, "others": others, "loads": loads, "free": free, "form": form}
    return render(request, "reviews/turn_share.html", shown | {"crumbs": crumbs("分派")})


def led_office(request: PersonRequest) -> tuple[Office, list[Office]]:
    """The office that the address names of those that the person leads, or the first; and the others. 404 where he leads none."""
    led = list(offices_led_by(request.user))
    wanted = request.GET.get("office", "")
    office = next((one for one in led if str(one.pk) == wanted), None if wanted else next(iter(led), None))
    if office is None:
        raise Http404
    return office, [one for one in led if one != office]


def tell(request: PersonRequest, shared: Sharing) -> None:
    """Say who got how many, and why some were left."""
    if shared.total:
        messages.success(request, f"已分派 {shared.total} 件：{shared.words}。他们已收到消息。")
    if shared.left:
        most = PolicyVersion.objects.remembered().share_most
        words = f"{len(shared.left)} 件没有分派：所选的人名下已满 {most} 件，或不能办理这些事项；它们留在原处。"
        messages.warning(request, words)
