"""Which ways lead to a person, and which of them a notice goes: kind × person × channel in one place."""

from collections.abc import Iterable, Iterator

from notifications.kinds import kind_named
from notifications.models import Channel, MessageSettings, Notice
from notifications.wechat import number_of
from records.people import Person

Way = tuple[str, str]  # channel, address


def ways_of(notice: Notice, wishes: MessageSettings) -> Iterator[Way]:
    """The ways of this notice to its recipient, the first one first; none where it stands in the portal alone.

    wishes: of the recipient.
    """
    kind = kind_named(notice.kind)
    for channel in kind.ways if kind else tuple(Channel):
        is_taken = kind is None or kind.matter.takes(channel, wishes.chosen)
        if is_taken and (address := address_on(notice.recipient, channel)):
            yield channel, address


def wishes_of(people: Iterable[int]) -> dict[int, MessageSettings]:
    """Person → what he has chosen in 消息设置, for those who have; one query."""
    return {row.person_id: row for row in MessageSettings.objects.filter(person__in=set(people))}


def wishes_for(person: int) -> MessageSettings:
    """What one person has chosen; everything as usual where he has not."""
    return wishes_of([person]).get(person, MessageSettings())


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
    return next((way for way in ways_of(notice, wishes_for(notice.recipient_id)) if way[0] not in gone), None)
