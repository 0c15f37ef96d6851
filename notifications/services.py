"""Write notices; they leave when the transaction commits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.template import Context, Engine
from django.utils import timezone

from notifications.kinds import Kind, kind_named
from notifications.matters import MATTERS, Use
from notifications.models import Channel, Delivery, MessageSettings, Notice
from notifications.tasks import send_due
from notifications.ways import first_way, is_known, wishes_of
from records.doors import at_last, door
from records.kinds import kind_for
from records.models import Case
from records.people import Person
from records.queue import after_commit
from records.steps import LAST_LINE
from ui.fields import one_line

LONGEST = Notice._meta.get_field("subject").max_length


def announce(case: Any, **context: Any) -> None:
    """Tell everybody whom the case's present state concerns, but for the person who has just brought it there."""
    line = case.memory.get(LAST_LINE)
    for kind in kind_for(case).notices.get(case.state, ()):
        notify(kind, case, actor=line.actor_id if line else None, **context)


def notify(kind: Kind, case: Any, *, actor: int | None = None, **context: Any) -> None:
    """Write one notice per recipient, once each, with the words of `notices/<kind>.txt`; a verb writes its notices at last.

    actor: whose act it tells of; he has read it on the page.
    """
    people = {person.pk: person for person in kind.recipients(case) if person.is_active and person.pk != actor}
    if not people:
        return
    (subject, body), place = compose(kind, case, **context), kind.leads_to(case)
    named = {"kind": kind.name, "subject": subject, "body": body, "url": place.get_absolute_url(), **key_of(place)}
    at_last(write_notices, [Notice(recipient=person, **named) for person in people.values()])


def key_of(thing: object) -> dict[str, Any]:
    """What the notice keeps of the case that it tells of; nothing where it tells of something else."""
    if not isinstance(thing, Case):
        return {}
    return {"case_type": ContentType.objects.get_for_model(thing), "case_id": thing.pk}


def compose(kind: Kind, case: object, **context: Any) -> tuple[str, str]:
    """(subject, body) of a notice, in plain text: a page escapes it when it shows it. A subject is one short line."""
    words = Engine.get_default().get_template(f"notices/{kind.name}.txt")
    text = words.render(Context({"case": case, **context}, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    enclosed = getattr(case, "enclosure", "") if kind.encloses else ""
    return one_line(subject)[:LONGEST], f"{body.strip()}\n\n{enclosed}".strip()


def write_notices(notices: list[Notice]) -> None:
    """Write notices, and by which way each leaves first."""
    send_out(Notice.objects.bulk_create(notices))


def send_out(notices: Iterable[Notice]) -> None:
    """Note by which way each leaves first, and tell the worker on commit: a call that is lost costs a minute."""
    firsts = first_ways([notice for notice in notices if leaves(notice)])
    Delivery.objects.bulk_create(firsts)
    for channel in sorted({row.channel for row in firsts}):
        after_commit(send_due, channel)


def leaves(notice: Notice) -> bool:
    """Whether any way may lead out of the portal for it; asks nothing."""
    kind = kind_named(notice.kind)
    return (kind is None or bool(kind.ways)) and is_known(notice.recipient)


def first_ways(notices: list[Notice]) -> list[Delivery]:
    """The first way of each that has one, as its recipient wishes, and from when on it may leave."""
    if not notices:
        return []
    wishes, as_usual = wishes_of(notice.recipient_id for notice in notices), MessageSettings()
    found = (first_way(notice, wishes.get(notice.recipient_id, as_usual)) for notice in notices)
    return [row for row in found if row is not None]


@door
def keep_wishes(person: Person, chosen: Mapping[str, bool], **others: int | bool | None) -> None:
    """Keep what the person turned in 消息设置, by Matter.key; what may not be turned, or is as usual, is not kept.

    others: columns of MessageSettings, such as his quiet hours.
    """
    usual = {
        matter.key(channel): matter.use_of(channel) == Use.ON
        for matter in MATTERS.values()
        for channel in Channel
        if matter.may_turn(channel)
    }
    turned = {key: wanted for key, wanted in chosen.items() if key in usual and wanted != usual[key]}
    MessageSettings.objects.update_or_create(person=person, defaults={"chosen": turned, **others})


def mark_read(user: Person, *, only: int | None = None) -> int:
    """Mark one notice of the person, or all of them, as read; return how many changed."""
    notices = Notice.objects.visible_to(user).unread()
    if only is not None:
        notices = notices.filter(pk=only)
    return notices.update(read_at=timezone.now())
