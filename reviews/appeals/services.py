"""申请复核: the step that opens it (ADR 0153); 撤回 is an ending of each kind, and a word of the office decides it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from notifications.services import announce, notify
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.services import attach
from reviews.appeals.notices import BEGUN, DECIDED
from reviews.appeals.permissions import WORD
from reviews.appeals.reading import BROUGHT, appeals_of
from reviews.kinds import kind_of_review
from reviews.models import APPEAL, Appeal, Opinion, ReviewedCase
from reviews.services import advance

R = TypeVar("R", bound=ReviewedCase)
LEAST_GROUNDS = 10  # characters: less says neither what is wrong nor by what
NEEDS_GROUNDS = "R-WORDS", f"请写明复核理由，不少于 {LEAST_GROUNDS} 个字：原决定哪里与事实或政策不符，依据是什么。"
PURPOSE = "复核材料"


@door
def appeal(case: R, *, by: Person, text: str, papers: Iterable[Document] = (), seen: int | None = None) -> R:
    """Hold reasons and new papers against the decision that has refused the case or lowered its amount; return the case.

    Raises StaleCase and RuleBroken: too late, a second time, without reasons or with a word or two, or what it needs is taken meanwhile.
    """
    if len(text.strip()) < LEAST_GROUNDS:
        raise RuleBroken(*NEEDS_GROUNDS)
    brought = list(papers)

    def keep(moved: R) -> None:
        kept = kept_appeal(moved, by=by, text=text.strip(), papers=brought)
        kind_of_review(moved).appealed(moved, by=by)
        notify(BEGUN, kept.opinion.turn, appeal=kept)

    case = advance(case, APPEAL, by=by, seen=seen, note=text.strip(), attachments=brought, before_save=keep)
    announce(case, text=text.strip())
    return case


def kept_appeal(case: ReviewedCase, *, by: Person, text: str, papers: list[Document]) -> Appeal:
    """The row of a case that is held and whose arrow has asked, with its papers tied to the case."""
    word: Any = case.memory.pop(WORD)
    kept = Appeal.objects.create(opinion=word, by=by, text=text)
    attach(case, papers, PURPOSE)
    kept.papers.add(*papers)
    case.memory[BROUGHT] = kept, papers
    return kept


def tell_first_office(case: ReviewedCase, opinion: Opinion) -> None:
    """Let the office whose decision was looked at once more know what became of it."""
    if opinion.turn.is_appeal:
        notify(DECIDED, appeals_of(case)[0].opinion.turn, opinion=opinion)
