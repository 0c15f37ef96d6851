"""What the worker does for the review; every task is safe twice."""

from celery import shared_task

from records.queue import hand_over
from reviews.bulk.tasks import carry_on, sweep_bulk
from reviews.looking import MOST, keep_look, unlooked
from reviews.models import Question, Turn
from reviews.pace.tasks import renew_usual_times
from reviews.picture.counting import renew
from reviews.questions.services import remind
from reviews.rests.tasks import sweep_rests, take_rest, wait_for
from reviews.watch.tasks import tell_the_city, watch_offices, watch_seats

__all__ = [
    "carry_on",
    "count_months",
    "look_at_all",
    "look_at_new",
    "look_at_one",
    "remind_of_questions",
    "renew_usual_times",
    "sweep_bulk",
    "sweep_rests",
    "take_rest",
    "tell_the_city",
    "wait_for",
    "watch_offices",
    "watch_seats",
]


@shared_task
def remind_of_questions() -> None:
    """Remind who owes an answer, from its last day on: the firm or the office, once for each question."""
    for question in Question.objects.open().due().select_related("turn__office").order_by("pk"):
        remind(question)


@shared_task
def look_at_one(pk: int) -> None:
    """Keep what the checks of the turn come to."""
    keep_look(pk)


@shared_task
def look_at_new() -> None:
    """The same of turns that have opened since; each by itself, so that none stands in the way of the others."""
    for pk in unlooked().values_list("pk", flat=True)[:MOST]:
        hand_over(look_at_one, pk)


@shared_task
def look_at_all() -> None:
    """The same of every open turn, anew: what its papers and registers say has changed."""
    for pk in Turn.objects.filter(closed_at=None).order_by("pk").values_list("pk", flat=True):
        hand_over(look_at_one, pk)


@shared_task
def count_months() -> None:
    """Count what the work picture shows of this month and the last one."""
    renew()
