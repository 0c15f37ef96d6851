"""What two 提交回执 of a case differ in: answer by answer, row by row, file by file."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviews.marks import list_of
from reviews.receipts import Content

DIGEST = 64  # figures of a paper's hash
AROUND = 24  # characters of a long text that stand before and behind what differs
LONG = 60  # characters of a text that is shown whole
NOTHING, HIDDEN, SAME_WORDS, OTHER_FILE = (
    "空",
    "已修改",
    "没有显示的部分有变化",
    "同名文件，内容不同",
)
NOT_YET, GONE = "没有", "已去掉"

ACCEPTED = "已接受的更正建议"

Labels = Mapping[str, list[str]]  # title of a list → the heads of its columns
Labelled = Mapping[str, str]


@dataclass(frozen=True)
class Marked:
    """What a return had asked to correct: the marks themselves, and what they are called.

    accepted: label of a field → what an accepted 更正建议 made of it, in words.
    """

    marks: Collection[str] = ()
    labels: Collection[str] = ()
    accepted: Labelled = field(default_factory=dict)

    def asks(self, *places: str) -> bool:
        """Whether one of these fields, lists or rows was marked."""
        return any(place in self.labels or place in self.marks for place in places)

    def has_accepted(self, label: str, value: object) -> bool:
        """Whether the value is what the office had proposed, and the firm accepted."""
        return self.accepted.get(label) == worded(value)


@dataclass(frozen=True)
class Change:
    """One thing that differs, with both values in words; is_asked: the return had asked for it."""

    place: str
    old: str
    new: str
    is_asked: bool
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two receipts that follow each other, and what is needed to read them.

    hidden: (section, label) of answers that the reader does not see whole.
    """

    before: Content
    after: Content
    marked: Marked
    hidden: Collection[tuple[str, str]]
    heads: Labels
    purposes: Collection[str]  # what the papers are that the case holds beside answers and rows

    def changes(self) -> list[Change]:
        """Everything that differs, what nobody asked for first."""
        found = [*self.answers(), *self.rows(), *self.files()]
        return sorted(found, key=lambda change: change.is_asked)

    def answers(self) -> Iterator[Change]:
        """Each answer that differs."""
        old, new = answers_of(self.before), answers_of(self.after)
        for place, value in new.items():
            was = old.get(place, "")
            if value != was:
                is_asked = self.marked.asks(*place)
                if place in self.hidden:
                    yield Change(place[1], "", "", is_asked, HIDDEN)
                elif self.marked.has_accepted(place[1], value):
                    yield Change(place[1], *around(worded(was), worded(value)), is_asked=True, note=ACCEPTED)
                else:
                    yield self.change(place[1], was, value, is_asked=is_asked)

    def rows(self) -> Iterator[Change]:
        """Each row that has gone, come or been changed."""
        kept = [content.get("marks", {}) for content in (self.before, self.after)]
        keyed = set(kept[0]) & set(kept[1])
        old, new = rows_of(self.before, keyed), rows_of(self.after, keyed)
        for title, rows in new.items():
            yield from self.rows_in(title, old.get(title, {}), rows)

    def rows_in(self, title: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
        """The same of one list, by the keys of its rows; where a receipt kept none, by what stands in them."""
        numbers = {mark: number for number, mark in enumerate(new, start=1)}
        for mark, row in new.items():
            place = f"{title}第 {numbers[mark]} 行"
            is_asked = self.marked.asks(title, mark, list_of(mark))
            if mark not in old:
                yield Change(place, NOT_YET, in_words(row), is_asked=self.marked.asks(title, list_of(mark)))
            elif row != old[mark]:
                yield from self.cells(title, place, (old[mark], row), is_asked=is_asked)
        for mark, row in old.items():
            if mark not in new:
                is_asked = self.marked.asks(title, mark, list_of(mark))
                yield Change(f"{title}的一行", in_words(row), GONE, is_asked)

    def cells(self, title: str, place: str, rows: tuple[list[Any], list[Any]], *, is_asked: bool) -> Iterator[Change]:
        """Each cell of a row that differs."""
        old, new = rows
        heads = self.heads.get(title, [])
        if len(heads) != len(new) or len(old) != len(new):
            yield Change(place, in_words(old), in_words(new), is_asked)
            return
        for head, was, value in zip(heads, old, new, strict=True):
            if was != value:
                yield self.change(f"{place} {head}", was, value, is_asked=is_asked)

    def change(self, place: str, old: object, new: object, *, is_asked: bool) -> Change:
        """Two values, in words; papers by their names."""
        one, other = self.worded(old), self.worded(new)
        if one == other:
            is_paper = is_hash(old) and is_hash(new)
            return Change(place, one, other, is_asked, OTHER_FILE if is_paper else SAME_WORDS)
        return Change(place, *around(one, other), is_asked)

    def worded(self, value: object) -> str:
        """A value as it is shown here."""
        return self.names.get(str(value), "文件") if is_hash(value) else worded(value)

    @property
    def names(self) -> dict[str, str]:
        """Hash of a paper → its name."""
        return {file["sha256"]: file["name"] for content in (self.before, self.after) for file in content["files"]}

    def files(self) -> Iterator[Change]:
        """Each paper beside answers and rows that has gone or come."""
        inside = {value for content in (self.before, self.after) for value in hashes_in(content)}
        old, new = (
            {file["sha256"]: file["name"] for file in content["files"]} for content in (self.before, self.after)
        )
        is_asked = self.marked.asks(*self.purposes)
        for digest, name in new.items():
            if digest not in old and digest not in inside:
                yield Change("文件", NOT_YET, name, is_asked)
        for digest, name in old.items():
            if digest not in new and digest not in inside:
                yield Change("文件", name, GONE, is_asked)


def answers_of(content: Content) -> dict[tuple[str, str], Any]:
    """(section, label) → value."""
    return {(title, label): value for title, rows in content["sections"] for label, value in rows}


def rows_of(content: Content, keyed: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Title of a list → mark of a row → the row; in lists that are not keyed a row goes by what stands in it."""
    marks = {title: content["marks"][title] for title in keyed}
    return {
        title: dict(zip(marks.get(title) or map(repr, rows), rows, strict=True)) for title, rows in content["tables"]
    }


def in_words(row: Iterable[object]) -> str:
    """A row of a list without its paper's hash."""
    return "，".join(worded(value).strip() for value in row if not is_hash(value))


def worded(value: object) -> str:
    """A value as a sentence holds it."""
    if isinstance(value, list):
        return "、".join(worded(item) for item in value if not is_hash(item))
    return NOTHING if value in (None, "") else str(value)


def is_hash(value: object) -> bool:
    """Whether the value stands for a paper."""
    return isinstance(value, str) and len(value) == DIGEST and set(value) <= set("0123456789abcdef")


def hashes_in(content: Content) -> Iterator[str]:
    """The papers that stand in answers and rows."""
    rows = [
        *(row for _, rows in content["sections"] for row in rows),
        *(row for _, rows in content["tables"] for row in rows),
    ]
    yield from (value for row in rows for value in row if is_hash(value))


def around(old: str, new: str) -> tuple[str, str]:
    """Two texts; of long ones the part that differs, with some characters before and behind it."""
    if max(len(old), len(new)) <= LONG:
        return old, new
    head, most = 0, min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return cut(old, head, tail), cut(new, head, tail)


def cut(text: str, head: int, tail: int) -> str:
    """The text without most of its first `head` and last `tail` characters."""
    start, end = max(head - AROUND, 0), min(len(text) - tail + AROUND, len(text))
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
