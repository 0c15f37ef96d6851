"""What a page shows of some lines of a firm's file: one question for each sort of line that is on it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum, Window

from notifications.models import Notice
from policy.arithmetic import yuan
from records.kinds import CaseKind, case_kinds
from records.models import Document
from reviews.models import Opinion, Question, Remark, Verdict
from reviews.questions.rows import question_words
from tten.firm.lines import (
    AT_ONCE,
    CASE,
    MONEY,
    NOTICE,
    OPINION,
    PAPER,
    REMARK,
    SORTS,
    TALK,
    Firm,
    address_of,
    kind_name,
    people_of,
    same_message,
)
from vouchers.models import Application, LedgerEntry

TONES = {Verdict.PASS: "done", Verdict.RETURN: "yours", Verdict.FORM_RETURN: "yours", Verdict.REJECT: "refused"}


@dataclass
class Line:
    """One line as it is read; amounts in yuan."""

    sort: str
    moment: dt.datetime
    kind: CaseKind
    number: str
    title: str
    url: str = ""  # of its case, for whoever opens cases
    result: str = ""
    tone: str = ""
    reason: str = ""
    words: str = ""
    office: str = ""
    round: int | None = None
    amount: Decimal | None = None
    held: Decimal | None = None  # what the entries of the cycle up to this one come to
    paper: Document | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The sort of the line, in words."""
        return dict(SORTS)[self.sort]

    @property
    def matter(self) -> str:
        """The kind of its case, in words."""
        return self.kind.matter


def faces(firm: Firm, rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    """The lines of the rows that `lines_of` has found, in their order."""
    kinds = {kind_name(kind): kind for kind in case_kinds()}
    fetched = {
        sort: fetch(firm, [key for its, _, key, *_ in rows if its == sort])
        for sort, fetch in FETCH.items()
        if any(row[0] == sort for row in rows)
    }
    lines = []
    for sort, moment, key, model, number, named, state in rows:
        line = Line(sort, moment, kinds[model], number, named)
        if sort == CASE:
            of_case(line, state)
        elif key in fetched[sort]:  # else it has gone since it was found
            SHOW[sort](line, fetched[sort][key])
        line.url = way_to(firm, line)
        lines.append(line)
    return lines


def way_to(firm: Firm, line: Line) -> str:
    """Where the reader goes on from a line about the case; whoever audits opens no case, and none of its papers."""
    if not line.number or firm.reader.audits:
        line.paper = None
        return ""
    return address_of(line.kind, line.number)


def of_case(line: Line, state: str) -> None:
    """Where the case stands."""
    machine: Any = line.kind.model._meta
    labels = dict(machine.get_field("state").choices)
    line.result, line.tone = str(labels[state]), line.kind.model.STATES[state].tone


def opinions(_firm: Firm, keys: Sequence[str]) -> dict[str, Opinion]:
    """The opinions of these keys, with their turns and offices."""
    return by_key(Opinion.objects.filter(pk__in=keys).select_related("turn__office"))


def of_opinion(line: Line, opinion: Opinion) -> None:
    """What an office has said; its person is not named."""
    turn = opinion.turn
    line.result, line.tone, line.office, line.round = (
        opinion.result,
        TONES[Verdict(opinion.verdict)],
        turn.office.name,
        turn.round,
    )
    line.reason, line.words = opinion.get_reason_display(), opinion.text
    line.more = {"stage": turn.stage, "corrections": len(opinion.corrections)}
    line.amount = opinion.amount


def talk(_firm: Firm, keys: Sequence[str]) -> dict[str, Question]:
    """The questions and proposals of these keys, with their answers."""
    return by_key(Question.objects.filter(pk__in=keys).select_related("turn__office", "reply"))


def of_talk(line: Line, question: Question) -> None:
    """What was asked or proposed, and what was answered; offices and firms speak, not their people."""
    turn, reply = question.turn, getattr(question, "reply", None)
    line.result, line.office, line.round = question.get_kind_display(), turn.office.name, turn.round
    line.more = {"stage": turn.stage}
    answered = "" if reply is None else "\n" + ("已接受更正。" if reply.accepted else f"答复：{reply.text}")
    line.words = question_words(question) + answered


def remarks(_firm: Firm, keys: Sequence[str]) -> dict[str, Remark]:
    """The notes of these keys, with who wrote them."""
    return by_key(Remark.objects.filter(pk__in=keys).select_related("author", "office"))


def of_remark(line: Line, remark: Remark) -> None:
    """What a reviewer wrote for the others."""
    line.words, line.office = remark.text, f"{remark.office} {remark.author}"


def papers(_firm: Firm, keys: Sequence[str]) -> dict[str, Document]:
    """The papers of these keys."""
    return by_key(Document.objects.filter(pk__in=keys))


def of_paper(line: Line, paper: Document) -> None:
    """A paper, with what it is for."""
    line.title, line.words, line.paper = paper.name, paper.purpose, paper


def entries(firm: Firm, keys: Sequence[str]) -> dict[str, LedgerEntry]:
    """The entries of these keys, each with what those of its account that the reader sees come to up to it."""
    shown = LedgerEntry.objects.filter(pk__in=keys).values("account")
    kind = next(kind for kind in case_kinds() if kind.model is Application)
    rows = LedgerEntry.objects.filter(account__in=shown, application__in=firm.cases(kind).values("pk"))
    total = F("reserved") + F("approved") + F("used")
    held = Window(Sum(total), partition_by=F("account"), order_by=[F("at").asc(), F("pk").asc()])
    return by_key(rows.annotate(held=held).select_related("account"), set(keys))


def of_entry(line: Line, entry: LedgerEntry) -> None:
    """What an entry has moved, and what the cycle held then."""
    line.result, line.amount, line.held = (
        entry.get_kind_display(),
        entry.reserved + entry.approved + entry.used,
        vars(entry)["held"],
    )
    parts = "，".join(
        f"{label} {'+' if amount > 0 else '−'}{yuan(abs(amount))}"
        for label, amount in (("申请中", entry.reserved), ("已批准", entry.approved), ("已兑现", entry.used))
        if amount
    )
    line.words = f"{entry.account.cycle} 年度{entry.account.get_pool_display()}额度：{parts}。"


def notices(firm: Firm, keys: Sequence[str]) -> dict[str, list[Notice]]:
    """The messages of these keys, each with those of the same words that other people of the firm got with it."""
    first = Notice.objects.filter(same_message(), pk__in=keys, pk__lte=OuterRef("pk"), at__gte=OuterRef("at") - AT_ONCE)
    rows = Notice.objects.filter(Exists(first), recipient__in=people_of(firm)).order_by("pk")
    found: dict[str, list[Notice]] = {}
    for notice in rows.select_related("recipient").annotate(first=Subquery(first.order_by("-pk").values("pk")[:1])):
        found.setdefault(str(vars(notice)["first"]), []).append(notice)
    return found


def of_notice(line: Line, told: Sequence[Notice]) -> None:
    """What people of the firm were told, and who of them has read it."""
    notice, read = told[0], sum(one.read_at is not None for one in told)
    line.title, line.words = notice.subject, notice.body
    line.result = ("已读" if read else "未读") if len(told) == 1 else f"{len(told)} 人中 {read} 人已读"
    line.office = f"收件人：{'、'.join(str(one.recipient) for one in told)}"
    prefix = line.kind.model.PREFIX
    line.number = next((part for part in notice.url.split("/") if part.startswith(prefix)), "")


def by_key(rows: QuerySet[Any], keys: set[str] | None = None) -> dict[str, Any]:
    """Key, as the lines carry it → row; only these keys, where some are named."""
    return {str(row.pk): row for row in rows if keys is None or str(row.pk) in keys}


FETCH: dict[str, Callable[[Firm, Sequence[str]], dict[str, Any]]] = {
    OPINION: opinions,
    TALK: talk,
    REMARK: remarks,
    PAPER: papers,
    MONEY: entries,
    NOTICE: notices,
}
SHOW: dict[str, Callable[[Line, Any], None]] = {
    OPINION: of_opinion,
    TALK: of_talk,
    REMARK: of_remark,
    PAPER: of_paper,
    MONEY: of_entry,
    NOTICE: of_notice,
}
