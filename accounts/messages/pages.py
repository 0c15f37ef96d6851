"""What the pages of this room show."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.messages.addresses import failed_of
from accounts.models import memberships_of
from accounts.staff import is_staff
from notifications.matters import Side
from notifications.models import Channel
from notifications.ways import address_on
from notifications.wechat import setting
from records.people import Person
from ui.templatetags.ui import mask_mail, mask_phone

PAGES = {Channel.MAIL: "mail_change", Channel.SMS: "phone_change", Channel.WECHAT: "wechat_account"}


@dataclass(frozen=True)
class Address:
    """Where a channel finds the person, and the page on which he changes that."""

    label: str
    shown: str  # masked; empty where it does not find him
    url: str
    is_failed: bool  # whether it takes nothing any more


def addresses_of(person: Person) -> list[Address]:
    """The person's addresses, channel by channel; 微信 only where the portal sends by it."""
    channels = [channel for channel in Channel if channel != Channel.WECHAT or setting("template")]
    failed = {one.channel for one in failed_of(person)}
    return [
        Address(channel.label, masked(person, channel), reverse(PAGES[channel]), channel in failed)
        for channel in channels
    ]


def masked(person: Person, channel: Channel) -> str:
    """The address as it is shown."""
    address = address_on(person, channel)
    if channel == Channel.WECHAT:
        return "已绑定" if address else ""
    return (mask_mail if channel == Channel.MAIL else mask_phone)(address) if address else ""


def sides_of(person: Person) -> frozenset[Side]:
    """What the person is to the portal: he reads of these groups alone."""
    staff = is_staff(person)
    firm = bool(memberships_of(person)) or not staff
    return frozenset({Side.BOTH} | ({Side.STAFF} if staff else set()) | ({Side.FIRM} if firm else set()))
