"""Who reads the file of a firm, and which of its cases: never more than the cases' own pages would show him."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Duty, Unit
from catalog.models import Admission
from records.kinds import case_kinds
from records.models import Case
from records.people import Person
from reviews.models import Office, ReviewedCase, Turn
from reviews.querysets import places_of

DESKS = frozenset({Office.Kind.PLATFORM, Office.Kind.DISTRICT, Office.Kind.BODY, Office.Kind.MUNICIPAL})
OF_PLATFORM: tuple[type[Case], ...] = (Unit, Admission)  # whose cases 科服网 sees all


@dataclass(frozen=True)
class Reader:
    """A person at his desk."""

    user: Person
    kinds: frozenset[str]  # of the offices where he is at work today

    @classmethod
    def of(cls, user: Person) -> "Reader":
        """What the person is today; one query."""
        return cls(user, frozenset(places_of(user).values_list("office__kind", flat=True)))

    @property
    def audits(self) -> bool:
        """Whether he reads the trail and opens no case."""
        return self.user.duty == Duty.AUDIT

    @property
    def sees_all(self) -> bool:
        """市科技局, and whoever audits."""
        return self.audits or Office.Kind.MUNICIPAL in self.kinds

    @property
    def may_read(self) -> bool:
        """Whether there is a file for him at all."""
        return self.audits or bool(self.kinds & DESKS)

    def rule(self, model: type[Case]) -> Q | None:
        """Condition on the cases of a kind that he may see; None where he sees none. Drafts are nobody's at a desk."""
        handed_in = ~Q(state__in=model.DRAFTS)
        if self.sees_all or (Office.Kind.PLATFORM in self.kinds and model in OF_PLATFORM):
            return handed_in
        return handed_in & Turn.objects.reach(self.user, model) if issubclass(model, ReviewedCase) else None

    def rule_of_remarks(self, model: type[Case]) -> Q | None:
        """Condition on the cases whose notes he reads, as the page of a turn shows them; None where he reads none.

        An expert and whoever audits read none: they open no such page.
        """
        if self.audits or not issubclass(model, ReviewedCase):
            return None
        if Office.Kind.MUNICIPAL in self.kinds:
            return Q()
        kind = ContentType.objects.get_for_model(model)
        return Q(Exists(Turn.objects.visible_to(self.user).filter(case_type=kind, case_id=OuterRef("pk"))))

    def cases(self, model: type[Case]) -> QuerySet[Any]:
        """The cases of a kind that he may see, of whichever firm but his own."""
        rule, rows = self.rule(model), model._default_manager.order_by()
        return rows.none() if rule is None else rows.filter(rule)

    def firms(self) -> QuerySet[Unit]:
        """The units of which he sees anything; of his own he reads what applicants see, and nothing here."""
        own = Unit.objects.filter(memberships__user=self.user).order_by()
        units = Unit.objects.exclude(pk__in=own.values("pk"))
        units = units.exclude(held_uscc__in=own.exclude(held_uscc="").values("held_uscc"))
        if self.sees_all or Office.Kind.PLATFORM in self.kinds:
            return units
        hung = [kind.model for kind in case_kinds() if kind.model is not Unit]
        return units.filter(reduce(or_, (Q(Exists(self.cases(model).filter(unit=OuterRef("pk")))) for model in hung)))

    def firm_of(self, number: str) -> int | None:
        """The key of the unit whose case has this number; None where he sees no such case."""
        model = next((kind.model for kind in case_kinds() if number.startswith(kind.model.PREFIX)), None)
        if model is None:
            return None
        found: int | None = self.cases(model).filter(number=number).values_list(key_of_unit(model), flat=True).first()
        return found


def key_of_unit(model: type[Case]) -> str:
    """By which column a case names the unit whose case it is; a unit's own certification is the unit itself."""
    return "pk" if model is Unit else "unit_id"


def same_firm(unit: Unit) -> list[int]:
    """The keys of the unit and of what was handed in earlier or later under its credit code: one firm, however it registered."""
    if not unit.held_uscc:
        return [unit.pk]
    return list(Unit.objects.filter(held_uscc=unit.held_uscc).order_by("pk").values_list("pk", flat=True))
