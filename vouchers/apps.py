"""The app's name."""

from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """Name and label of the app."""

    name = "vouchers"
    verbose_name = "创新券"
