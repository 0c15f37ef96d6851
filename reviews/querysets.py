"""Who sees which turn, and how an inbox is read."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q


class TurnQuerySet(models.QuerySet[Any]):
    """Reading rules of turns."""

    def visible_to(self, user: Any) -> "TurnQuerySet":
        """The turns of the person's own offices."""
        return self.filter(office__memberships__user=user, office__is_active=True)

    def open(self) -> "TurnQuerySet":
        """Not decided yet."""
        return self.filter(closed_at=None)

    def done(self) -> "TurnQuerySet":
        """Decided."""
        return self.exclude(closed_at=None)


def turn_of(user: Any, model: type[models.Model]) -> Q:
    """Condition on cases: they are or were a turn of one of the person's offices, or he sits on their panel."""
    turns = TurnQuerySet(model=model._meta.apps.get_model("reviews", "Turn")).filter(
        case_type=ContentType.objects.get_for_model(model), case_id=OuterRef("pk")
    )
    at_office = turns.filter(office__memberships__user=user, office__is_active=True)
    on_panel = turns.filter(seats__expert=user, seats__recused_at=None)
    return Q(Exists(at_office)) | Q(Exists(on_panel))
