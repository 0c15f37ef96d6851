"""Mail leaves here: safe twice, and swept up if a worker died."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from notifications.channels import send_by_mail
from notifications.models import Delivery

MOST_TRIES = 5


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one mail unless it has left already or another worker holds it."""
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(
            sent_at=None, tries__lt=MOST_TRIES
        )
        mail = waiting.select_related("notice").filter(pk=delivery_id).first()
        if mail is None:
            return
        mail.tries += 1
        try:
            send_by_mail(mail.notice, mail.address)
        except OSError:
            mail.save(update_fields=["tries"])
            return
        mail.sent_at = timezone.now()
        mail.save(update_fields=["tries", "sent_at"])


@shared_task
def sweep() -> None:
    """Queue again what was noted but never sent (a worker was killed, the broker was away)."""
    waiting = Delivery.objects.filter(sent_at=None, tries__lt=MOST_TRIES).order_by("pk")
    for pk in waiting.values_list("pk", flat=True)[:500]:
        deliver.delay(pk)
