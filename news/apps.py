"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Name and label of the app."""

    name = "news"
    verbose_name = "政策与通知"

    def ready(self) -> None:
        """Let the trail of an article know its words."""
        importlib.import_module("news.kind")
