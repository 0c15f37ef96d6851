"""The same paper twice: one file, or one number on paper, in two rows, in two lists or in two claims (domain.md §6.2)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from papers.evidence import SHOWN, Line, way
from records.models import Document
from redemption.checks import Row, Used, keys_taken
from redemption.findings.looked import Evidence
from redemption.models import PAPER_KEY, Claim, Contract, Invoice
from ui.keys import as_read

FILE, NUMBER = "file", "number"  # what is the same
NAMED = 3  # rows that a sentence names
MOST_USES = 4 * SHOWN  # other claims that are looked up: one paper may lie in thousands
SAME_FILE = "请核对是不是传错了；一份文件里有几张票据的，请确认每张都在。"
SAME_NUMBER = "同一张票据只能用一次，请核对。"
Things = dict[
    tuple[str, str], dict[str, Document]
]  # what is the same and its key → the rows in words, with their papers


class Use(NamedTuple):
    """Another claim that was handed in and is not dead, and what it shares."""

    how: str
    key: str
    number: str
    unit_id: int
    unit: str


def things_of(claim: Claim, evidence: Evidence) -> Things:
    """What of a claim can be found again: each file by its hash, each number as it was read and as it was typed."""
    found: Things = {}
    for row, one in evidence.rows:
        read = one.reading.identity if one.reading else ""
        for thing in ((FILE, one.paper.sha256), (NUMBER, read), (NUMBER, number_of(row))):
            if thing[1]:
                found.setdefault(thing, {})[one.words] = one.paper
    for paper in claim.result_papers.all():
        found.setdefault((FILE, paper.sha256), {})[f"服务成果证明“{paper.name}”"] = paper
    return found


def number_of(row: Row) -> str:
    """The number as it was typed, spelled as `papers.identity` spells what was read; a contract's tells no paper from others."""
    if isinstance(row, Contract):
        return ""
    typed = (
        (row.printed or row.code + row.invoice_number) if isinstance(row, Invoice) else row.payer_account + row.serial
    )
    return as_read(typed)


def elsewhere(claim: Claim, things: Things) -> tuple[Used, list[Use]]:
    """The rows whose typed key another living claim uses, and claims that share a file or a number: one question."""
    keys: dict[str, list[str]] = {FILE: [], NUMBER: []}
    for how, key in things:
        keys[how].append(key)
    nobody = (Value(""), Value(0), Value(""))
    first, *arms = (
        rows.order_by().values_list(Value(name), Cast("pk", CharField()), *nobody) for name, rows in keys_taken(claim)
    )
    found: list[Any] = list(first.union(*arms, *others(claim, keys[FILE], keys[NUMBER])))
    used = frozenset((name, int(key)) for name, key, *_ in found if name not in keys)
    return used, [Use(*told) for told in found if told[0] in keys]


def others(claim: Claim, files: list[str], numbers: list[str]) -> Iterator[Any]:
    """Claims with one of these files, with a paper that bears one of these numbers, or with a row that has it typed."""
    living = Claim.objects.exclude(pk=claim.pk).exclude(state__in=Claim.DEAD).filter(submitted_at__isnull=False)
    whose = ("number", "unit_id", "unit__name")
    file, read = "documents__sha256", "documents__readings__identity"
    for how, name, keys in ((FILE, file, files), (NUMBER, read, numbers)):
        same = living.filter(**{f"{name}__in": keys, "documents__dropped_at": None})
        yield same.order_by().values_list(Value(how), name, *whose)[:MOST_USES]
    typed = Invoice.objects.filter(live=True).exclude(claim=claim).alias(key=PAPER_KEY).filter(key__in=numbers)
    yield typed.order_by().values_list(Value(NUMBER), PAPER_KEY, *(f"claim__{name}" for name in whose))[:MOST_USES]


def twice_here(things: Things) -> Iterator[Line]:
    """Rows of the claim that share a file or a number."""
    for (how, key), rows in things.items():
        if len(rows) > 1:
            words, paper = list(rows), next(iter(rows.values()))
            named = "、".join(words[:NAMED]) + (f"等 {len(words)} 处" if len(words) > NAMED else "")
            same = f"用的是同一个文件“{paper.name}”" if how == FILE else f"的材料上是同一个票据号码 {key}"
            yield {
                "tone": "warn",
                "text": f"{named}{same}",
                "detail": SAME_FILE if how == FILE else SAME_NUMBER,
                **way(paper),
            }


def used_again(claim: Claim, things: Things, uses: list[Use], known: set[str], *, own: bool) -> Iterator[Line]:
    """Other claims that share something. known: rows in words of which that is told already by their typed key."""
    for use in sorted(uses, key=lambda use: (use.how, use.number)):
        rows = {words: paper for words, paper in things.get((use.how, use.key), {}).items() if words not in known}
        for words, paper in rows.items():
            what = "的文件" if use.how == FILE else f"的票据号码 {use.key} "
            text = f"{words}{what}也用在{whose(claim, use, own=own)}里"
            yield {"tone": "warn", "text": text, "detail": SAME_FILE if use.how == FILE else SAME_NUMBER, **way(paper)}


def whose(claim: Claim, use: Use, *, own: bool) -> str:
    """What the other claim is called: of another unit the applicant reads nothing."""
    if use.unit_id == claim.unit_id:
        return f"{'本单位' if own else '该单位'}的兑现申请 {use.number} "
    return "另一份兑现申请" if own else f"{use.unit}的兑现申请 {use.number} "


def doubles(claim: Claim, things: Things, uses: list[Use], known: set[str], *, own: bool) -> list[Line]:
    """Both, up to a limit; where there is nothing, what was compared."""
    found = [*twice_here(things), *used_again(claim, things, uses, known, own=own)]
    files, numbers = (sum(how == one for how, _ in things) for one in (FILE, NUMBER))
    scope = f"比对了 {files} 个文件和 {numbers} 个票据号码，在本申请里和所有已提交、没有终止的兑现申请里。"
    if not found:
        return [{"tone": "ok", "text": "没有发现重复使用的材料", "detail": scope}]
    least = "至少" if len(uses) >= MOST_USES else ""
    more = {"tone": "warn", "text": f"{least}还有 {len(found) - SHOWN} 处重复使用的材料", "detail": scope}
    return [*islice(found, SHOWN), *([more] if len(found) > SHOWN else [])]
