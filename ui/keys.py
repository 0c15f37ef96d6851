"""When two keys are the same to a reader: width, case, signs between, and letters that look like figures do not count.

One table for Python and the database, so that a form, a list and a constraint give one answer.
"""

import string
from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.expressions import Combinable

from ui.figures import DASHES
from ui.texts import EDGES

LOOK_ALIKE = dict(
    zip("OIL" + "АВЕІКМНОРСТХ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "011" + "ABE1KMH0PCTX" + "ABEZH1KMN0PTYX", strict=True)
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
BETWEEN = string.punctuation + DASHES + EDGES + INVISIBLE + "·•・‧．、，。；：“”‘’（）【】〔〕《》〈〉「」—…～＿￥"


def _read(sign: str) -> str:
    """What a reader takes the sign for; "" for one that parts."""
    half = chr(ord(sign) - 0xFEE0) if "\uff01" <= sign <= "\uff5e" else sign
    if half in BETWEEN or sign in BETWEEN:
        return ""
    return LOOK_ALIKE.get(half.upper(), half.upper())


ALIKE = {*map(chr, range(0xFF01, 0xFF5F)), *string.ascii_lowercase, *LOOK_ALIKE, *(sign.lower() for sign in LOOK_ALIKE)}
READ = {sign: _read(sign) for sign in sorted({*ALIKE, *BETWEEN})}
TABLE = {ord(sign): read for sign, read in READ.items()}
KEPT = [sign for sign, read in READ.items() if read]
FROM = "".join(KEPT) + "".join(sign for sign, read in READ.items() if not read)
TO = "".join(READ[sign] for sign in KEPT)


def as_read(key: str) -> str:
    """The key as a reader compares it."""
    return key.translate(TABLE)


class AsRead(Func):
    """The same in the database; where the table changes, a migration takes off what is unique by it and puts it on again."""

    function = "TRANSLATE"
    output_field = CharField()

    def __init__(self, key: str | Combinable, **extra: Any) -> None:
        super().__init__(key, Value(FROM), Value(TO), **extra)
