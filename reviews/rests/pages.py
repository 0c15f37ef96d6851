"""What a page says of decisions that rest."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from records.people import Person
from reviews.models import Rest, Turn

SHOWN = 5  # of one's own decisions that can still be taken back, the latest first


def rests_beside(turn: Turn, user: Person) -> dict[str, Any]:
    """{rest, said, rests} of the page of a turn; one question.

    rest: the decision that rests on it, for reviews/rests/rest.html. said: the person's last one that took no step, as
    its form would send it. rests: his own on other turns that can still be taken back.
    """
    near = Q(turn=turn) | Q(reviewer=user, ended_at=None)
    rows = list(Rest.objects.filter(near).select_related("turn__case_type", "reviewer").order_by("-said_at"))
    here = [row for row in rows if row.turn_id == turn.pk]
    living = next((row for row in here if row.is_living), None)
    last = next((row for row in here if row.reviewer_id == user.pk), None)
    others = [row for row in rows if row.turn_id != turn.pk and not is_due(row)]
    return {
        "rest": resting_part(living, user) if living and turn.is_open else None,
        "said": words_back(last) if last and turn.is_open else None,
        "rests": others[:SHOWN],
    }


def resting_part(rest: Rest, user: Person) -> dict[str, Any]:
    """Inputs of reviews/rests/rest.html."""
    left = (rest.due_at - timezone.now()).total_seconds()
    seconds = max(0, round(left) + 1)
    return {"rest": rest, "is_own": rest.reviewer_id == user.pk, "seconds": seconds, "is_due": is_due(rest)}


def is_due(rest: Rest) -> bool:
    """Whether its time has come."""
    return rest.due_at <= timezone.now()


def rests_of(user: Person) -> list[Rest]:
    """The person's own decisions that can still be taken back, with their turns."""
    rows = Rest.objects.living().filter(reviewer=user, due_at__gt=timezone.now()).select_related("turn__case_type")
    return list(rows.order_by("-due_at")[:SHOWN])


def words_back(last: Rest) -> QueryDict | None:
    """What was said, as its form would send it, where it took no step."""
    if last.outcome not in {Rest.Outcome.BACK, Rest.Outcome.VOID}:
        return None
    said = {"verdict": last.verdict, "text": last.text, "reason": last.reason, "corrections": last.corrections}
    amount = {} if last.amount is None else {"amount": f"{last.amount}"}
    return QueryDict(urlencode(said | amount, doseq=True))


def noted(rest: Rest) -> str:
    """What is said of a decision that has just been given."""
    due = timezone.localtime(rest.due_at)
    return f"已记下：{rest.turn.number} {rest.turn.title}，{rest.result}。{due:%H:%M:%S} 生效并通知申请单位，之前可以撤回。"
