"""Contact data in words that everybody reads: found, so that it can be refused while they are written (ADR 0221)."""

import re
from unicodedata import normalize

from django.core.exceptions import ValidationError

ALONE = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-/._])"  # no part of a model, a standard or a longer number
END = r"(?![A-Za-z0-9]|[-/._][A-Za-z0-9])"
DATE = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]"
SIGN = r"[A-Za-z][-_A-Za-z0-9]{4,19}|[0-9]{5,11}"
CONTACTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{ALONE}(?:\+?86[- ]?)?1[3-9][0-9]([ -]?)[0-9]{{4}}\1[0-9]{{4}}{END}(?!\s*[万亿]?元)",
        rf"{ALONE}\(?0(?:10|2[0-9]|[3-9][0-9]{{2}})(?:\)\s?|[- ])(?!{DATE}{END})[2-8][0-9]{{6,7}}{END}",
        r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
        r"(?:QQ|扣扣)\s*(?:号|群)?码?\s*[:是为]?\s*[1-9][0-9]{4,10}(?![0-9])",
        rf"(?:微信|VX|WeChat)\s*(?:号码?\s*[:是为]?|[:是为])\s*(?:{SIGN})",
        rf"加\s*我?\s*(?:微信|VX|WeChat)\s*(?:{SIGN})",
    )
)
WARNING = (
    "“{found}”像是电话、邮箱或者 QQ、微信号。这里的内容所有人都能看到，请删去；下单以后双方看得到订单上的联系人和电话。"
)


def contact_in(text: str) -> str:
    """The first piece that is a phone, a mail address, or a number of QQ or 微信; "" where there is none."""
    plain = normalize("NFKC", text)
    hits = [hit for hit in (pattern.search(plain) for pattern in CONTACTS) if hit]
    return min(hits, key=lambda hit: hit.start())[0].strip() if hits else ""


def without_contact(text: str) -> None:
    """Refuse words that everybody reads while they hold a contact."""
    if found := contact_in(text):
        raise ValidationError(WARNING.format(found=found), code="contact")
