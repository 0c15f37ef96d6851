"""Papers find their case."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from records.models import Case, Document


def attach(case: Case, documents: Iterable[Document | None], purpose: str) -> None:
    """Tie papers to the case: from now on whoever may see the case may read them."""
    keys = [document.pk for document in documents if document is not None]
    kind = ContentType.objects.get_for_model(case)
    Document.objects.filter(pk__in=keys).update(case_type=kind, case_id=case.pk, purpose=purpose)
