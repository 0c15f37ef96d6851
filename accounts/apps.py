"""The app's name, and what must be read at start."""

import importlib

from django.apps import AppConfig

REGISTERING = (
    "accounts.certification.services",
    "accounts.certification.notices",
    "accounts.certification.dossier",
    "accounts.sms.checks",
)  # what registers itself on being read


class AccountsConfig(AppConfig):
    """Name and label of the app."""

    name = "accounts"
    verbose_name = "帐号与单位"

    def ready(self) -> None:
        """Read what registers itself in a room."""
        for name in REGISTERING:
            importlib.import_module(name)
