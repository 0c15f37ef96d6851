"""The worker's part; every task is safe twice."""

from celery import shared_task

from catalog.gallery import making
from news.models import ArticlePicture


@shared_task
def make_article_picture(pk: int) -> None:
    """Make the sizes of a picture of an article."""
    making.make(pk, ArticlePicture)


@shared_task
def sweep_article_pictures() -> None:
    """Make those that the queue has lost."""
    making.sweep(ArticlePicture)
