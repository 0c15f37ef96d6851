"""The app's name."""

import importlib

from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """Name and label of the app."""

    name = "vouchers"
    verbose_name = "创新券"

    def ready(self) -> None:
        """Let the kind of this app speak for itself."""
        importlib.import_module("vouchers.kind")
