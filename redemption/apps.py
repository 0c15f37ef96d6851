"""The app's name."""

import importlib

from django.apps import AppConfig


class RedemptionConfig(AppConfig):
    """Name and label of the app."""

    name = "redemption"
    verbose_name = "兑现"

    def ready(self) -> None:
        """Let the kind of this app speak for itself."""
        importlib.import_module("redemption.kind")
