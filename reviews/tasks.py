"""What the clock does with questions; safe twice."""

from celery import shared_task

from reviews.models import Question
from reviews.questions.services import remind


@shared_task
def remind_of_questions() -> None:
    """Remind who owes an answer, from its last day on: the firm or the office, once for each question."""
    for question in Question.objects.open().due().select_related("turn__office").order_by("pk"):
        remind(question)
