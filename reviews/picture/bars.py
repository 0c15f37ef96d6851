"""Figures as bars that the server draws, with the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HIGH, LONG = 24, 190  # of a row and of the longest bar, in the picture's own units
LABEL = 12  # characters of a label that have room


@dataclass(frozen=True)
class Bar:
    """One bar; x and y where it lies, width its length, in the picture's own units."""

    label: str
    value: int
    y: int
    width: int

    @property
    def short(self) -> str:
        """The label, as far as there is room."""
        return self.label if len(self.label) <= LABEL else f"{self.label[: LABEL - 1]}…"

    @property
    def end(self) -> int:
        """Where the bar ends, seen from its beginning."""
        return self.width + 6


@dataclass(frozen=True)
class Bars:
    """A drawing for components/bars.html."""

    title: str
    bars: Sequence[Bar]

    @property
    def high(self) -> int:
        """Its height."""
        return HIGH * len(self.bars)

    @property
    def words(self) -> str:
        """What it shows, for who does not see it."""
        return f"{self.title}：{'，'.join(f'{bar.label} {bar.value}' for bar in self.bars)}。"


def bars_of(title: str, rows: Iterable[tuple[str, int]]) -> Bars:
    """The figures as bars, the longest as long as there is room."""
    figures = list(rows)
    most = max((value for _, value in figures), default=0) or 1
    drawn = [
        Bar(label, value, HIGH * number, max(1, round(value * LONG / most)))
        for number, (label, value) in enumerate(figures)
    ]
    return Bars(title, drawn)
