"""The app's name, and what it wants to be told."""

import importlib

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """What the papers themselves say."""

    name = "papers"
    verbose_name = "材料识读"

    def ready(self) -> None:
        """Be told of papers that find their case, and of those that are looked at."""
        for room in ("papers.services", "papers.beside"):
            importlib.import_module(room)
