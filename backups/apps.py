"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Name and label of the app."""

    name = "backups"
    verbose_name = "备份"

    def ready(self) -> None:
        """Let the alarm be known by its name."""
        importlib.import_module("backups.notices")
