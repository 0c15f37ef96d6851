"""What a form says of signs that no printed face has (ADR 0087): a name is taken, a free text is not."""

from django.core.exceptions import ValidationError

from ui.fonts import without_glyph
from ui.names import code_of

IN_BOXES = "{}没有可以打印的字形：姓名或名称照收，打印时印成方框并注明编码，审核单位也会看到这一说明。"


def in_boxes(name: str) -> str:
    """How a name is printed, where no face has one of its characters; "" where all have."""
    missing = without_glyph(name)
    return IN_BOXES.format("、".join(f"{sign}（{code_of(sign)}）" for sign in missing)) if missing else ""


def check_printable(text: str) -> None:
    """Raise ValidationError for the first sign of a free text that no printed face has."""
    if missing := without_glyph(text):
        sentence = f"“{missing[0]}”（{code_of(missing[0])}）打印不出来，请换一个字或用文字说明。"
        raise ValidationError(sentence, code="unprintable")
