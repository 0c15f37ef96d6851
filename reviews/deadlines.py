"""Days that offices promised before a calendar was known: once it is, they move later, never earlier."""

from policy.working_days import add_working_days, kept_days
from records.walking import walked
from reviews.models import Turn


def put_off_turns() -> None:
    """Count the day of every open turn anew, under the policy that it had when it began."""
    turns, table = Turn.objects.open().prefetch_related("case"), kept_days()
    for turn in walked(turns, 500):
        later = add_working_days(turn.opened_at, turn.case.promised_days(turn.opened_at), table)
        Turn.objects.open().filter(pk=turn.pk, due_on__lt=later).update(due_on=later)
