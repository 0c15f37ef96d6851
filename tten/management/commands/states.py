"""Draw docs/states.md afresh."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tten.states import drawing


class Command(BaseCommand):
    """`manage.py states` writes docs/states.md."""

    help = "Draw docs/states.md from the machines"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the file."""
        path = settings.BASE_DIR / "docs" / "states.md"
        path.write_text(drawing())
        self.stdout.write(f"written: {path.relative_to(settings.BASE_DIR)}")
