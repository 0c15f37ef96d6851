"""What a unit has typed beside what its licence says, for 单位认证 and for whoever rests on it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from accounts.models import Unit
from papers.capital import TEN_THOUSAND
from papers.comparing import Outcome
from papers.evidence import Line, Looked, Noun, agreed, contradictions, differences, look, misplaced, uncompared, unread
from papers.facts import Kind
from papers.models import Reading
from papers.services import readings_of
from papers.values import FOR_GOOD
from records.models import Document
from reviews.kinds import Lines

LICENCE = Noun("份", "证照")
NAMES = ("name", "uscc", "legal_representative", "founded_on", "address")
BY_EYE = frozenset({"name", "uscc", "legal_representative"})  # what a person compares where the paper was not read
CALLED = "营业执照或法人证书"


def licence_lines(unit: Unit) -> Lines:
    """The same for the page of the certification: nothing where there is no licence yet."""
    return list(lines_of(looked_at(unit), LICENCE))


def is_confirmed(unit: Unit) -> bool:
    """Whether the licence says name, code and person as they were typed."""
    same = {one.name for looked in looked_at(unit) for one in looked.figures if one.outcome == Outcome.AGREES}
    return same >= BY_EYE


def looked_at(unit: Unit) -> list[Looked]:
    """The licence that counts, beside what was typed; read once."""
    if "licence" not in unit.memory:
        paper = unit.licence
        found = readings_of([paper]) if paper else {}
        unit.memory["licence"] = [look_at(unit, paper, found.get(paper))] if paper else []
    known: list[Looked] = unit.memory["licence"]
    return known


def look_at(unit: Unit, paper: Document, reading: Reading | None) -> Looked:
    """The same of a reading that is known."""
    typed = {name: getattr(unit, name) for name in NAMES}
    typed["capital"] = None if unit.capital is None else Decimal(unit.capital) * TEN_THOUSAND
    typed["valid_until"] = FOR_GOOD if unit.licence_permanent else unit.licence_until
    return look(LICENCE.name, paper, reading, typed)


def lines_of(looked: Sequence[Looked], noun: Noun) -> Iterator[Line]:
    """What differs, what waits and what agrees, the gravest first."""
    yield from differences(looked)
    yield from contradictions(looked)
    yield from misplaced(looked, {Kind.LICENCE}, CALLED)
    yield from unread(looked)
    yield from uncompared([(looked, noun)])
    yield from agreed(looked, noun)
