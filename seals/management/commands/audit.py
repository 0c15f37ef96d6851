"""`manage.py audit`: prove trail, ledger, papers and the tree now; leaves with 1 where something does not hold."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from seals.auditing import audit


class Command(BaseCommand):
    """Proves everything."""

    help = "Prove trail, ledger, opinions, papers and the tree; --checkpoint takes one that a witness has kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What else is held against, and what is left out."""
        parser.add_argument("--checkpoint", type=Path, help="file of a checkpoint that a witness has kept")
        parser.add_argument("--no-papers", action="store_true", help="leave out the files")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell how much was proved, or what does not hold."""
        kept = options["checkpoint"].read_text() if options["checkpoint"] else ""
        row = audit(checkpoint=kept, with_papers=not options["no_papers"])
        if not row.is_whole:
            raise CommandError("\n".join(["不符：", *row.findings]))
        self.stdout.write(f"相符：封存的记录 {row.lines} 条，材料 {row.papers} 份。")
