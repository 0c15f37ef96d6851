"""The way of a case as a drawing: its boxes and arrows are read from the machine, places and promised days with them (ADR 0208)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from django_fsm import GET_STATE

from policy.models import PolicyVersion
from records.models import Case
from reviews.models import Office

APPLICANT = "申请单位"
BACK, REFUSED, AGAIN = ("send_back", "return_form"), ("reject",), ("submit", "upload_form")
HIGH, GAP, REVIEWED = 58, 34, 118  # of a box, between two of them, of a row with boxes at its side
MARGIN, SIDE = 6, 44  # above the first box; height of a box at the side


@dataclass(frozen=True)
class Station:
    """One station of the straight way, and what may become of a case there."""

    label: str
    tone: str
    by: str  # who acts; "" at the end
    days: int  # promised working days; 0 where none are
    back: str  # the state of whoever has to mend; "" where nothing is sent back
    again: tuple[str, ...]  # the stations to which a mended case comes
    refused: str  # the state of a refusal; "" where there is none
    asks: str = ""  # what the applicant is asked to do there
    top: int = 0  # of its box in the drawing
    next: int = 0  # top of the next box; 0 at the end

    @property
    def words(self) -> str:
        """The second line of its box."""
        return f"{self.by} · {self.days} 个工作日" if self.days else self.by

    @property
    def told(self) -> str:
        """The same for whoever does not see the drawing."""
        said = [f"{self.label}" + (f"（{self.words}）" if self.words else "")]
        if self.asks:
            said.append(self.asks)
        if self.back:
            said.append(f"要修改的成为“{self.back}”，改好后回到{'或'.join(self.again)}")
        if self.refused:
            said.append(f"不符合的成为“{self.refused}”")
        return "；".join(said) + "。"

    @property
    def middle(self) -> int:
        """Height of its first arrow to the side."""
        return self.top + SIDE // 3

    @property
    def return_at(self) -> int:
        """Height of the arrow by which a mended case comes back."""
        return self.top + 2 * SIDE // 3

    @property
    def text_at(self) -> int:
        """Baseline of its label."""
        return self.top + (25 if self.words else 35)

    @property
    def words_at(self) -> int:
        """Baseline of the second line."""
        return self.top + 46

    @property
    def side_text(self) -> int:
        """Baseline of the label at the side."""
        return self.top + SIDE // 2 + 5

    @property
    def refused_top(self) -> int:
        """Top of the second box at the side."""
        return self.top + SIDE + 12

    @property
    def refused_middle(self) -> int:
        """Its middle."""
        return self.refused_top + SIDE // 2

    @property
    def refused_text(self) -> int:
        """Baseline of its label."""
        return self.refused_middle + 5

    @property
    def bottom(self) -> int:
        """Where the arrow to the next station begins."""
        return self.top + HIGH

    @property
    def elbow(self) -> int:
        """Height at which the arrow to a refusal leaves."""
        return self.bottom - 8


def stations_of(model: type[Case], policy: PolicyVersion) -> list[Station]:
    """The straight way of a machine, from the top of the drawing to its foot."""
    rows = [station(model, state, label, policy) for state, label in model.LINE]
    high = [REVIEWED + GAP if row.refused else HIGH + GAP for row in rows]
    tops = list(accumulate(high, initial=MARGIN))
    last = len(rows) - 1
    return [replace(row, top=tops[at], next=0 if at == last else tops[at + 1]) for at, row in enumerate(rows)]


def station(model: type[Case], state: str, label: str, policy: PolicyVersion) -> Station:
    """One of them, not yet at its place."""
    row = model.STATES[state]
    back = "、".join(labels_of(model, state, BACK))
    applicant = "" if row.tone == "done" else APPLICANT
    return Station(
        label=label,
        tone=row.tone,
        by=str(Office.Kind(row.office).label) if row.office else applicant,
        days=int(getattr(policy, row.promise)) if row.promise else 0,
        back=back,
        again=tuple(lines_again(model, state)) if back else (),
        refused="、".join(labels_of(model, state, REFUSED)),
        asks=row.asks,
    )


def height_of(stations: list[Station]) -> int:
    """Height of the whole drawing."""
    return stations[-1].bottom + MARGIN


def targets(model: type[Case], state: str, steps: tuple[str, ...]) -> Iterator[str]:
    """The states to which one of these steps leads from this one."""
    machine: Any = model._meta
    field: Any = machine.get_field("state")
    for arrow in field.get_all_transitions(model):
        if arrow.source == state and arrow.name in steps:
            yield from map(str, arrow.target.allowed_states if isinstance(arrow.target, GET_STATE) else [arrow.target])


def labels_of(model: type[Case], state: str, steps: tuple[str, ...]) -> list[str]:
    """What those states are called."""
    machine: Any = model._meta
    names: dict[str, str] = dict(machine.get_field("state").flatchoices)
    return [names[target] for target in targets(model, state, steps)]


def lines_again(model: type[Case], state: str) -> list[str]:
    """The stations to which a case comes that was sent back from here, the nearest first."""
    lines = dict(model.LINE)
    found = {again for back in targets(model, state, BACK) for again in targets(model, back, AGAIN)}
    return [lines[place] for place in reversed([at for at, _ in model.LINE]) if place in found]
