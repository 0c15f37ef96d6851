"""消息设置: which groups of notices go by which channels."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django import forms
from django.forms import BoundField

from notifications.matters import MATTERS, Matter, Side, Use
from notifications.models import Channel, MessageSettings
from ui.forms import SayingMixin


class Cell(NamedTuple):
    """A channel of a group: forced, a box to tick, or neither where nothing of the group goes by it."""

    label: str
    forced: bool
    box: BoundField | None


class Line(NamedTuple):
    """A group of notices on the page."""

    matter: Matter
    cells: list[Cell]


class SettingsForm(SayingMixin, forms.Form):
    """A box for each group and channel that the person decides about."""

    def __init__(self, data: Mapping[str, str] | None, *, kept: MessageSettings, sides: frozenset[Side]) -> None:
        """kept: what he has chosen before; sides: what he is to the portal."""
        super().__init__(data)
        self.matters = [matter for matter in MATTERS.values() if matter.side in sides]
        for matter in self.matters:
            for channel in matter.ways:
                if matter.may_turn(channel):
                    wanted, label = matter.takes(channel, kept.chosen), f"{matter.label}：{channel.label}"
                    self.fields[matter.key(channel)] = forms.BooleanField(label=label, required=False, initial=wanted)

    def lines(self) -> Iterator[Line]:
        """The table, group by group."""
        for matter in self.matters:
            yield Line(matter, [self.cell(matter, channel) for channel in Channel])

    def cell(self, matter: Matter, channel: Channel) -> Cell:
        """One place of the table."""
        box = self[matter.key(channel)] if matter.may_turn(channel) else None
        return Cell(channel.label, matter.use_of(channel) == Use.FORCED, box)

    def turned(self) -> dict[str, bool]:
        """What was typed, by Matter.key."""
        keys = {matter.key(channel) for matter in self.matters for channel in Channel}
        return {name: value for name, value in self.cleaned_data.items() if name in keys}
