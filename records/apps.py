"""The app's name."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Trail, papers and the one door to every state."""

    name = "records"
    verbose_name = "留痕与材料"
