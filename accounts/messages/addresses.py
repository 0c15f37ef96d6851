"""An address that takes no message: its owner says that it is good all the same, or changes it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from notifications.models import Channel
from records.doors import door
from records.locks import hold_row
from records.people import Person

COLUMNS = {Channel.MAIL: "email_failed_at", Channel.SMS: "phone_failed_at"}


@dataclass(frozen=True)
class Failed:
    """One address that is asked about."""

    channel: str
    label: str
    address: str
    why: str
    url: str  # where it is changed


def failed_of(person: Person) -> list[Failed]:
    """The person's addresses that take nothing."""
    found = (
        (Channel.MAIL, "电子邮箱", person.failed_email, "发给它的邮件被退回，对方邮局说没有这个地址", "mail_change"),
        (Channel.SMS, "手机号", person.failed_phone, "短信网关说这个号码不能接收短信", "phone_change"),
    )
    return [Failed(channel, label, at, why, reverse(url)) for channel, label, at, why, url in found if at]


@door
def keep_address(person: Person, channel: str) -> None:
    """The owner says that the address is good: messages go there again, until it fails anew."""
    name = COLUMNS[Channel(channel)]
    held = hold_row(User.objects.all(), person.pk)
    setattr(held, name, None)
    held.save(update_fields=[name])
    setattr(person, name, None)


def way_on(request: HttpRequest) -> str:
    """Where the person was going; 用户中心 where nothing safe is named."""
    path = request.POST.get("next") or request.GET.get("next") or ""
    is_path = path.startswith("/")  # what begins otherwise is looked up by name
    return path if is_path and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else reverse("user_center")
