"""Copies of the own data are made, old rows go, accounts close; every task is safe twice."""

from celery import shared_task

from accounts.models import User
from accounts.own_data import deletion, exports


@shared_task
def export_data(pk: int) -> None:
    """Make the copy of a person's data."""
    exports.make_export(pk)


@shared_task
def sweep_exports() -> None:
    """Make what was never begun (the broker was away), and what a worker that died has left."""
    for pk in exports.lost():
        export_data(pk)


@shared_task
def tidy_data() -> None:
    """Delete copies past their days, and the login history of people who have left."""
    exports.tidy_exports()
    deletion.forget_old_logs()


@shared_task
def delete_accounts() -> None:
    """Take the people out of the accounts whose days of reflection are over."""
    clock = User.objects.clock()
    for pk in deletion.due():
        deletion.delete_account(pk, by=clock)
