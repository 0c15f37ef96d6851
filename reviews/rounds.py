"""What a mended case holds otherwise than in the round before, apart from what the return had asked to correct."""

from collections.abc import Iterator
from typing import Any

from records.models import Document
from reviews.course import course_of
from reviews.kinds import Dossier, Lines
from reviews.models import ReviewedCase, SubmissionReceipt
from reviews.progress import correction_labels
from reviews.receipts import Content, plain

NOTHING_ELSE = "除要求修改的内容外，没有其他修改。"
DIGEST = 64  # figures of a paper's hash


def changed_since(case: ReviewedCase, dossier: Dossier) -> Lines:
    """For components/checks.html: every change outside the marks since the round before; [] in a first round.

    dossier: as the reader sees the case. A value that he does not read whole is not shown in its old form either.
    """
    rounds = [line.receipt for line in course_of(case).moves if line.step == "submit" and hasattr(line, "receipt")][-2:]
    if not rounds[1:]:
        return []
    kept = dict(SubmissionReceipt.objects.filter(pk__in=[one.pk for one in rounds]).values_list("pk", "content"))
    before, after = (kept[one.pk] for one in rounds)
    marked = marked_between(case, *rounds)
    told = [*changed_answers(before, after, dossier, marked), *changed_rows(before, after, marked)]
    told += changed_files(before, after, dossier, marked)
    return [{"tone": "warn", "text": text, "detail": ""} for text in told] or [{"tone": "ok", "text": NOTHING_ELSE}]


def marked_between(case: ReviewedCase, before: SubmissionReceipt, after: SubmissionReceipt) -> frozenset[str]:
    """The labels of what was to be corrected, in the words between the two rounds."""
    said = [opinion for turn in course_of(case).turns for opinion in turn.opinions.all()]
    names = [name for one in said if before.event.at < one.at <= after.event.at for name in one.corrections]
    return frozenset(correction_labels(case, names))


def changed_answers(before: Content, after: Content, dossier: Dossier, marked: frozenset[str]) -> Iterator[str]:
    """One sentence for each answer that differs."""
    old, new = answers_of(before), answers_of(after)
    shown = {(title, row.label): row.value for title, rows in dossier.sections for row in rows}
    for place, value in new.items():
        if value == old.get(place, "") or marked & set(place):
            continue
        seen = shown.get(place)
        whole = not isinstance(seen, Document) and plain(seen) == value
        yield f"{place[1]}：原为“{worded(old.get(place))}”，现为“{worded(value)}”。" if whole else f"{place[1]}已修改。"


def answers_of(content: Content) -> dict[tuple[str, str], Any]:
    """(section, label) → value."""
    return {(title, label): value for title, rows in content["sections"] for label, value in rows}


def changed_rows(before: Content, after: Content, marked: frozenset[str]) -> Iterator[str]:
    """One sentence for each row that has gone or come; a row that was changed has done both, unless it reads the same."""
    old = dict(before["tables"])
    for title, rows in after["tables"]:
        if title in marked:
            continue
        gone = [in_words(row) for row in old.get(title, []) if row not in rows]
        come = [in_words(row) for row in rows if row not in old.get(title, [])]
        yield from (f"{title}去掉一行：{words}。" for words in gone if words not in come)
        yield from (f"{title}新增一行：{words}。" for words in come if words not in gone)
        yield from (
            f"{title}修改了一行里没有显示的内容（文件、账号的前几位）：{words}。" for words in come if words in gone
        )


def in_words(row: list[Any]) -> str:
    """A row of a list without its paper's hash."""
    return "，".join(worded(value).strip() for value in row if not is_hash(value))


def worded(value: object) -> str:
    """A value as a sentence holds it."""
    if isinstance(value, list):
        return "、".join(worded(item) for item in value if not is_hash(item))
    return "空" if value in (None, "") else str(value)


def is_hash(value: object) -> bool:
    """Whether the value stands for a paper."""
    return isinstance(value, str) and len(value) == DIGEST and set(value) <= set("0123456789abcdef")


def changed_files(before: Content, after: Content, dossier: Dossier, marked: frozenset[str]) -> Iterator[str]:
    """One sentence for each paper beside answers and rows that has gone or come, unless such papers were asked for."""
    if marked & {paper.purpose for paper in dossier.documents}:
        return
    inside = {value for content in (before, after) for value in hashes_in(content)}
    old, new = ({file["sha256"]: file["name"] for file in content["files"]} for content in (before, after))
    yield from (f"去掉了文件“{name}”。" for digest, name in old.items() if digest not in new | dict.fromkeys(inside))
    yield from (f"新增了文件“{name}”。" for digest, name in new.items() if digest not in old | dict.fromkeys(inside))


def hashes_in(content: Content) -> Iterator[str]:
    """The papers that stand in answers and rows."""
    rows = [
        *(row for _, rows in content["sections"] for row in rows),
        *(row for _, rows in content["tables"] for row in rows),
    ]
    yield from (value for row in rows for value in row if is_hash(value))
