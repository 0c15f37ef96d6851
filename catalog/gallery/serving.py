"""A made size on its way out: of products, institutions and articles alike."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from catalog.models.gallery import Made, file_of
from records.pictures.services import storage
from records.queue import after_commit
from records.storing.kept import StoreAway

if TYPE_CHECKING:
    from celery import Task


def content_of(found: Made, size: str, making: "Task") -> bytes:
    """The file; Http404 where it is gone, and then the worker makes it anew. A place that does not answer has lost nothing."""
    try:
        with storage().open(file_of(found.key, size)) as content:
            read: bytes = content.read()
            return read
    except StoreAway:
        raise
    except OSError:
        with transaction.atomic():
            after_commit(making, found.pk)
        raise Http404 from None
