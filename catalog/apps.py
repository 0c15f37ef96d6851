"""The app's name."""

import importlib

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Name and label of the app."""

    name = "catalog"
    verbose_name = "科淘与实验室"

    def ready(self) -> None:
        """Let the kind of this app speak for itself."""
        importlib.import_module("catalog.admissions.kind")
        importlib.import_module("catalog.desk.kind")
