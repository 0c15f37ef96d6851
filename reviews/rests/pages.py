"""What a page says of decisions that rest."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from records.people import Person
from records.rules import RuleBroken
from reviews.models import Rest, Turn, Verdict
from reviews.preview import letter_of
from reviews.rests.forms import SecondForm
from reviews.rests.work import said_in
from reviews.seconds import NOBODY, needs_second, objection_to_signing, rule_of_second, signers

SHOWN = 5  # of one's own decisions that can still be taken back, the latest first


def rests_beside(turn: Turn, user: Person) -> dict[str, Any]:
    """{rest, said, sent, rests} of the page of a turn; one question.

    rest: the decision that rests on it, for reviews/rests/rest.html. said: the person's last one that took no step, as
    its form would send it. sent: the last one, where it was sent back unsigned. rests: his own on other turns that can
    still be taken back.
    """
    near = Q(turn=turn) | Q(reviewer=user, ended_at=None)
    rows = list(Rest.objects.filter(near).select_related("turn__case_type", "reviewer", "second").order_by("-said_at"))
    here = [row for row in rows if row.turn_id == turn.pk]
    living = next((row for row in here if row.is_living), None)
    last = next((row for row in here if row.reviewer_id == user.pk), None)
    others = [row for row in rows if row.turn_id != turn.pk and not is_due(row)]
    return {
        "rest": resting_part(living, user) if living and turn.is_open else None,
        "said": words_back(last) if last and turn.is_open else None,
        "sent": here[0] if here and here[0].outcome == Rest.Outcome.SENT and turn.is_open else None,
        "rests": others[:SHOWN],
    }


def resting_part(rest: Rest, user: Person) -> dict[str, Any]:
    """Inputs of reviews/rests/rest.html, and of reviews/rests/unsigned.html for one that waits for its second person."""
    is_own = rest.reviewer_id == user.pk
    if rest.due_at is None:
        return {"rest": rest, "is_own": is_own, "unsigned": unsigned_part(rest, user)}
    left = (rest.due_at - timezone.now()).total_seconds()
    seconds = max(0, round(left) + 1)
    by_him = user.pk in {rest.reviewer_id, rest.second_id}
    return {"rest": rest, "is_own": is_own, "may_back": by_him, "seconds": seconds, "is_due": is_due(rest)}


def unsigned_part(rest: Rest, user: Person) -> dict[str, Any]:
    """{objection, none, form}: why the reader may not sign, and that nobody may; the form of one who may."""
    objection = objection_to_signing(rest.turn, rest.turn.case, rest.reviewer, user)
    names = [str(place.user) for place in signers(rest.turn, rest.turn.case, rest.reviewer)] if objection else []
    return {
        "objection": f"{objection}可以复核签的同事：{'、'.join(names)}。" if names else objection,
        "none": NOBODY if objection and not names else "",
        "form": None if objection else SecondForm(),
    }


def foretold(rest: Rest) -> dict[str, Any]:
    """{letter} that the decision would send, or {problems}: why it could take no step now."""
    try:
        return {"letter": letter_of(rest.turn, by=rest.reviewer, seen=rest.seen, **said_in(rest))}
    except RuleBroken as refusal:
        return {"problems": [refusal.sentence]}


def rule_told(turn: Turn) -> str:
    """That passing this turn needs a second person; "" where it does not."""
    return f"{rule_of_second()}。" if needs_second(turn, Verdict.PASS) else ""


def is_due(rest: Rest) -> bool:
    """Whether its time has come."""
    return rest.due_at is not None and rest.due_at <= timezone.now()


def rests_of(user: Person) -> list[Rest]:
    """The person's own decisions that can still be taken back, with their turns."""
    open_ones = Q(due_at__gt=timezone.now()) | Q(due_at=None, turn__closed_at=None)
    rows = Rest.objects.living().filter(open_ones, reviewer=user).select_related("turn__case_type")
    return list(rows.order_by("-said_at")[:SHOWN])


def words_back(last: Rest) -> QueryDict | None:
    """What was said, as its form would send it, where it took no step."""
    if last.outcome not in {Rest.Outcome.BACK, Rest.Outcome.VOID, Rest.Outcome.SENT}:
        return None
    said = {"verdict": last.verdict, "text": last.text, "reason": last.reason, "corrections": last.corrections}
    amount = {} if last.amount is None else {"amount": f"{last.amount}"}
    return QueryDict(urlencode(said | amount, doseq=True))


def noted(rest: Rest) -> str:
    """What is said of a decision that has just been given."""
    if rest.due_at is None:
        return f"已记下：{rest.turn.number} {rest.turn.title}，{rest.result}。{rule_of_second()}，之前可以撤回。"
    due = timezone.localtime(rest.due_at)
    return f"已记下：{rest.turn.number} {rest.turn.title}，{rest.result}。{due:%H:%M:%S} 生效并通知申请单位，之前可以撤回。"
