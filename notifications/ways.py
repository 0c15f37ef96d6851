"""Which ways lead to a person, and which of them a notice goes: kind × person × channel in one place."""

from collections.abc import Iterator

from notifications.kinds import kind_named
from notifications.models import Channel, Notice
from notifications.wechat import number_of
from records.people import Person

Way = tuple[str, str]  # channel, address


def ways_of(notice: Notice) -> Iterator[Way]:
    """The ways of this notice to its recipient, the first one first; none where it stands in the portal alone."""
    kind = kind_named(notice.kind)
    for channel in kind.ways if kind else tuple(Channel):
        if address := address_on(notice.recipient, channel):
            yield channel, address


def address_on(person: Person, channel: str) -> str:
    """Where the channel finds the person: only what is proved to be his; empty where it does not."""
    if channel == Channel.MAIL:
        return person.proved_email
    if channel == Channel.SMS:
        return person.proved_phone
    return number_of(person)


def next_way(notice: Notice) -> Way | None:
    """The first way on which it has not been sent."""
    if not notice.recipient.is_active:
        return None
    gone = set(notice.deliveries.values_list("channel", flat=True))
    return next((way for way in ways_of(notice) if way[0] not in gone), None)
