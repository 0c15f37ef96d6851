"""The app's name."""

from django.apps import AppConfig
from django.urls import register_converter

from records.converters import NumberConverter


class RecordsConfig(AppConfig):
    """Trail, papers and the one door to every state."""

    name = "records"
    verbose_name = "留痕与材料"

    def ready(self) -> None:
        """Let every app write `<number:number>` in its addresses."""
        register_converter(NumberConverter, "number")
