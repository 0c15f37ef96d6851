"""When a decision may be looked at once more."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from policy.working_days import first_guess
from records.people import Person
from records.rules import rule
from records.steps import arrow_of, may_take
from reviews.models import Appeal, Opinion, ReviewedCase

WORD = "word that is held against"  # of a case's memory: what `is_first_appeal` has read


def last_word(case: ReviewedCase) -> Opinion | None:
    """The word that has decided last, with `is_appealed`: whether something was held against it."""
    words = Opinion.objects.filter(turn__in=case.turns.all()).select_related("turn__office", "turn__case_type")
    return (
        words.annotate(is_appealed=Exists(Appeal.objects.filter(opinion=OuterRef("pk")))).order_by("-at", "-pk").first()
    )


@rule("R-APPEAL", "每个决定只能申请一次复核，复核的决定不再复核。")
def is_first_appeal(case: ReviewedCase) -> bool:
    """The last word is no 复核 itself, and nothing was held against it yet."""
    word = case.memory[WORD] = last_word(case)
    return word is not None and not word.turn.is_appeal and not vars(word)["is_appealed"]


@rule("R-LATE", "申请复核的期限已过，或者这个决定不能申请复核。")
def in_appeal_window(case: ReviewedCase) -> bool:
    """The day until which the decision may be held against, which only a refusal and a lowered amount set, has not passed.

    A day in a year that nobody has published is not past yet: it may move later.
    """
    until = getattr(case, "due_on", None)
    return until is not None and (timezone.localdate() <= until or first_guess(until) < until)


def may_appeal(case: ReviewedCase, user: Person) -> bool:
    """Whether the person may ask for it now: the question that the button asks."""
    arrow = arrow_of(case, "appeal")
    if arrow is None or not in_appeal_window(case) or not may_take(case, "appeal", user):
        return False
    return all(condition(case) for condition in arrow.conditions)
