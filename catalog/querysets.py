"""Who sees what of the mall, and how it is searched."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.models import Unit, UnitMember
from accounts.permissions import WRITERS
from catalog.workflow import State
from policy.calendar import today
from records.people import Person, Visitor
from reviews.models import Office
from reviews.permissions import is_at
from ui.words import found_by


class SearchedQuerySet(models.QuerySet[Any]):
    """A table with a `search_text`."""

    def search(self, query: str) -> Self:
        """Rows that hold every word, in any order; two Chinese characters are a usual word (domain.md §8).

        % and _ are looked for as themselves.
        """
        return self.filter(found_by(query, lambda word: Q(search_text__contains=word)))  # kept folded


class ProductQuerySet(SearchedQuerySet):
    """Reading rules of products."""

    def on_shelf(self) -> Self:
        """What can be ordered: on sale, of an active provider, and of a laboratory only while it is listed."""
        laboratory = Q(provider__laboratory__status="listed", provider__laboratory__batch__published_on__isnull=False)
        return self.filter(Q(provider__laboratory=None) | laboratory, status="on_sale", provider__is_active=True)

    def visible_to(self, user: Visitor) -> Self:
        """What is or was on the shelf, so that old orders resolve; of drafts the own providers' alone."""
        published = ~Q(status="draft")
        if not user.is_authenticated:
            return self.filter(published)
        return self.filter(published | Q(Exists(UnitMember.objects.filter(unit=OuterRef("provider__unit"), user=user))))

    def kept_by(self, user: Person) -> Self:
        """The products that the person keeps as a provider's member."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("provider__unit"), user=user)))

    def written_by(self, user: Person) -> Self:
        """Those that the person may change: not as 只读."""
        member = UnitMember.objects.filter(unit=OuterRef("provider__unit"), user=user, role__in=WRITERS)
        return self.filter(Exists(member))

    def of_unit(self, unit: Unit | None) -> Self:
        """The products of the providers behind which this unit stands."""
        return self.filter(provider__unit=unit) if unit is not None else self.none()

    def with_faces(self) -> Self:
        """With what a card or a row shows, in one query."""
        return self.select_related("provider__laboratory__batch", "category__parent")


class LaboratoryQuerySet(models.QuerySet[Any]):
    """Reading rules of laboratories."""

    def published(self) -> Self:
        """Of a published batch, in any status: a removed laboratory still resolves."""
        return self.filter(batch__published_on__isnull=False)


class ProviderQuerySet(models.QuerySet[Any]):
    """Reading rules of providers."""

    def kept_by(self, user: Person) -> Self:
        """The providers whose desk the person keeps."""
        return self.filter(unit__memberships__user=user)

    def written_by(self, user: Person) -> Self:
        """The providers for which the person acts: not as 只读."""
        return self.filter(unit__memberships__user=user, unit__memberships__role__in=WRITERS)

    def to_carry(self, unit: Unit) -> Self:
        """The institutions, no laboratories, that have the unit's credit code; the one that it keeps already first."""
        own = models.Case(models.When(unit=unit, then=0), default=1)
        return self.filter(uscc=unit.uscc, laboratory=None).order_by(own, "pk")

    def laboratories_of(self, unit: Unit) -> Self:
        """Laboratories without an account whose 依托单位 has the unit's credit code."""
        return self.filter(laboratory__host_uscc=unit.uscc, unit=None)


class AdmissionQuerySet(UnitCaseQuerySet):
    """Reading rules of admissions."""

    def is_overseer(self, user: Person) -> bool:
        """The platform and 市科技局."""
        return is_at(user, Office.Kind.PLATFORM) or super().is_overseer(user)

    def to_read(self) -> Self:
        """As the review desk reads it."""
        return self.select_related("unit__district", "unit__licence", "provider")

    def handed_in(self) -> Self:
        """Everything that the platform's list names: no drafts, and nothing withdrawn before it was handed in."""
        return self.exclude(submitted_at=None)

    def under_way(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=self.model.UNDER_WAY)

    def standing(self) -> Self:
        """Admitted or suspended."""
        return self.filter(state__in=self.model.IN_FORCE)

    def paused(self) -> Self:
        """Suspended."""
        return self.filter(state=State.SUSPENDED)

    def in_force(self) -> Self:
        """Admitted, the last day not past."""
        return self.filter(state=State.ADMITTED, valid_until__gte=today())

    def ended(self) -> Self:
        """Past the last day and not closed yet."""
        return self.standing().filter(valid_until__lt=today())

    def ending_by(self, day: dt.date) -> Self:
        """In force, and not longer than until this day."""
        return self.in_force().filter(valid_until__lte=day)
