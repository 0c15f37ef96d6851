"""Who reads which phrase, and which fit a turn."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from records.people import Person
from reviews.querysets import places_of

if TYPE_CHECKING:  # the models read by these rules
    from reviews.models import Phrase, Turn


class PhraseQuerySet(models.QuerySet["Phrase"]):
    """Reading rules of phrases."""

    def visible_to(self, user: Person) -> Self:
        """A person's own, and those of the offices where he is at work."""
        return self.filter(Q(owner=user) | Q(office__in=places_of(user).values("office")))

    def kept_by(self, user: Person) -> Self:
        """Those that he may change: his own, and those of the offices that he leads."""
        return self.filter(Q(owner=user) | Q(office__in=places_of(user).leading().values("office")))

    def fitting(self, turn: "Turn", user: Person) -> Self:
        """What may be said at this turn: the person's own first, then those of the turn's office."""
        mine = self.filter(Q(owner=user) | Q(office=turn.office_id))
        of_kind = mine.filter(Q(case_type=None) | Q(case_type=turn.case_type_id))
        return of_kind.order_by(models.F("owner").asc(nulls_last=True), "title", "pk")
