"""Pages of the own mail address, and of what a demo would have sent."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.login import entrance
from accounts.login.forms import NewMailForm
from accounts.login.views import send
from accounts.security.reauthentication import proof_needed

SHOWN = 20  # messages


@never_cache
@proof_needed
def mail_change(request: HttpRequest) -> HttpResponse:
    """登记邮箱: a code to the address proves it; until then the present one stays."""
    user: Any = request.user
    if request.method == "POST" and request.POST.get("act") == "remove":
        return entrance.drop_mail(request)
    form = NewMailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        answer: HttpResponse | None = send(
            request, form, "mail", form.cleaned_data["email"], user=user, data={"person": user.pk}
        )
        if answer:
            return answer
    return render(request, "accounts/mail_change.html", {"form": form})


@require_safe
@login_not_required
def demo_texts(request: HttpRequest) -> HttpResponse:
    """演示短信: the texts and mails of the demo, with their codes; nothing of the kind outside a demo."""
    if not settings.DEMO:
        raise Http404
    context = {"texts": latest(settings.SMS_FILE), "mails": latest(settings.DEMO_MAIL_FILE)}
    return render(request, "account/demo_texts.html", context)


def latest(name: str | Path) -> list[dict[str, str]]:
    """The last messages of a file that holds one a line, the newest first."""
    path = Path(name)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [line.split("\t") for line in reversed(lines[-SHOWN:])]
    return [dict(zip(("at", "to", "words"), row, strict=False)) for row in rows]
