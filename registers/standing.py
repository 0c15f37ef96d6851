"""What is known of a subject: the latest answer, whether a question waits, and both in words."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone

from registers.kinds import STOP_HOURS, STOPS, Register, Trouble, is_connected
from registers.models import Question, Reply
from ui.templatetags.ui import when

REPLY, QUESTION = "reply", "question"  # kinds of rows
NOT_ASKED, WAITING, CHECKED = "尚未核验", "待核验", "已核验"


@dataclass(frozen=True)
class Standing:
    """One subject at one register."""

    register: str
    subject: str
    reply: Reply | None = None
    question: Question | None = None

    @property
    def label(self) -> str:
        """尚未核验, 待核验 or 已核验."""
        return WAITING if self.question else CHECKED if self.reply else NOT_ASKED

    @property
    def waits(self) -> str:
        """Why there is no answer yet and what comes next, in one sentence; "" where nothing waits."""
        if self.question is None:
            return ""
        if not self.question.trouble:
            return "正在向登记部门查询，结果会自动显示。"
        why = Trouble(self.question.trouble).label
        return f"{Register(self.register).label}{why}，将在 {when(self.question.due_at)} 以后自动再次查询。"

    @property
    def told(self) -> str:
        """When the answer came, and from whom; "" where there is none."""
        return f"{when(self.reply.at)} 核验，来源：{self.reply.source}" if self.reply else ""

    @property
    def words(self) -> str:
        """The standing in one line, for a row of facts."""
        return "；".join(part for part in (self.told, self.waits.rstrip("。")) if part) or NOT_ASKED

    def is_fresh(self, hours: float, terms: dict[str, str] | None = None) -> bool:
        """Whether the answer is of the last hours, and of these terms; one that stops somebody soon is not."""
        if self.reply is None or self.reply.terms != (terms or {}):
            return False
        if self.reply.status in STOPS:
            hours = min(hours, STOP_HOURS)
        return self.reply.at > timezone.now() - dt.timedelta(hours=hours)


def standings_of(registers: Collection[str], subjects: Iterable[str]) -> dict[tuple[str, str], Standing]:
    """(register, subject) → how it stands, for each pair of the two: one query, however many.

    A register that is not connected says nothing any more: what it once said is not kept up.
    """
    subjects, connected = list(subjects), [register for register in registers if is_connected(register)]
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, register, subject, word, at, source, facts, terms in told(connected, subjects) if connected else ():
        told_of = {"register": register, "subject": subject, "terms": terms}
        row: Reply | Question = Question(trouble=word, due_at=at, **told_of)
        if kind == REPLY:
            row = Reply(status=word, at=at, source=source, facts=facts, **told_of)
        rows.setdefault((register, subject), {})[kind] = row
    pairs = [(str(register), subject) for register in registers for subject in subjects]
    return {pair: Standing(*pair, **rows.get(pair, {})) for pair in pairs}


def told(registers: Collection[str], subjects: Collection[str]) -> QuerySet[Any, Any]:
    """The latest answer of each pair and the open question, as (kind, register, subject, word, time, source, facts, terms)."""
    asked = {"register__in": registers, "subject__in": subjects}
    latest = Reply.objects.filter(**asked).order_by("register", "subject", "-pk").distinct("register", "subject")
    waiting = Question.objects.filter(**asked, closed_at=None).order_by()
    replies = latest.values_list(Value(REPLY), "register", "subject", "status", "at", "source", "facts", "terms")
    questions = waiting.values_list(
        Value(QUESTION), "register", "subject", "trouble", "due_at", Value(""), "terms", "terms"
    )
    return replies.union(questions, all=True)


def standing_of(register: str, subject: str) -> Standing:
    """How one subject stands at one register."""
    return standings_of([register], [subject])[str(register), subject]


def latest_of(register: str, subject: str) -> Reply | None:
    """The answer that counts, if there is one: one query at most."""
    if not is_connected(register):
        return None
    return Reply.objects.filter(register=register, subject=subject).order_by("register", "subject", "-pk").first()
