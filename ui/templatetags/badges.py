"""The state of a case in a row of a long list, written in one go: as a part of its own it costs more than the row's other cells."""

from typing import Protocol

from django import template
from django.utils.html import format_html

from ui.templatetags.ui import icon, state_tone, tone_icon

register = template.Library()


class Stated(Protocol):
    """What has a state with a name."""

    def get_state_display(self) -> str:
        """The name."""


@register.simple_tag
def state_badge(case: Stated) -> str:
    """As components/state_badge.html shows it."""
    said = case.get_state_display()
    return format_html('<span class="state state-{}">{}{}</span>', state_tone(case), icon(tone_icon(case)), said)
