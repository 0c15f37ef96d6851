"""How the checks ask: by statements over whole tables that give what is broken, and no more of it than is told."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection

MOST = 5  # of each check that are told
Row = tuple[Any, ...]


def broken(statement: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The first rows of a statement that ends behind ORDER BY."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {MOST}", params)
        return list(cursor.fetchall())


class Matter(NamedTuple):
    """What a line is about."""

    kind: int
    key: int

    def __str__(self) -> str:
        """The name of the case, or its kind and key where it is gone."""
        kind = ContentType.objects.get_for_id(self.kind)
        model = kind.model_class()
        thing = model._default_manager.filter(pk=self.key).first() if model else None
        return f"{kind.name} {thing or self.key}"
