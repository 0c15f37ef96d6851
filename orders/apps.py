"""The app's name."""

import importlib

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Name and label of the app."""

    name = "orders"
    verbose_name = "订单"

    def ready(self) -> None:
        """Let the kind of this app speak for itself."""
        importlib.import_module("orders.kind")
        importlib.import_module("orders.record")
        importlib.import_module("orders.wanted.kind")
        importlib.import_module("orders.withdrawn")
