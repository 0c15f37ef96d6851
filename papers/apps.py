"""The app's name."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """What the papers themselves say."""

    name = "papers"
    verbose_name = "材料识读"
