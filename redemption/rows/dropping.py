"""A paper that waits beside the lists, as the page shows it: being read, or as a line with what was read (ADR 0127)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects

from papers.models import Reading
from papers.services import readings_of
from records.people import Person
from records.rules import RuleBroken
from redemption.models import Claim, Dropped, ListName
from redemption.rows.forms import Beside, RowForm
from redemption.rows.kinds import KINDS, Line, RowKind
from redemption.rows.offers import LISTS, list_of
from redemption.rows.services import save_dropped
from redemption.rows.twins import refuse_twins

if TYPE_CHECKING:
    from django.http import QueryDict

ANEW = "这份材料刚刚重新读取过，还没有保存。请再看一遍这一行。"
NOTHING_READ = "没有读到可以填入的内容，请自己填写。"
STILL_READ = "文件还在读取，您可以先填写；读出的内容不会改动您填写的。"
MOST_OPEN = 2  # refused lines that are opened at once
MARK = 8  # signs by which a line that was shown is known again


@dataclass(frozen=True)
class Bar:
    """How many papers wait, and how many of them are being read."""

    total: int
    reading: int

    @property
    def ready(self) -> int:
        """Those that can be looked at."""
        return self.total - self.reading

    @classmethod
    def of(cls, ones: "Sequence[Waiting]") -> "Bar":
        """Those of the claim."""
        return cls(len(ones), sum(not one.is_read for one in ones))


@dataclass(eq=False)
class Waiting:
    """One paper that is no row yet."""

    dropped: Dropped
    reading: Reading | None
    claim: Claim
    by: Person
    form: RowForm | None = None  # where it stands open
    fault: str = ""  # why it was not saved, where it does not

    @property
    def pk(self) -> int:
        """The key of what was dropped."""
        return self.dropped.pk

    @property
    def key(self) -> str:
        """The same as text, for the names of parts of the page."""
        return str(self.pk)

    @property
    def is_read(self) -> bool:
        """Whether nobody is at it any more; also where it is never read."""
        return self.reading is None or self.reading.stage != Reading.Stage.READING

    @cached_property
    def read(self) -> Any:
        """What was read; None where nothing was."""
        return self.reading.read if self.reading and self.reading.stage == Reading.Stage.READ else None

    @property
    def kind(self) -> RowKind:
        """The list where it stands: as somebody has chosen, as the paper says, where it was dropped."""
        return KINDS[self.dropped.chosen or list_of(self.read) or self.dropped.dropped_on]

    @property
    def others(self) -> list[RowKind]:
        """The lists where it might stand instead."""
        return [kind for kind in KINDS.values() if kind is not self.kind]

    def opened(self, data: Mapping[str, Any] | None = None) -> RowForm:
        """Its row as a form: with what was sent, else with what was read."""
        return self.kind.form(data, claim=self.claim, by=self.by, beside=Beside(self.dropped, self.read))

    @property
    def line(self) -> Line:
        """The same as an open row of its list."""
        return Line(self.kind, form=self.form)

    def fail(self, sentence: str) -> None:
        """Say in its form why it was not saved."""
        if self.form:
            self.form.add_error(None, sentence)

    def was_sent(self, data: "QueryDict") -> bool:
        """Whether its form was sent, and not its line."""
        return any(name.startswith(f"d{self.pk}-") for name in data)

    def sent(self, data: "QueryDict") -> RowForm:
        """Its form as it was sent: what was typed, or the line as it was shown; a line that reads otherwise now is refused."""
        if self.was_sent(data):
            return self.opened(data)
        form = self.opened(self.as_sent)
        if form.errors is not None and self.mark not in data.getlist("shown"):
            form.add_error(None, ANEW)
        return form

    @cached_property
    def offered(self) -> RowForm:
        """The form as it is offered; nothing was sent yet."""
        return self.opened()

    @property
    def as_sent(self) -> dict[str, str]:
        """What its form sends, where it is left as it is offered."""
        form = self.offered
        return {form.add_prefix(name): str(form.initial.get(name, "")) for name in form.fields}

    @property
    def mark(self) -> str:
        """By which the page that sends the line says that it has shown it so."""
        return f"{self.pk}.{hashlib.sha256(repr(sorted(self.as_sent.items())).encode()).hexdigest()[:MARK]}"

    @cached_property
    def values(self) -> dict[str, Any]:
        """Name of the field → what would be kept; None where nothing is there that it takes."""
        return {name: self.value(name) for name in self.offered.fields}

    def value(self, name: str) -> Any:
        """What the field would keep of what is offered."""
        try:
            return self.offered.fields[name].clean(self.offered.initial.get(name, ""))
        except ValidationError:
            return None

    @property
    def cells(self) -> list[tuple[str, Any, str, bool]]:
        """(label, value, kind, whether it wants eyes) of what the table shows, as of a saved row; what lacks is empty."""
        row: Any = copy(self.offered.instance)
        columns = {field.name for field in row._meta.fields}
        for name in self.values.keys() & columns:
            setattr(row, name, "" if self.values[name] is None else self.values[name])
        row.document = self.dropped.document
        cells = zip(self.kind.head, self.kind.cells(row), [*self.kind.fields, ()], strict=True)
        return [(label, *self.cell(names, value, shown)) for label, (value, shown), names in cells]

    def cell(self, names: tuple[str, ...], value: object, shown: str) -> tuple[Any, str, bool]:
        """One of them; names: its fields."""
        if names and all(self.values[name] is None for name in names):
            return None, "", False
        return value, shown, bool({*names} & {*self.unsure})

    @property
    def gaps(self) -> list[str]:
        """The questions that nothing answers yet."""
        required = [name for name, field in self.offered.fields.items() if field.required]
        return self.labels(name for name in required if self.values[name] is None)

    @property
    def unsure(self) -> list[str]:
        """The names of the answers that no rule proves."""
        return [name for name, offer in self.offered.offers.items() if not offer.is_sure]

    @property
    def looks(self) -> list[str]:
        """What these are called, as the row has them one after the other."""
        return self.labels(name for name in self.offered.fields if name in self.unsure)

    @property
    def prefilled(self) -> list[str]:
        """The answers that no paper gives: the portal knows them from the voucher."""
        known = [name for name, value in self.values.items() if value is not None and self.offered.initial.get(name)]
        return self.labels(name for name in known if name not in self.offered.offers)

    def labels(self, names: Iterable[str]) -> list[str]:
        """What the questions are called."""
        return [str(self.offered.fields[name].label) for name in names]

    @property
    def trouble(self) -> str:
        """Why nothing is offered; "" where something is."""
        if not self.is_read:
            return STILL_READ
        if self.reading and self.reading.stage == Reading.Stage.UNREADABLE:
            return f"“{self.dropped.document.name}”{self.reading.sentence}"
        return "" if self.offered.offers else NOTHING_READ

    @property
    def moved_from(self) -> str:
        """The list on which it was dropped, where its own words have put it on another; "" where it lies as it was dropped."""
        here, there = self.kind.name, self.dropped.dropped_on
        return "" if here == there or self.dropped.chosen else ListName(there).label

    @property
    def is_stranger(self) -> bool:
        """Whether the paper calls itself something that belongs on none of the lists."""
        return self.read is not None and bool(self.read.facts) and self.read.kind not in LISTS

    @property
    def apart(self) -> int:
        """How many things two sources of the paper say otherwise."""
        return len(self.read.disagreements) if self.read else 0


def waiting_of(claim: Claim, by: Person) -> list[Waiting]:
    """What waits beside the lists of the claim, in two questions."""
    found = list(Dropped.objects.filter(claim=claim).select_related("document"))
    readings = readings_of(dropped.document for dropped in found) if found else {}
    prefetch_related_objects([claim] if found else [], "receipts")  # a blank one begins with the account of the first
    return [Waiting(dropped, readings.get(dropped.document), claim, by) for dropped in found]


def keep_valid(claim: Claim, ones: Sequence[Waiting], data: "QueryDict", *, by: Person) -> list[Waiting]:
    """Save those in which nothing is wrong, all at once; return the others, each with its form and what is wrong."""
    for one in ones:
        one.form = one.sent(data)
    forms = [one.form for one in ones if one.form]
    refuse_twins([form for form in forms if form.is_valid()])
    good = [one for one in ones if one.form and one.form.is_valid()]
    if refusal := try_to_save(claim, good, by=by):
        for one in good:
            one.fail(refusal)
        good = []
    refused = [one for one in ones if one not in good]
    fold(refused, data)
    return refused


def try_to_save(claim: Claim, good: Sequence[Waiting], *, by: Person) -> str:
    """Save them; why not, where they were not."""
    try:
        if good:
            save_dropped(claim, [(one.dropped, one.form.row()) for one in good if one.form], by=by)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


def fold(refused: Sequence[Waiting], data: "QueryDict") -> None:
    """Let those stand open into which was typed, and some of the others; of the rest the line says what is wrong."""
    closed = [one for one in refused if not one.was_sent(data)]
    for one in closed[MOST_OPEN:]:
        one.fault = next((str(said) for errors in one.form.errors.values() for said in errors), "") if one.form else ""
        one.form = None
    for one in refused:
        if one.form:
            one.line.take_focus()
            break
