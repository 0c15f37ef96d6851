"""The app's name."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """Name and label of the app."""

    name = "help"
    verbose_name = "帮助中心"
