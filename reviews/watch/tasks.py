"""What the clock does on the mornings of working days; every task is safe twice."""

from celery import shared_task

from policy.calendar import today
from policy.working_days import is_working_day
from reviews.models import Office, PanelMember, PanelSeat
from reviews.soon import soon_until
from reviews.watch import services

CITY = Office.Kind.MUNICIPAL


@shared_task
def watch_offices() -> None:
    """Remind the offices of what is due and overdue."""
    if is_working_day(today()):
        for office in Office.objects.exclude(kind=CITY).order_by("pk"):
            services.remind_office(office)


@shared_task
def watch_seats() -> None:
    """Remind the experts who owe a word, or an answer to an invitation."""
    if is_working_day(today()):
        for seat in PanelSeat.objects.waiting().filter(turn__due_on__lte=soon_until()).order_by("pk"):
            services.remind_seat(seat)
        for member in PanelMember.objects.waiting().filter(panel__reply_by__lte=soon_until()).order_by("pk"):
            services.remind_member(member)


@shared_task
def tell_the_city() -> None:
    """Tell 市科技局, on the first morning of a week on which the clock comes."""
    if is_working_day(today()):
        for city in Office.objects.filter(kind=CITY, is_active=True).order_by("pk"):
            services.tell_city(city)
