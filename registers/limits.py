"""How often a register may be asked in a day, counted before the question leaves: two at once never pass together."""

from django.db import connection

from policy.calendar import today
from registers.kinds import line_of
from registers.models import DayCount

TAKE = """
INSERT INTO registers_daycount AS row (register, subject, day, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (day, register, subject) DO UPDATE SET count = row.count + 1 WHERE row.count < %s
RETURNING count"""


def take(register: str, subject: str, most: int) -> bool:
    """Count one more for today in Tianjin, unless that would be more than `most`; whether it was counted."""
    if most < 1:
        return False
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [register, subject, today(), most])
        return cursor.fetchone() is not None


def may_ask(register: str, subject: str) -> bool:
    """Count a question about the subject: first of its own limit, where it has one, then of the register's."""
    line = line_of(register)
    if line.each_a_day and not take(register, subject, line.each_a_day):
        return False
    return take(register, "", line.a_day)


def asked_today(register: str) -> int:
    """How often the register was asked today."""
    found = DayCount.objects.filter(day=today(), register=register, subject="").values_list("count", flat=True)
    return found.first() or 0
