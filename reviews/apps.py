"""The app's name."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Name and label of the app."""

    name = "reviews"
    verbose_name = "审核"
