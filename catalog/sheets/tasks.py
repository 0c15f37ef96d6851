"""A worker judges, publishes and takes back spreadsheets; every task is safe twice."""

from celery import shared_task

from catalog.models import SheetImport
from catalog.sheets import work


@shared_task
def judge(pk: int) -> None:
    """Read a file and judge its rows."""
    work.judge_sheet(pk)


@shared_task
def publish(pk: int) -> None:
    """Write what its rows say."""
    work.publish_sheet(pk)


@shared_task
def undo(pk: int) -> None:
    """Take back what they wrote."""
    work.undo_sheet(pk)


OF_STAGE = {
    SheetImport.Stage.READING: judge,
    SheetImport.Stage.PUBLISHING: publish,
    SheetImport.Stage.UNDOING: undo,
}


@shared_task
def tidy_sheets() -> None:
    """Delete files that were read long ago."""
    work.tidy()


@shared_task
def sweep_sheets() -> None:
    """Take up what was never begun (the broker was away), and what a worker that died has left."""
    for pk, stage in work.lost():
        OF_STAGE[SheetImport.Stage(stage)](pk)
