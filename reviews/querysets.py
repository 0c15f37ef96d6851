"""Who sees which turn, and how an inbox is read."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone


class OfficeMemberQuerySet(models.QuerySet[Any]):
    """Reading rules of places at offices."""

    def at_work(self) -> "OfficeMemberQuerySet":
        """Places that count today: of an active office, not ended, within their days; stand-ins included."""
        day = timezone.localdate()
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        lasting = Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(begun, lasting, ended_at=None, office__is_active=True)


class TurnQuerySet(models.QuerySet[Any]):
    """Reading rules of turns."""

    def visible_to(self, user: Any) -> "TurnQuerySet":
        """The turns of the person's own offices."""
        return self.filter(office__memberships__user=user, office__is_active=True)

    def readable_by(self, user: Any) -> "TurnQuerySet":
        """The turns of own offices (then `is_mine`); to 市科技局 all of them (domain.md §4)."""
        places = self.model._meta.get_field("office").related_model.members.through.objects.filter(
            user=user, office__is_active=True
        )
        turns = self.annotate(is_mine=Exists(places.filter(office=OuterRef("office"))))
        return turns.filter(Q(is_mine=True) | Exists(places.filter(office__kind="municipal")))

    def open(self) -> "TurnQuerySet":
        """Not decided yet."""
        return self.filter(closed_at=None)

    def done(self) -> "TurnQuerySet":
        """Decided."""
        return self.exclude(closed_at=None)

    def with_group(self) -> "TurnQuerySet":
        """With `seated` and `spoken`: how many experts sit in the group, and how many of them have given their word."""
        seated = Count("seats", filter=Q(seats__recused_at=None))
        return self.annotate(seated=seated, spoken=Count("seats", filter=~Q(seats__given_at=None)))


class SeatQuerySet(models.QuerySet[Any]):
    """Reading rules of experts' seats."""

    def visible_to(self, user: Any) -> "SeatQuerySet":
        """An expert's own seats, as long as he has not stepped aside."""
        return self.filter(expert=user, recused_at=None)

    def active(self) -> "SeatQuerySet":
        """Those who have not stepped aside."""
        return self.filter(recused_at=None)

    def waiting(self) -> "SeatQuerySet":
        """A word is still owed, and the turn not decided."""
        return self.filter(given_at=None, recused_at=None, turn__closed_at=None)

    def vacant(self) -> "SeatQuerySet":
        """Left by an expert who stepped aside, and not filled again."""
        return self.exclude(recused_at=None).filter(replacement=None)


def turn_of(user: Any, model: type[models.Model]) -> Q:
    """Condition on cases: they are or were a turn of one of the person's offices, or he sits on their panel."""
    turns = TurnQuerySet(model=model._meta.apps.get_model("reviews", "Turn")).filter(
        case_type=ContentType.objects.get_for_model(model), case_id=OuterRef("pk")
    )
    at_office = turns.filter(office__memberships__user=user, office__is_active=True)
    on_panel = turns.filter(seats__expert=user, seats__recused_at=None)
    return Q(Exists(at_office)) | Q(Exists(on_panel))
