"""Papers find their case, and two people who write the same one find each other."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from records.models import Case, Document
from records.rules import StaleCase


def attach(case: Case, documents: Iterable[Document | None], purpose: str) -> None:
    """Tie papers to the case: from now on whoever may see the case may read them."""
    keys = [document.pk for document in documents if document is not None]
    kind = ContentType.objects.get_for_model(case)
    Document.objects.filter(pk__in=keys).update(case_type=kind, case_id=case.pk, purpose=purpose)


def guard_version(stored: Case, typed: Case, seen: int | None) -> None:
    """Raise StaleCase if a colleague has saved something else since; count the save on `typed`.

    seen: the version on screen. A second click brings the same content again: it is no conflict.
    """
    known = typed.version if seen is None else seen
    if stored.version != known and not same_content(stored, typed):
        raise StaleCase
    typed.version = stored.version + 1


def same_content(stored: Case, typed: Case) -> bool:
    """Whether all that people type is equal; papers and instants are new with every click."""
    passing = (models.DateTimeField, models.ForeignKey)
    columns = [field for field in stored._meta.concrete_fields if not isinstance(field, passing)]
    names = [field.attname for field in columns if field.name != "version"]
    return all(getattr(stored, name) == getattr(typed, name) for name in names)
