"""The app of looks."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Form base, template tags and the gallery of components."""

    name = "ui"
    verbose_name = "界面"
