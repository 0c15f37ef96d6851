"""What a paper says without a label: the sums of an invoice, its type, the title of a contract, an amount beside its words, a lone day."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from papers import values
from papers.facts import Kind, Place
from papers.layout import Line

MONEY = r"-?(?:CNY|RMB)?[¥￥]?-?[0-9]{1,3}(?:,?[0-9]{3})*\.[0-9]{2}"
PRICE = re.compile(rf"(?<![0-9.,])(?:{MONEY})(?![0-9%])")
MARKED_PRICE = re.compile(rf"[¥￥](?:{MONEY})")
ROUND_PRICE = re.compile(rf"(?<![0-9.,])(?:{MONEY}|[¥￥]?[0-9]{{1,3}}(?:,?[0-9]{{3}})*(?=元|$))")
DAY = (
    r"[12][0-9]{3}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?|[12][0-9]{7}(?![0-9])"
    r"|[一二〇○零三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日?"
)
WHOLE_LINE = re.compile(r"价税合计|合计\(大写\)")
SUM_LINE = re.compile(r"^(?!税额)[^0-9¥]{0,6}?合计(?!税额)[^(]")
TYPES = {"专用发票": "专用", "普通发票": "普通"}
TITLE = re.compile(r"[^:,。;、0-9]{0,40}(?:合同|协议)书?")
GENERAL = {"技术服务", "技术开发", "技术咨询", "技术转让", "技术", "委托", "服务", "检测", "委托检测", "测试", ""}
CERTIFICATE = re.compile(
    r"资质认定证书|认可证书|高新技术企业证书|[一-龥]{2,16}?(?:认证证书|资质证书|等级证书|注册证书|许可证)"
)
HEAD_LINES = 8  # in which a title stands
PART_OF_IT = re.compile(r"首付|预付|首期|定金|订金|尾款|余款|违约|保证金|第[一二三四五]期|分期|其中")
WHOLE_OF_IT = re.compile(r"总|合计|共计")
PRINTED_ON = re.compile(r"打印|下载|验证")
TITLE_OF_INVOICE = re.compile(r"^.{0,8}?(?:电子发票\((?:增值税专用发票|普通发票)\)|增值税(?:电子)?(?:普通|专用)发票)")


class Found(NamedTuple):
    """One thing that stands on a page."""

    fact: str
    value: str
    place: Place
    guessed: bool = False  # where it stands proves nothing


def sums_in(lines: list[Line]) -> Iterator[Found]:
    """The lines 合计 and 价税合计 of an invoice."""
    for line in lines:
        if WHOLE_LINE.search(line.text):
            yield from _prices(line, ("gross",), PRICE)
        elif SUM_LINE.search(line.text):
            yield from _prices(line, ("net", "tax"), MARKED_PRICE if "¥" in line.text else PRICE)


def types_in(lines: list[Line]) -> Iterator[Found]:
    """What an invoice calls itself; guessed where it is no title, or where the paper names the other type, too."""
    found = [(line, title, line.text.find(title)) for line in lines for title in TYPES if title in line.text]
    both = len({title for _, title, _ in found}) > 1
    for line, title, place in found:
        guessed = both or line.page > 1 or not TITLE_OF_INVOICE.match(line.text)
        yield Found("type", TYPES[title], _place(line, place, place + len(title)), guessed)


def title_of(lines: list[Line], *, general: bool) -> Iterator[Found]:
    """The title of a contract; general: one that names no matter, as every 技术服务合同 is called."""
    for line in [line for line in lines if line.page == 1][:HEAD_LINES]:
        if TITLE.fullmatch(line.text):
            matter = re.sub(r"(?:合同|协议)书?$", "", line.text)
            if (matter in GENERAL) == general:
                yield Found("name", values.name(line.raw(0, len(line.glyphs))), _place(line, 0, len(line.glyphs)))
            return


def certificate_of(lines: list[Line]) -> Iterator[Found]:
    """What a certificate calls itself."""
    for line in lines:
        if match := CERTIFICATE.search(line.text):
            yield Found("title", line.raw(*match.span()), _place(line, *match.span()))
            return


def amount_in_words(kind: Kind, lines: list[Line]) -> Iterator[Found]:
    """The amount that stands in figures beside the same in words; of several the one that is called the whole.

    Of a contract none that something else on it is greater than: a first payment stands in words, too.
    """
    said = {value: found for found in _twice_said(lines) for value in found[:1]}
    whole = {value: found for value, found in said.items() if WHOLE_OF_IT.search(found[1].text)}
    chosen = said if len(said) == 1 else whole
    if len(chosen) == 1:
        value, line, span = next(iter(chosen.values()))
        if kind != Kind.CONTRACT or not any(float(other) > float(value) for other in _amounts(lines)):
            yield Found("amount", value, _place(line, *span))


def _twice_said(lines: list[Line]) -> Iterator[tuple[str, Line, tuple[int, int]]]:
    for before, line, behind in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        words = values.words_of_amounts(line.text)
        if not words or PART_OF_IT.search(line.text):
            continue
        for near in filter(None, (line, before, behind)):
            for match in ROUND_PRICE.finditer(near.text):
                value = values.amount(match.group())
                if value and any(values.is_in_words(value, said) for said in words):
                    yield value, near, match.span()


def _amounts(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        yield from filter(None, (values.amount(match.group()) for match in ROUND_PRICE.finditer(line.text)))


def lone_day(lines: list[Line]) -> Iterator[Found]:
    """The only day of a receipt, where no label names it."""
    days: dict[str, Found] = {}
    for line in lines:
        if not PRINTED_ON.search(line.text):
            for match in re.finditer(DAY, line.text):
                if value := values.day(match.group()):
                    days.setdefault(value, Found("paid_on", value, _place(line, *match.span()), guessed=True))
    if len(days) == 1:
        yield from days.values()


def _prices(line: Line, names: tuple[str, ...], pattern: re.Pattern[str]) -> Iterator[Found]:
    found = list(pattern.finditer(line.text))
    if len(found) <= len(names):
        for name, match in zip(names, found, strict=False):
            yield Found(name, values.amount(match.group()), _place(line, *match.span()))


def _place(line: Line, start: int, end: int) -> Place:
    return Place(page=line.page, box=line.box(start, end))
