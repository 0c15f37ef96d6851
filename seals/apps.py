"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """Name and label of the app."""

    name = "seals"
    verbose_name = "防篡改"

    def ready(self) -> None:
        """Let the alarm be known by its name, and what is checked at start."""
        importlib.import_module("seals.notices")
        importlib.import_module("seals.checks")
