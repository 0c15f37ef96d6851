"""The worker's part: a paper's first pages when it is attached, the others when somebody asks for them."""

from celery import shared_task

from records.pictures import services


@shared_task
def draw(pk: str, page: int = 1) -> None:
    """Make the pictures of this page and the next ones; safe twice."""
    services.draw(pk, page)
