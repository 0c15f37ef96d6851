"""How the lists of the desk are narrowed: each select offers what occurs in the list at hand, and none that leaves no choice."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from html import escape
from typing import Any, cast

from django import forms
from django.db.models import Exists, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from reviews.lists.choices import (
    TEN_THOUSAND,
    Choices,
    age_bands,
    amount_bands,
    case_types,
    days_before,
    ending_words,
    ends_of,
    holders_at,
    looked_words,
    matter_of,
    office_names,
    offices_among,
)
from reviews.lists.scope import CLOSED, OFFICES, OPEN, Scope
from reviews.models import Turn
from reviews.querysets import alive
from ui.filters import WordsField
from ui.forms import SayingMixin
from ui.words import found_by

NUMBERS = {"kind", "round", "office"}  # filters whose values are numbers
WHOLE = re.compile(r"[0-9]{1,4}")
HELD = {"some": "有人认领", "none": "没有人认领"}
PERSON = re.compile(r"[0-9]{1,9}")
LONGEST = 100  # characters of a query
FEW = 2  # choices of which one may choose
LABELS = {
    "kind": "事项",
    "stage": "环节",
    "amount": "金额",
    "age": "到达后",
    "district": "区",
    "category": "服务类别",
    "round": "轮次",
    "office": "办理单位",
    "ended": "结果",
    "lying": "办理情况",
    "holder": "认领",
    "looked": "核对",
}
COLUMN = {  # filter → the column that holds its value
    "kind": "case_type_id",
    "stage": "stage",
    "district": "district",
    "category": "category",
    "round": "round",
    "ended": "ended_by",
    "looked": "looked",
}
LYING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "open": ("在办", OPEN),
    "past": ("在办，已超期", OPEN),
    "done": ("已办结", CLOSED),
}


class ListForm(SayingMixin, forms.Form):
    """The conditions of a list."""

    q = WordsField(label="关键词", required=False, longest=LONGEST)

    def __init__(self, data: QueryDict, choices: Mapping[str, Choices], hidden: Iterable[str]) -> None:
        """choices: of each select; hidden: what else the address says and a search keeps."""
        super().__init__(data)
        for name, offered in choices.items():
            label = LABELS[name]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", label), *offered])
        for name in hidden:
            if data.get(name):
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["q"].widget.attrs["placeholder"] = "编号、券号、信用代码、单位、机构或项目"

    @property
    def selects(self) -> SafeString:
        """The selects, written in one go: as widgets they cost as much as the rest of the page."""
        fields = self.fields.items()
        parts = (select_html(self[name], field) for name, field in fields if isinstance(field, forms.ChoiceField))
        return SafeString("".join(parts))


def select_html(bound: forms.BoundField, field: forms.ChoiceField) -> str:
    """One select with its label."""
    chosen, choices = bound.data or "", cast("Choices", field.choices)
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in choices
    )
    key = escape(bound.id_for_label)
    return (
        f'<label class="visually-hidden" for="{key}">{escape(str(bound.label))}</label>'
        f'<select name="{escape(bound.name)}" id="{key}">{options}</select>'
    )


class ListFilter:
    """What an address asks of a list: `form` with what may be chosen, `qs` with what was found."""

    names: tuple[str, ...] = (
        "kind",
        "stage",
        "looked",
        "holder",
        "amount",
        "age",
        "district",
        "category",
        "round",
        "office",
    )

    def __init__(self, data: QueryDict, scope: Scope, within: Q, *, to_show: bool = True) -> None:
        """scope: where the list's turns lie; within: what narrows them whatever is asked; to_show: else no select is offered."""
        self.data, self.scope, self.within = data, scope, within
        self.asked: dict[str, str] = {}
        if not to_show:
            self.asked = {name: self.meant(name) for name in (*self.names, "q")}
            return
        self.form = ListForm(data, self.choices(), ("tab", "sort"))
        self.form.is_valid()
        said = getattr(self.form, "cleaned_data", {})
        self.asked = {name: said.get(name, "") for name in (*self.names, "q")}

    def meant(self, name: str) -> str:
        """What an address asks by this name, without a look at what occurs; "" for what nothing can be."""
        value: str = self.data.get(name, "")[:LONGEST].replace("\0", "")
        known = {"amount": dict(amount_bands()), "age": dict(age_bands())}
        if name in known:
            return value if value in known[name] else ""
        if name == "holder":
            return value if value in HELD or PERSON.fullmatch(value) else ""
        return value if name not in NUMBERS or WHOLE.fullmatch(value) else ""

    def choices(self) -> dict[str, Choices]:
        """What may be chosen; a select of one choice is none, unless the address has chosen it."""
        offered = {name: self.offered(name) for name in self.names}
        return {name: found for name, found in offered.items() if len(found) >= FEW or (found and self.data.get(name))}

    def offered(self, name: str) -> Choices:
        """What occurs, under its name."""
        if name in ("amount", "age"):
            return amount_bands() if name == "amount" else age_bands()
        if name == "holder":
            people = holders_at(self.scope.offices or ())
            return [*HELD.items(), *people] if people else []
        if name == "office":
            offices = self.scope.offices or ()
            return office_names(offices) if len(offices) >= FEW else []
        values = [value for value in self.scope.values.get(COLUMN[name], []) if value]
        named: Callable[[str], str] = NAMED.get(name, str)
        return [(value, named(value)) for value in sorted(values)]

    @property
    def asks(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.asked.values())

    @property
    def selects(self) -> bool:
        """Whether selects alone narrow it, so that each of its parts may be counted by an index."""
        return self.asks and not self.asked["q"]

    @property
    def qs(self) -> QuerySet[Turn]:
        """The turns that meet all conditions, words asked of their index."""
        return self.found("tells")

    def in_plenty(self) -> QuerySet[Turn]:
        """The same, the words asked of each row in the order of the list: for what very many rows hold."""
        return self.found("tells_densely")

    @property
    def reach(self) -> Scope:
        """The part of the list's scope in which all that is asked for lies."""
        office = self.asked.get("office")
        return Scope((int(office),), self.scope.lies) if office else self.scope

    def found(self, lookup: str) -> QuerySet[Turn]:
        """The turns that meet all conditions."""
        rows = self.reach.rows.filter(self.within)
        for name, value in self.asked.items():
            if value and name not in ("q", "office"):
                rows = rows.filter(self.condition(name, value))
        words = self.asked["q"]
        return rows.filter(found_by(words, lambda word: Q(**{f"search_text__{lookup}": word}))) if words else rows

    def condition(self, name: str, value: str) -> Q:
        """Which turns a select's value means."""
        if name == "amount":
            low, high = ends_of(value)
            ends = {"amount__gte": low, "amount__lt": high}
            return Q(**{end: Decimal(bound) * TEN_THOUSAND for end, bound in ends.items() if bound})
        if name == "age":
            low, high = ends_of(value)
            begun = {"opened_at__lt": low, "opened_at__gte": high}
            return Q(**{end: days_before(int(bound)) for end, bound in begun.items() if bound})
        if name == "holder":
            claims = Turn.objects.all().claims().filter(alive())
            held = Q(Exists(claims.filter(person=int(value)) if value not in HELD else claims))
            return ~held if value == "none" else held
        return Q(**{COLUMN[name]: value})

    @property
    def key(self) -> tuple[Any, ...]:
        """Under which it is remembered for a minute that very many rows were found."""
        return (self.reach, str(self.within), *self.asked.items())


class DoneFilter(ListFilter):
    """What is done has no age, and has a result; the checks stand as they were found while it lay open."""

    names = ("kind", "stage", "looked", "ended", "amount", "district", "category", "round", "office")


class AllFilter(ListFilter):
    """What the whole city has: by office, and by whether it still lies there."""

    names = (
        "kind",
        "stage",
        "looked",
        "office",
        "lying",
        "holder",
        "ended",
        "amount",
        "age",
        "district",
        "category",
        "round",
    )

    def offered(self, name: str) -> Choices:
        """As of any list; everything there is where no index tells what occurs in the whole city."""
        whole: dict[str, Callable[[], Choices]] = {
            "kind": case_types,
            "office": lambda: offices_among(self.scope.values[OFFICES]),
            "lying": lambda: [(key, label) for key, (label, _) in LYING.items()],
            "holder": lambda: list(HELD.items()),
        }
        return whole[name]() if name in whole else super().offered(name)

    @property
    def reach(self) -> Scope:
        """As of any list, and as the turns are to lie."""
        lying = self.asked.get("lying")
        return Scope(super().reach.offices, LYING[lying][1]) if lying else super().reach

    def condition(self, name: str, value: str) -> Q:
        """As of any list; past means late."""
        if name != "lying":
            return super().condition(name, value)
        return Q(due_on__lt=timezone.localdate()) if value == "past" else Q()


NAMED: dict[str, Callable[[str], str]] = {
    "kind": matter_of,
    "round": "第 {} 轮".format,
    "ended": ending_words,
    "looked": looked_words,
}
