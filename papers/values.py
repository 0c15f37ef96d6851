"""One spelling for everything that is read; "" where the text is no such thing. Nothing is guessed."""

import datetime as dt
import re
from decimal import Decimal

from policy.capitals import capitals
from ui.figures import FOLDED, half_width, visible
from ui.han import as_characters

GREATEST = 10**10  # yuan
LONGEST = 120  # characters of a name
AMOUNT = re.compile(r"(-?)(?:CNY|RMB|人民币)?[¥￥]?(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,10})(?:\.([0-9]{1,10}))?元?")
DAY = re.compile(r"([12][0-9]{3})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?(?:[T0-9:.].*)?")
PLAIN_DAY = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
WORDED_DAY = re.compile(
    r"([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
)
FIGURES = str.maketrans("一二三四五六七八九〇○零", "123456789000")
TENS = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")
FOR_GOOD, ENDLESS = "长期", ("长期", "永久", "永续")
CODE = re.compile(r"[0-9A-Z][0-9A-Z/_-]{2,39}")
YEARS = range(1949, 2100)
WORDS = re.compile(r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{2,}")
UNIT = re.compile("[元圆]")
SPELLED = str.maketrans({"圆": "元", "〇": "", "零": "", "整": "", "正": ""})
BLANKS = re.compile(r"\s+")
OF_LATIN = re.compile(r"(?<=[A-Za-z0-9.,&]) (?=[A-Za-z0-9(&])")
KEPT_BLANK = "\0"


OF_RADICALS = str.maketrans("戶", "户")  # what a Kangxi radical stands for is an older shape here


def folded(text: str) -> str:
    """The text in half width, with characters in place of radicals, and without what nobody sees."""
    return as_characters(visible(text)).translate(FOLDED).translate(OF_RADICALS)


def amount(text: str) -> str:
    """Yuan with two places: `-1234.50`; a third place must be 0."""
    found = AMOUNT.fullmatch(half_width(text))
    if not found:
        return ""
    value = Decimal(f"{found[3].replace(',', '')}.{found[4] or 0}")
    fen = value.quantize(Decimal("0.01"))
    if fen != value or value >= GREATEST:
        return ""
    return f"{'-' if found[1] or found[2] else ''}{fen}"


def day(text: str) -> str:
    """A day that exists, as 2026-03-01."""
    plain = half_width(as_characters(text))
    found = DAY.fullmatch(plain) or PLAIN_DAY.fullmatch(plain)
    parts = found.groups() if found else _worded(plain)
    try:
        known = dt.date(*map(int, parts)) if parts else None
    except ValueError:
        return ""
    return known.isoformat() if known and known.year in YEARS else ""


def term(text: str) -> str:
    """A day likewise, or 长期, which no day ends."""
    return FOR_GOOD if text in ENDLESS else day(text)


def _worded(text: str) -> tuple[str, ...]:
    """二〇二六年三月十五日 in figures."""
    found = WORDED_DAY.fullmatch(text)
    if not found:
        return ()
    year, month, day_of_month = found.groups()
    return (year.translate(FIGURES), _in_figures(month), _in_figures(day_of_month))


def _in_figures(number: str) -> str:
    tens = TENS.fullmatch(number)
    if not tens:
        return number.translate(FIGURES)
    return f"{tens[1].translate(FIGURES) or 1}{tens[2].translate(FIGURES) or 0}"


def code(text: str) -> str:
    """A number or code without blanks, in capitals."""
    plain = half_width(text).upper()
    return plain if CODE.fullmatch(plain) else ""


def name(text: str) -> str:
    """A name as it is printed: blanks stay between Latin words alone."""
    plain = BLANKS.sub(" ", as_characters(visible(text))).strip(" :：,，;；")
    kept = OF_LATIN.sub(KEPT_BLANK, plain).replace(" ", "").replace(KEPT_BLANK, " ")
    return kept if kept and len(kept) <= LONGEST else ""


def alike(one: str, other: str) -> bool:
    """Whether two sources say the same: letters and figures alone count."""
    return _signs(one) == _signs(other)


def _signs(text: str) -> str:
    return "".join(sign for sign in folded(text) if sign.isalnum())


def words_of_amounts(text: str) -> list[str]:
    """The amounts in Chinese capitals that stand in a text without blanks."""
    return [words for words in WORDS.findall(text) if UNIT.search(words)]


def is_in_words(value: str, words: str) -> bool:
    """Whether an amount in capitals says what the figures say (《票据法》 forms; 零, 整 and 正 are not compared)."""
    return value[:1] != "-" and capitals(Decimal(value)).translate(SPELLED) == words.translate(SPELLED)
