"""What was read of a paper, beside the form for which it came: offered where nothing was typed, compared elsewhere (ADR 0132)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from papers.facts import SURENESS, Fact
from papers.models import Reading
from papers.values import FOR_GOOD
from records.models import Document
from ui.keys import as_read
from ui.known import Hint

Stage = Reading.Stage
TICKED = "on"  # what a ticked box sends
NOTHING_NEW = "没有改动您填写的内容"


def for_good(value: str) -> str:
    """Of the end of a term, what a box 长期有效 takes."""
    return TICKED if value == FOR_GOOD else ""


def with_day(value: str) -> str:
    """Of the end of a term, what a box for a day takes."""
    return "" if value == FOR_GOOD else value


def is_ticked(typed: str, _value: str) -> bool:
    """Whether what stands in the form is a tick, and no day in its place."""
    return typed in {TICKED, str(True)}


def reads_alike(one: str, other: str) -> bool:
    """Whether both read the same: letters and figures alone count."""
    return as_read(one) == as_read(other)


@dataclass(frozen=True)
class Taken:
    """How a field takes a fact: what it is called on screen, the fact in the field's spelling ("" for none), what is alike."""

    fact: str
    label: str
    spelled: Callable[[str], str] = str
    alike: Callable[[str, str], bool] = reads_alike
    instead: str = ""  # the fact that is taken where the paper does not say the first


@dataclass(frozen=True)
class Offering:
    """How far the reading of a paper is, and what it says of each field that could take it."""

    stage: str = ""  # of the reading; "" where the paper is not read at all
    sentence: str = ""  # why nothing was read
    hints: dict[str, Hint] = field(default_factory=dict)

    @property
    def is_reading(self) -> bool:
        """Whether somebody may wait for it."""
        return self.stage == Stage.READING

    @property
    def found(self) -> list[Hint]:
        """What was read for the form."""
        return [hint for hint in self.hints.values() if hint.says]

    @property
    def offered(self) -> dict[str, str]:
        """Field → value, where nothing was typed."""
        return {name: hint.value for name, hint in self.hints.items() if hint.says == "offered"}

    @property
    def differing(self) -> int:
        """How many fields say otherwise than the paper."""
        return sum(hint.says == "differs" for hint in self.hints.values())


def offering_of(
    paper: Document | None, takes: Mapping[str, Taken], typed: Mapping[str, str], *, source: str
) -> Offering:
    """What the paper says of these fields. takes: field → how it takes its fact; source: how the paper is called, 证照上."""
    row = Reading.objects.filter(document=paper).order_by("-version").first() if paper else None
    return offered_by(row, takes, typed, source=source)


def offered_by(row: Reading | None, takes: Mapping[str, Taken], typed: Mapping[str, str], *, source: str) -> Offering:
    """The same of a reading that is known: several papers of one page are asked for together."""
    if row is None or row.stage != Stage.READ:
        empty = dict.fromkeys(takes, Hint()) if row is not None else {}
        return Offering(row.stage if row else "", row.sentence if row else "", empty)
    facts = {fact.name: fact for fact in row.read.facts}
    said = {name: facts.get(how.fact) or facts.get(how.instead) for name, how in takes.items()}
    hints = {name: hint_of(said[name], how, typed.get(name, ""), source) for name, how in takes.items()}
    return Offering(row.stage, row.sentence, hints)


def hint_of(fact: Fact | None, how: Taken, typed: str, source: str) -> Hint:
    """What one fact says of its field."""
    value = how.spelled(fact.value) if fact else ""
    if fact is None or not value:
        return Hint()
    says = "offered" if not typed else "agrees" if how.alike(typed, value) else "differs"
    return Hint(says, value, fact.value, source, SURENESS[fact.sureness])


def filled(typed: QueryDict, offering: Offering, takes: Mapping[str, Taken]) -> tuple[QueryDict, str]:
    """What was typed with what was read in the boxes that are empty, and a sentence of what was filled in."""
    data = typed.copy()
    for name, value in offering.offered.items():
        data[name] = value
    labels = "、".join(takes[name].label for name in offering.offered)
    return data, f"填入了{labels}" if labels else NOTHING_NEW


def typed_in(values: Iterable[tuple[str, object]]) -> dict[str, str]:
    """The answers of a form as text."""
    return {name: str(value or "").strip() for name, value in values}
