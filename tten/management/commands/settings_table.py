"""Draw docs/settings.md afresh."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tten.settings_table import drawing


class Command(BaseCommand):
    """`manage.py settings_table` writes docs/settings.md."""

    help = "Draw docs/settings.md from the settings"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the file."""
        (settings.BASE_DIR / "docs" / "settings.md").write_text(drawing())
