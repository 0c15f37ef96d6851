"""Write notices; they leave when the transaction commits."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone

from notifications.kinds import Kind
from notifications.models import Delivery, Notice
from notifications.tasks import deliver
from records.kinds import kind_for
from records.people import Person


def announce(case: Any, **context: Any) -> None:
    """Tell everybody whom the case's present state concerns."""
    for kind in kind_for(case).notices.get(case.state, ()):
        notify(kind, case, **context)


def notify(kind: Kind, case: Any, **context: Any) -> None:
    """Write one notice per recipient, once each, with the words of `notices/<kind>.txt`."""
    people = {person.pk: person for person in kind.recipients(case) if person.is_active}
    if not people:
        return
    subject, body = compose(kind, case, **context)
    notices = Notice.objects.bulk_create(
        Notice(recipient=person, kind=kind.name, subject=subject, body=body, url=case.get_absolute_url())
        for person in people.values()
    )
    if kind.by_mail:
        queue_mail(notices)


def compose(kind: Kind, case: object, **context: Any) -> tuple[str, str]:
    """(subject, body) of a notice, in plain text: a page escapes it when it shows it."""
    words = Engine.get_default().get_template(f"notices/{kind.name}.txt")
    text = words.render(Context({"case": case, **context}, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    return subject, body.strip()


def queue_mail(notices: Iterable[Notice]) -> None:
    """Note the mails to send, and hand them to the worker on commit."""
    mails = Delivery.objects.bulk_create(
        Delivery(notice=notice, address=notice.recipient.proved_email)
        for notice in notices
        if notice.recipient.proved_email
    )
    for mail in mails:
        transaction.on_commit(_handing_over(mail.pk), robust=True)


def _handing_over(delivery_id: int) -> Callable[[], None]:
    """Make a function with a name, which Django's log of a failed hand-over asks for and a partial lacks."""

    def hand_over() -> None:
        deliver.delay(delivery_id)

    return hand_over


def mark_read(user: Person, *, only: int | None = None) -> int:
    """Mark one notice of the person, or all of them, as read; return how many changed."""
    notices = Notice.objects.visible_to(user).unread()
    if only is not None:
        notices = notices.filter(pk=only)
    return notices.update(read_at=timezone.now())
