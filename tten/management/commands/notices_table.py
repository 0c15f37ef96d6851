"""Draw docs/notices.md afresh."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tten.notices_table import drawing


class Command(BaseCommand):
    """`manage.py notices_table` writes docs/notices.md."""

    help = "Draw docs/notices.md from the kinds of notices"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the file."""
        path = settings.BASE_DIR / "docs" / "notices.md"
        path.write_text(drawing())
        self.stdout.write(f"written: {path.relative_to(settings.BASE_DIR)}")
