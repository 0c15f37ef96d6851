"""What is usual, beside the turns of a case: no query of its own."""

from typing import TYPE_CHECKING, Any, cast

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from reviews.models import UsualTime

if TYPE_CHECKING:
    from reviews.querysets import TurnQuerySet


def with_usual(turns: "TurnQuerySet") -> "TurnQuerySet":
    """The turns with `usual`: {cases, half, most} of their office and step, or None where too few were decided."""
    same = {name: OuterRef(name) for name in ("office", "case_type", "state")}
    told = JSONObject(**{name: F(name) for name in ("cases", "half", "most")})
    named: Any = turns.annotate(usual=Subquery(UsualTime.objects.filter(**same).values(told=told)))
    return cast("TurnQuerySet", named)
