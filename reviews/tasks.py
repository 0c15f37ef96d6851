"""What the worker does for the review; every task is safe twice."""

from celery import shared_task

from reviews.bulk.tasks import carry_on, sweep_bulk
from reviews.models import Question
from reviews.pace.tasks import renew_usual_times
from reviews.picture.counting import renew
from reviews.questions.services import remind
from reviews.rests.tasks import sweep_rests, take_rest, wait_for
from reviews.watch.tasks import tell_the_city, watch_offices, watch_seats

__all__ = [
    "carry_on",
    "count_months",
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
def count_months() -> None:
    """Count what the work picture shows of this month and the last one."""
    renew()
