"""Read every paper that this version of the readers has not read: `manage.py read_papers [--anew]`."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from papers import work
from papers.facts import READER


class Command(BaseCommand):
    """Read what waits, here and not in the queue, and say what came of it."""

    help = "Read the papers of all cases with this version of the readers; --anew also those that it has read."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --anew."""
        parser.add_argument("--anew", action="store_true", help="also what this version has read already")

    def handle(self, *_args: Any, anew: bool, **_options: Any) -> None:
        """Read, a line for each paper that could not be."""
        many = work.ask_for_all(anew=anew)
        self.stdout.write(f"第 {READER} 版，{many} 份材料待读。")
        stages: Counter[str] = Counter()
        for reading in work.read_all():
            stages[reading.get_stage_display()] += 1
            if reading.sentence:
                self.stdout.write(f"“{reading.document}”{reading.sentence}")
        self.stdout.write("，".join(f"{stage} {count}" for stage, count in stages.items()) or "没有要读的材料。")
