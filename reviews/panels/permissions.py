"""Who forms groups."""

from django.http import Http404

from records.people import Person
from reviews.models import Office
from reviews.permissions import is_at


def check_body(user: Person) -> None:
    """404 for whoever works at no 专业机构."""
    if not is_at(user, Office.Kind.BODY):
        raise Http404
