"""Print how this portal's cases, orders and products are spread: counts alone, to make a demo that is as skewed."""

from typing import Any

from django.core.management.base import BaseCommand

from tten.demo.mass.profile import Profile


class Command(BaseCommand):
    """`manage.py profile > profile.json` reads a portal that runs; `manage.py demo --like profile.json` makes one like it."""

    help = "Print the sizes of this portal as JSON: no names, no numbers, no days"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Count and print."""
        self.stdout.write(Profile.of_portal().text(), ending="")
