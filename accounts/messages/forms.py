"""消息设置: which groups of notices go by which channels, and when a telephone is let alone."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django import forms
from django.forms import BoundField

from notifications.matters import MATTERS, Matter, Side, Use
from notifications.models import Channel, MessageSettings
from notifications.quiet import night_of_all
from ui.forms import SayingMixin

EVENING, NOON = 18, 12  # from and to which hour quiet hours may be widened


class Cell(NamedTuple):
    """A channel of a group: forced, a box to tick, or neither where nothing of the group goes by it."""

    label: str
    forced: bool
    box: BoundField | None


class Line(NamedTuple):
    """A group of notices on the page."""

    matter: Matter
    cells: list[Cell]


def hours(label: str, among: range, usual: int) -> forms.TypedChoiceField:
    """An hour of the day that may be chosen instead of the usual one."""
    choices = [("", f"{usual % 24:02d}:00（平台规定）"), *((hour, f"{hour:02d}:00") for hour in among)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class SettingsForm(SayingMixin, forms.Form):
    """A box for each group and channel that the person decides about, and longer quiet hours than everybody has."""

    def __init__(self, data: Mapping[str, str] | None, *, kept: MessageSettings, sides: frozenset[Side]) -> None:
        """kept: what he has chosen before; sides: what he is to the portal."""
        super().__init__(data)
        night = night_of_all()
        self.fields["quiet_from"] = hours("晚上从", range(EVENING, min(night.begins, 24)), night.begins)
        self.fields["quiet_until"] = hours("早上到", range(night.ends + 1, NOON + 1), night.ends)
        self.initial = {"quiet_from": kept.quiet_from, "quiet_until": kept.quiet_until}
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

    def quiet(self) -> dict[str, int | None]:
        """The hours that were chosen; None for the usual one."""
        return {name: self.cleaned_data[name] for name in ("quiet_from", "quiet_until")}

    def turned(self) -> dict[str, bool]:
        """What was typed, by Matter.key."""
        keys = {matter.key(channel) for matter in self.matters for channel in Channel}
        return {name: value for name, value in self.cleaned_data.items() if name in keys}
