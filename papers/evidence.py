"""What was looked at, from which source, and where a paper says otherwise: lines for components/checks.html, of any case.

Readers can be wrong: nothing here stops anybody (ADR 0129). What differs is listed one by one, up to a limit; what agrees and
what waits is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.urls import reverse

from papers.beside import place_of
from papers.comparing import AMOUNTS, NAMES, Compared, Outcome, as_typed, compare
from papers.facts import LABELS, SOURCES, TRUST, Fact, Facts, Kind
from papers.models import Reading
from policy.arithmetic import yuan
from records.models import Document
from ui.figures import NUMBER

Line = dict[str, Any]
ACCOUNTS = frozenset({"payer_account", "payee_account"})
SHOWN = 12  # lines of one check
TAIL = 4  # figures of an account
TYPED_ONLY, WAITS = "只有填写的数据", "正在读取"
LOOK_AT_PAPERS = "请对照材料核对。"


class Noun(NamedTuple):
    """How papers of a kind are counted: 3 张发票."""

    measure: str
    name: str

    def many(self, count: int) -> str:
        """So many of them."""
        return f"{count} {self.measure}{self.name}"


@dataclass(frozen=True)
class Looked:
    """One paper, what was typed of it, and what was read."""

    words: str  # what the row is called: 发票 26120000000000000011
    paper: Document
    reading: Reading | None
    facts: Facts
    figures: list[Compared]

    @property
    def waits(self) -> bool:
        """Whether a worker has it yet to read."""
        return self.reading is not None and self.reading.stage == Reading.Stage.READING

    def source(self, names: Iterable[str] = ()) -> str:
        """Where the figures of these names, or all, were read, the most trusted first; or that they were not."""
        wanted = set(names)
        said = {one.fact.source for one in self.figures if one.fact and (not wanted or one.name in wanted)}
        if said:
            return "读自" + "和".join(SOURCES[source] for source in TRUST if source in said)
        return WAITS if self.waits else TYPED_ONLY

    def agrees(self, names: Collection[str]) -> bool:
        """Whether the paper says each of these figures as it was typed; one that it does not say is not read."""
        return all(one.outcome == Outcome.AGREES for one in self.figures if one.name in names)

    def differs(self, names: Collection[str]) -> bool:
        """Whether the paper says one of these figures otherwise."""
        return any(one.outcome == Outcome.DIFFERS and one.name in names for one in self.figures)


def look(words: str, paper: Document, reading: Reading | None, values: Mapping[str, object]) -> Looked:
    """The paper with its newest reading, beside what was typed of it."""
    is_read = reading is not None and reading.stage == Reading.Stage.READ
    facts = reading.read if reading is not None and is_read else Facts()
    return Looked(words, paper, reading, facts, compare(values, facts))


def counted(looked: Sequence[Looked], noun: Noun, names: Iterable[str] = ()) -> str:
    """How many papers were looked at and from which sources: 3 张发票：2 张读自发票数据，1 张只有填写的数据."""
    sources = Counter(one.source(names) for one in looked)
    if len(sources) == 1:
        return f"{noun.many(len(looked))}{next(iter(sources))}"
    parts = "，".join(f"{count} {noun.measure}{source}" for source, count in sources.most_common())
    return f"{noun.many(len(looked))}：{parts}"


def sources_of(lists: Iterable[tuple[Sequence[Looked], Noun, Iterable[str]]]) -> str:
    """The same of several lists, each with the figures that count; lists of one source stand together."""
    alike, mixed = defaultdict(list), []
    for looked, noun, names in lists:
        sources = {one.source(names) for one in looked}
        if len(sources) > 1:
            mixed.append(counted(looked, noun, names))
        for source in sources if len(sources) == 1 else ():
            alike[source].append(noun.many(len(looked)))
    if not mixed and set(alike) <= {TYPED_ONLY}:
        return f"{TYPED_ONLY}。"
    return f"{'；'.join([*('、'.join(several) + source for source, several in alike.items()), *mixed])}。"


def spoken(name: str, text: str) -> str:
    """A value as it follows a word in a sentence: an amount with its unit, of an account its tail, a name in quotes."""
    if name in NAMES:
        return f"“{text}”"
    if name in ACCOUNTS:
        return f"尾号 {text[-TAIL:]}"
    is_amount = name in AMOUNTS and NUMBER.fullmatch(as_typed(name, text))
    return f" {yuan(Decimal(as_typed(name, text))) if is_amount else text}"


def both(name: str, one: str, other: str) -> tuple[str, str]:
    """Two values that differ, in a sentence; of two accounts with one tail it says so."""
    if name in ACCOUNTS and one[-TAIL:] == other[-TAIL:]:
        return spoken(name, one), "尾号相同、其他数字不同的账号"
    return spoken(name, one), spoken(name, other)


def way(paper: Document, fact: Fact | None = None) -> Line:
    """The link to the fact's place on the paper, or to the paper."""
    address = place_of(paper, fact) if fact else ""
    return {
        "url": address or reverse("paper", args=[paper.pk]),
        "label": "看材料上的位置" if address else "看材料",
        "paper": reverse("paper_part", args=[paper.pk]),
    }


def read_from(fact: Fact) -> str:
    """Where the fact was read, and whether a rule proves it."""
    return f"读自{SOURCES[fact.source]}{'，已核验。' if fact.is_sure else '，请对照材料。'}"


def differences(looked: Sequence[Looked], told: Collection[tuple[str, ...]] = ()) -> Iterator[Line]:
    """Each figure that the paper says otherwise than it was typed. told: (the row in words, the figure) that stands already."""
    apart = [
        (one, figure)
        for one in looked
        for figure in one.figures
        if figure.outcome == Outcome.DIFFERS and (one.words, figure.name) not in told
    ]
    yield from islice((difference(one, figure) for one, figure in apart), SHOWN)
    if len(apart) > SHOWN:
        rows = len({one.paper.pk for one, _ in apart[SHOWN:]})
        text = f"还有 {len(apart) - SHOWN} 项填写的内容与材料不一致，涉及 {rows} 份材料"
        yield {"tone": "warn", "text": text, "detail": LOOK_AT_PAPERS}


def difference(one: Looked, figure: Compared) -> Line:
    """One of them, with both values and the place."""
    fact = figure.fact
    typed, said = both(figure.name, figure.typed, fact.value if fact else "")
    text = f"{one.words}：{figure.label}填写的是{typed}，材料上是{said}"
    return {"tone": "warn", "text": text, "detail": read_from(fact) if fact else "", **way(one.paper, fact)}


def contradictions(looked: Sequence[Looked]) -> Iterator[Line]:
    """Each figure of which two sources of one paper say different things."""
    apart = [(one, two) for one in looked for two in one.facts.disagreements]
    for one, two in apart[:SHOWN]:
        first, second = both(two.name, two.first.value, two.second.value)
        sources = f"{SOURCES[two.first.source]}里是{first}，{SOURCES[two.second.source]}里是{second}"
        text = f"{one.words}：同一份材料的{LABELS[two.name]}有两种说法，{sources}"
        yield {"tone": "warn", "text": text, "detail": "请核对材料是否完整、有没有改动。", **way(one.paper, two.second)}
    if len(apart) > SHOWN:
        yield {"tone": "warn", "text": f"还有 {len(apart) - SHOWN} 处材料前后不一致", "detail": LOOK_AT_PAPERS}


def misplaced(looked: Sequence[Looked], kinds: Collection[Kind], called: str) -> Iterator[Line]:
    """Papers that say of themselves that they are of another kind; called: what belongs there."""
    for one in looked:
        if one.facts.kind not in {*kinds, Kind.UNKNOWN}:
            text = f"{one.words}的文件看起来是{one.facts.label}，不是{called}"
            yield {"tone": "warn", "text": text, "detail": "请核对是不是传错了文件。", **way(one.paper)}


def unread(looked: Sequence[Looked]) -> Iterator[Line]:
    """Papers that wait, and those that could not be read."""
    waiting = sum(one.waits for one in looked)
    if waiting:
        text = f"{waiting} 份材料正在读取"
        yield {"tone": "todo", "text": text, "detail": "读完后这里会列出比对的结果，可以稍后刷新；不影响办理。"}
    failed = [one for one in looked if one.reading is not None and one.reading.stage == Reading.Stage.UNREADABLE]
    for one in failed[:SHOWN]:
        text = f"{one.words}：“{one.paper.name}”{one.reading.sentence if one.reading else ''}"
        yield {"tone": "todo", "text": text, "detail": "", **way(one.paper)}
    if len(failed) > SHOWN:
        yield {"tone": "todo", "text": f"还有 {len(failed) - SHOWN} 份材料没有读出", "detail": LOOK_AT_PAPERS}


def agreed(looked: Sequence[Looked], noun: Noun) -> Iterator[Line]:
    """How much the papers say as it was typed, with the sources; nothing where they say nothing of the kind."""
    outcomes = Counter(figure.outcome for one in looked for figure in one.figures)
    same, unseen = outcomes[Outcome.AGREES], outcomes[Outcome.TYPED_ONLY]
    if same:
        more = f"另有 {unseen} 项没有读到，{LOOK_AT_PAPERS}" if unseen else ""
        text = f"{noun.name}：{same} 项填写的内容与材料一致"
        yield {"tone": "ok", "text": text, "detail": f"{counted(looked, noun)}。{more}", "read": not unseen}


def uncompared(lists: Iterable[tuple[Sequence[Looked], Noun]]) -> Iterator[Line]:
    """The papers of which nothing could be compared: for these there is what was typed, and the eyes."""
    several = [(sum(one.source() == TYPED_ONLY for one in looked), noun) for looked, noun in lists]
    if told := "、".join(noun.many(count) for count, noun in several if count):
        yield {"tone": "todo", "text": f"{told}{TYPED_ONLY}，请对照材料核对", "detail": ""}
