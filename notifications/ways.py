"""Which ways lead to a person, and which of them a notice goes: kind × person × channel in one place."""

from collections.abc import Collection, Iterable, Iterator

from notifications.kinds import kind_named
from notifications.matters import DAILY
from notifications.models import Channel, Delivery, MessageSettings, Notice
from notifications.quiet import due
from notifications.wechat import number_of, setting
from records.people import Person

Way = tuple[str, str]  # channel, address


def ways_of(notice: Notice, wishes: MessageSettings) -> Iterator[Way]:
    """The ways of this notice to its recipient, the first one first; none where it stands in the portal alone.

    wishes: of the recipient.
    """
    kind = kind_named(notice.kind)
    if kind is not None and kind.matter.in_digest and takes_digest(wishes):
        return
    for channel in kind.ways if kind else tuple(Channel):
        is_taken = kind is None or kind.matter.takes(channel, wishes.chosen)
        if is_taken and (address := address_on(notice.recipient, channel)):
            yield channel, address


def first_way(notice: Notice, wishes: MessageSettings, gone: Collection[str] = ()) -> Delivery | None:
    """Its delivery on the first of its ways on which it has not gone, due when its recipient may be disturbed; None without one."""
    way = next((way for way in ways_of(notice, wishes) if way[0] not in gone), None)
    if way is None:
        return None
    channel, address = way
    return Delivery(notice=notice, channel=channel, address=address, due_at=due(channel, wishes))


def takes_digest(wishes: MessageSettings) -> bool:
    """Whether the person is told once a morning what has arrived, instead of one by one."""
    return DAILY.takes(Channel.MAIL, wishes.chosen)


def wishes_of(people: Iterable[int]) -> dict[int, MessageSettings]:
    """Person → what he has chosen in 消息设置, for those who have; one query."""
    return {row.person_id: row for row in MessageSettings.objects.filter(person__in=set(people))}


def wishes_for(person: int) -> MessageSettings:
    """What one person has chosen; everything as usual where he has not."""
    return wishes_of([person]).get(person, MessageSettings())


def is_known(person: Person) -> bool:
    """Whether a channel may find the person; asks nothing, so that 微信 counts wherever the portal sends by it."""
    return bool(person.proved_email or person.proved_phone or setting("template"))


def address_on(person: Person, channel: str) -> str:
    """Where the channel finds the person: only what is proved to be his; empty where it does not."""
    if channel == Channel.MAIL:
        return person.proved_email
    if channel == Channel.SMS:
        return person.proved_phone
    return number_of(person)


def next_way(notice: Notice) -> Delivery | None:
    """Its delivery on the first way on which it has not been sent."""
    if not notice.recipient.is_active:
        return None
    gone = set(notice.deliveries.values_list("channel", flat=True))
    return first_way(notice, wishes_for(notice.recipient_id), gone)
