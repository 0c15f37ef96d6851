"""消息设置."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.messages.forms import SettingsForm
from accounts.messages.pages import addresses_of, sides_of
from notifications.models import Channel
from notifications.services import keep_wishes
from notifications.ways import wishes_for
from records.people import PersonRequest


def message_settings(request: PersonRequest) -> HttpResponse:
    """消息设置: by which ways each group of notices goes to this person, and which cannot be turned off."""
    person = request.user
    form = SettingsForm(request.POST or None, kept=wishes_for(person.pk), sides=sides_of(person))
    if request.method == "POST" and form.is_valid():
        keep_wishes(person, form.turned(), **form.quiet())
        messages.success(request, "消息设置已保存，从下一条消息起生效。")
        return redirect("message_settings")
    context = {"form": form, "addresses": addresses_of(person), "channels": Channel.labels}
    return render(request, "accounts/message_settings.html", context)
