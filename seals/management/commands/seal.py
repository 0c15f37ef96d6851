"""`manage.py seal`: seal everything now; `--new-key` makes the key that signs, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from seals.services import seal
from seals.signing import SealBroken, make_key


class Command(BaseCommand):
    """Seals, or makes the key."""

    help = "Give every line its leaf and sign the tree; --new-key makes the key and tells what a witness is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One choice."""
        parser.add_argument(
            "--new-key", action="store_true", help="make a key where there is none, and print its public half"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what a witness needs to know."""
        try:
            self.stdout.write(make_key() if options["new_key"] else seal(everything=True).text)
        except FileExistsError as there:
            raise CommandError(f"密钥已存在，没有改动：{there.filename}") from there
        except SealBroken as broken:
            raise CommandError(str(broken)) from broken
