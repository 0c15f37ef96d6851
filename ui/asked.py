"""What stands at a field or a row that a reviewer has asked to correct."""

from django.utils.html import format_html
from django.utils.text import Truncator

CORRECT_THIS = "审核单位要求修改此项"
WORDS_SHOWN = 80  # characters of what was said, at each thing that it is about


def words_shown(corrections: object) -> str:
    """The beginning of the `words` with which these corrections were asked for; "" where there are none."""
    return Truncator(getattr(corrections, "words", "")).chars(WORDS_SHOWN)


def asked_to_correct(corrections: object) -> str:
    """What stands at a field that a reviewer asked to correct: that he did, and the beginning of his `words`."""
    words = words_shown(corrections)
    return format_html('<strong class="asked">{}{}</strong>', CORRECT_THIS, f"：{words}" if words else "。")


def asked_words(corrections: object) -> str:
    """The words alone, for a field that says by itself that it was asked for."""
    words = words_shown(corrections)
    return format_html('<strong class="asked">{}</strong>', words) if words else ""
