"""消息设置, and addresses that take nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.messages.addresses import failed_of, keep_address, way_on
from accounts.messages.forms import SettingsForm
from accounts.messages.pages import addresses_of, sides_of
from notifications.models import Channel
from notifications.services import keep_wishes
from notifications.ways import wishes_for
from records.people import PersonRequest


def address_check(request: PersonRequest) -> HttpResponse:
    """Ask about the addresses that take nothing: each is good all the same, or is changed on its own page."""
    failed, way = failed_of(request.user), way_on(request)
    if request.method == "POST":
        asked = {one.channel: one for one in failed}
        if one := asked.pop(request.POST.get("channel", ""), None):
            keep_address(request.user, one.channel)
            messages.success(request, f"已记录：{one.address} 仍然有效，以后的消息照常发送。")
        here = f"{reverse('address_check')}?{urlencode({'next': way})}"
        return redirect(here if asked else way)
    return render(request, "accounts/address_check.html", {"failed": failed, "next": way})


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
