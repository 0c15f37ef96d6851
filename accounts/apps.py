"""The app's name."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Name and label of the app."""

    name = "accounts"
    verbose_name = "帐号与单位"
