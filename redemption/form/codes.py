"""The codes on the 兑现申请表: each sheet of paper tells by itself whose it is, of which version, and which page.

A code at one place is lost under a seal or a stroke of the pen, so the first page carries its own twice. They are drawn
into the finished PDF, where the number of pages is known, and cost no layout.
"""

from typing import TYPE_CHECKING

import segno

from redemption.form.claim_form import ClaimForm
from ui.marks import MM, Drawing, Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

FOOT = 0.64, 19.0, 7.0  # mm: side of a module, from the left edge, from the lower edge
HEAD = 0.8, 171.0, 263.0


def draw_codes(form: ClaimForm) -> Drawing:
    """What draws the codes of the form on its finished pages."""

    def draw(pages: int) -> "Iterator[Marks]":
        for page in range(1, pages + 1):
            code = segno.make(form.code_text(page, pages), error="m", micro=False)
            yield [*_squares(code, *FOOT), *(_squares(code, *HEAD) if page == 1 else ())]

    return draw


def _squares(code: segno.QRCode, module: float, left: float, low: float) -> Marks:
    """The dark modules as (x, y, width, height) in points from the lower left corner; neighbours of a row are one."""
    side, rows, found = module * MM, list(code.matrix), []
    for number, row in enumerate(rows):
        start = None
        for place, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                height = low * MM + (len(rows) - 1 - number) * side
                found.append((left * MM + start * side, height, (place - start) * side, side))
                start = None
    return found
