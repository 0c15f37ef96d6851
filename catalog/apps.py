"""The app's name."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Name and label of the app."""

    name = "catalog"
    verbose_name = "科淘与实验室"
