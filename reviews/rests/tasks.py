"""The worker lets decisions take their steps when their time has come; every task is safe twice."""

from celery import shared_task
from django.utils import timezone

from reviews.models import Rest
from reviews.rests import work


@shared_task
def wait_for(pk: int) -> None:
    """Come back when the decision is due."""
    rest = Rest.objects.living().filter(pk=pk).first()
    if rest is not None and rest.due_at is not None:
        take_rest.apply_async((pk,), countdown=max(0.0, (rest.due_at - timezone.now()).total_seconds()))


@shared_task
def take_rest(pk: int) -> None:
    """Let a decision that is due take its step."""
    for rest in Rest.objects.due().filter(pk=pk):
        work.take(rest)


@shared_task
def sweep_rests() -> None:
    """Take what a worker that died, or a broker that was away, has left: each in a transaction of its own."""
    for pk in Rest.objects.due().order_by("due_at").values_list("pk", flat=True)[: work.MOST]:
        take_rest(pk)
    work.void_unsigned()
