"""One class per kind of thing that has a trail: everything that a lower floor asks of it, said by its own app in `kind.py`.

`grep kind_of` lists them all. An app's AppConfig imports its `kind.py` by its full name; nothing is found by file name.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.urls import reverse

from records.models import Case, Trailed
from records.people import Person

Fact = tuple[str, Any]  # label, value
Act = dict[str, Any]  # as components/actions.html reads it: label, url, and perhaps post, primary, tone


class Kind(ABC):
    """What is asked of anything that has a trail; a case says more (`CaseKind`)."""

    model: ClassVar[type[Trailed]]
    steps: ClassVar[dict[str, str]]  # step or note → what the trail calls it
    page: ClassVar[str] = ""  # the name of its page's address, where its model stands below that page


class CaseKind(Kind):
    """What is asked of any case."""

    model: ClassVar[type[Case]]
    matter: ClassVar[str]  # what lists call such cases
    verdicts: ClassVar[Mapping[str, str]] = {}  # verdict → its name, where the common one does not say it
    export_title: ClassVar[str]  # the heading in the copy of a person's data
    notices: ClassVar[Mapping[Any, Sequence[Any]]]  # state → the notices that go out when a case reaches it
    base: ClassVar[type[models.Model] | None] = None  # what such a case is begun on, of a lower app
    start: ClassVar[str] = ""  # the name of the address that begins one, with the number of what it is begun on
    start_words: ClassVar[str] = ""  # what the button says

    @abstractmethod
    def next_words(self, case: Any, *, own: bool) -> str:
        """What comes next, in one sentence; "" where the common words will do. own: said to the applicant himself."""

    @abstractmethod
    def export(self, user: Person) -> Any:
        """What the portal holds of the person's doings with such cases, as plain values (domain.md §10)."""

    @abstractmethod
    def keeps(self, unit: Any) -> bool:
        """Whether a case of the unit is under way, so that it needs its 管理员 and may not be closed."""

    def forget(self, _user: Person) -> None:
        """Delete what belongs to the person alone, who closes his account; cases stay."""

    def place_for(self, case: Case, _user: Person) -> str:
        """The address at which this person reads the case."""
        read: Any = case  # every case of a kind has a page
        return str(read.get_absolute_url())

    def of(self, user: Person) -> models.QuerySet[Any]:
        """The cases of which the person is the applicant, or belongs to the unit that is."""
        manager: Any = self.model._default_manager
        cases: models.QuerySet[Any] = manager.of(user)
        return cases

    def is_live_on(self, _thing: Any) -> bool:
        """Whether a case of this kind is under way on the thing."""
        return False

    def facts_on(self, _things: Sequence[Any]) -> dict[int, list[Fact]]:
        """What whoever sees the things may read of the cases on them, by primary key; one question for a whole page."""
        return {}

    def acts_on(self, _things: Sequence[Any], _user: Person) -> dict[int, list[Act]]:
        """How the person goes on with the cases on the things, or begins one; by primary key."""
        return {}


KINDS: dict[type[Trailed], Kind] = {}
K = TypeVar("K", bound=Kind)


def kind_of(model: type[Trailed]) -> Callable[[type[K]], type[K]]:
    """Name the class that speaks for the model. A class that lacks a part fails here, at start, by name."""

    def register(cls: type[K]) -> type[K]:
        cls.model = model
        asked = {name for base in cls.__mro__ for name in vars(base).get("__annotations__", {})}
        missing = sorted({name for name in asked if not hasattr(cls, name)} | cls.__abstractmethods__)
        if missing:
            raise ImproperlyConfigured(f"{cls.__module__}.{cls.__name__} does not say: {', '.join(missing)}")
        KINDS[model] = cls()
        return cls

    return register


def case_kinds() -> list[CaseKind]:
    """Every kind of case, in the order of the floors."""
    return [kind for kind in KINDS.values() if isinstance(kind, CaseKind)]


def own_cases(user: Person) -> models.Q:
    """Condition on rows that hang on a case by `case_type` and `case_id`: it is a case of the person's own side.

    Each row asks for its own case by the key: a list of all that is his would be read whole for a page of twenty rows.
    """
    types = ContentType.objects.get_for_models(*(kind.model for kind in case_kinds()))
    own = {kind.model: kind.of(user).order_by().filter(pk=models.OuterRef("case_id")) for kind in case_kinds()}
    hung = (models.Q(models.Exists(rows), case_type=types[model]) for model, rows in own.items())
    return reduce(or_, hung)


def kinds_on(model: type[models.Model]) -> list[CaseKind]:
    """The kinds of cases that are begun on such things."""
    return [kind for kind in case_kinds() if kind.base is model]


def start_of(thing: models.Model) -> tuple[str, str]:
    """(what the button says, the address) that begins a case on the thing."""
    kind = kinds_on(type(thing))[0]
    return kind.start_words, reverse(kind.start, args=[thing.number])  # type: ignore[attr-defined]


def kind_for(case: Case) -> CaseKind:
    """The kind of the case."""
    return kind_named(type(case))


def kind_named(model: type[models.Model] | None) -> CaseKind:
    """The kind that speaks for the model."""
    kind = KINDS.get(model) if model is not None and issubclass(model, Trailed) else None
    if not isinstance(kind, CaseKind):
        raise ImproperlyConfigured(f"{model} has no kind of case")
    return kind
