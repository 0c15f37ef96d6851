"""What was read of a paper, beside its page: each fact with its source, how sure it is by rule, and the way to its place."""

from collections.abc import Iterator

from papers.facts import SOURCES, SURENESS, Disagreement, Fact, Facts
from papers.models import Reading
from records.models import Document
from records.pictures.beside import Beside, Line, when_looked_at
from records.pictures.places import Box, address_of
from ui.templatetags.ui import money

AMOUNTS = {"net", "tax", "gross", "amount"}
TITLE = "读取结果"
WAITS = "正在读取…可以先看材料，稍后刷新。"
NOTHING = "没有读到可以比对的内容，请按材料填写和核对。"
READ = "识别为{}。标为“已核验”的通过了校验，其余请对照材料；这里的内容不会改动已填写的数据。"


@when_looked_at
def reading_of(paper: Document) -> Beside | None:
    """The newest reading of the paper; None where it was never to be read."""
    row = Reading.objects.filter(document=paper).order_by("-version").first()
    if row is None:
        return None
    if row.stage == Reading.Stage.READING:
        return Beside(TITLE, WAITS)
    if row.stage == Reading.Stage.UNREADABLE:
        return Beside(TITLE, f"“{paper.name}”{row.sentence}")
    return read_beside(paper, row.read)


def read_beside(paper: Document, read: Facts) -> Beside:
    """The same of what was read: first what two sources say otherwise."""
    if not read.facts:
        return Beside(TITLE, NOTHING)
    lines = [*differing(paper, read.disagreements), *(line_of(paper, fact) for fact in read.facts)]
    return Beside(TITLE, READ.format(read.label), lines)


def differing(paper: Document, apart: tuple[Disagreement, ...]) -> Iterator[Line]:
    """Where two sources of the paper do not agree."""
    for two in apart:
        first, second = two.first, two.second
        words = f"{SOURCES[first.source]}与{SOURCES[second.source]}不一致"
        yield Line(first.label, f"{spoken(first)} / {spoken(second)}", words, "bad", place_of(paper, second))


def line_of(paper: Document, fact: Fact) -> Line:
    """One fact."""
    words = f"{SURENESS[fact.sureness]} · {SOURCES[fact.source]}"
    return Line(fact.label, spoken(fact), words, "ok" if fact.is_sure else "todo", place_of(paper, fact))


def spoken(fact: Fact) -> str:
    """Its value, an amount as everywhere."""
    return money(fact.value) if fact.name in AMOUNTS else fact.value


def place_of(paper: Document, fact: Fact) -> str:
    """The address of the fact's place on the paper; "" where it stands on no page."""
    if fact.place.page < 1:
        return ""
    return address_of(paper, fact.place.page, Box(*fact.place.box) if fact.place.box else None)
