"""The app's name."""

from django.apps import AppConfig


class RedemptionConfig(AppConfig):
    """Name and label of the app."""

    name = "redemption"
    verbose_name = "兑现"
