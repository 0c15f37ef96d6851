"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig

SPEAKING = ("accounts.kind", "accounts.certification.kind", "accounts.sms.checks")


class AccountsConfig(AppConfig):
    """Name and label of the app."""

    name = "accounts"
    verbose_name = "帐号与单位"

    def ready(self) -> None:
        """Let the kinds of this app and its checks speak for themselves."""
        for name in SPEAKING:
            importlib.import_module(name)
