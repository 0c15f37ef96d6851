"""The app's name."""

import importlib

from django.apps import AppConfig
from django.urls import register_converter

from records.converters import NumberConverter


class RecordsConfig(AppConfig):
    """Trail, papers and the one door to every state."""

    name = "records"
    verbose_name = "留痕与材料"

    def ready(self) -> None:
        """Let every app write `<number:number>` in its addresses, and check where files are to lie."""
        register_converter(NumberConverter, "number")
        importlib.import_module("records.storing.checks")
