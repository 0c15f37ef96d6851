"""The app's name."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """Name and label of the app."""

    name = "seals"
    verbose_name = "防篡改"
