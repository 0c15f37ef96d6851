"""`manage.py stream`: keep the database's log and new papers in BACKUP_FOLDER, every few seconds, until it is ended."""

import datetime as dt
import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from backups.places import places
from backups.refusals import Refused
from backups.services import write_kept
from backups.stream import EVERY, stream

logger = logging.getLogger(__name__)
NOTED = dt.timedelta(seconds=60)  # between two notes in the database


class Command(BaseCommand):
    """Keeps the log."""

    help = "Keep the database's log and new papers, encrypted, in BACKUP_FOLDER; runs until it is ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        parser.add_argument("--every", type=float, default=EVERY, help="seconds between two rounds")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Until SIGTERM or SIGINT."""
        ends = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ends.set())
        try:
            stream(places(), ends, Noting(), options["every"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused


class Noting:
    """Writes down now and then until when the log is kept."""

    def __init__(self) -> None:
        """Not yet."""
        self.last: dt.datetime | None = None

    def __call__(self, until: dt.datetime) -> None:
        """A database that is away is told later."""
        if self.last and timezone.now() - self.last < NOTED:
            return
        try:
            write_kept(until)
            self.last = timezone.now()
        except DatabaseError as away:
            logger.warning("not noted: %s", away)
        finally:
            connection.close()
