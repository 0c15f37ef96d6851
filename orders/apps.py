"""The app's name."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Name and label of the app."""

    name = "orders"
    verbose_name = "订单"
