"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Name and label of the app."""

    name = "registers"
    verbose_name = "外部核验"

    def ready(self) -> None:
        """Let the checks speak for themselves."""
        importlib.import_module("registers.checks")
