"""Who sees which group, and who is in it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from records.kinds import own_cases
from records.people import Person
from reviews.models.turns import Turn
from reviews.querysets import expert_places_of, places_of

if TYPE_CHECKING:  # the models read by these rules
    from reviews.models import Panel, PanelMember


class PanelQuerySet(models.QuerySet["Panel"]):
    """Reading rules of groups."""

    def visible_to(self, user: Person) -> Self:
        """Those of own offices, but for groups that hear a case of the person's own unit."""
        own = Turn.objects.filter(own_cases(user), panel_lines__panel=OuterRef("pk"))
        return self.filter(office__in=places_of(user).values("office")).exclude(Exists(own))

    def with_counts(self) -> Self:
        """With `cases` and `came`: how many cases it hears, how many of its experts have come; `asked`: how many it asked."""
        active = Q(members__answer__in=("", "accepted"))
        came = Count("members", filter=Q(members__answer="accepted"), distinct=True)
        asked = Count("members", filter=active, distinct=True)
        rows = self.annotate(cases=Count("lines", distinct=True), came=came, asked=asked)
        return rows.order_by("-formed_at", "-pk")


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    """Reading rules of the members of groups."""

    def visible_to(self, user: Person) -> Self:
        """An expert's own, as long as he is one, the group stands and he has not said no or left."""
        own = self.filter(Exists(expert_places_of(user)), expert=user, panel__ended_at=None)
        return own.filter(answer__in=("", "accepted"))

    def active(self) -> Self:
        """Asked, or come: neither refused nor gone."""
        return self.filter(answer__in=("", "accepted"))

    def at_work(self) -> Self:
        """Of groups with a case that is not decided, those first who have not answered."""
        open_case = Turn.objects.open().filter(panel_lines__panel=OuterRef("panel"))
        return self.filter(Exists(open_case)).order_by("answer", "panel__due_on", "pk")

    def waiting(self) -> Self:
        """Asked, and not answered yet."""
        return self.filter(answer="", panel__ended_at=None)

    def overdue(self) -> Self:
        """Not answered though the day has passed."""
        return self.waiting().filter(panel__reply_by__lt=timezone.localdate())

    def vacant(self) -> Self:
        """Refused or gone, and nobody asked in the place."""
        return self.exclude(Q(answer="") | Q(answer="accepted")).filter(replacement=None)
