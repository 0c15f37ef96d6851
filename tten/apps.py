"""Wiring: what must be loaded before the first request."""

import importlib

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class TtenConfig(AppConfig):
    """Loads the queue, without which a task would go to a broker that nobody runs, and what speaks for itself at start."""

    name = "tten"
    verbose_name = "科服网"

    def ready(self) -> None:
        """Make the Celery app the current one here: the package stays empty, `tten.local` runs without Django."""
        importlib.import_module("tten.celery")
        importlib.import_module("tten.announcing.kind")
        importlib.import_module("tten.watching.errors").begin()
        importlib.import_module("tten.bounds")


class TtenAdminConfig(admin_apps.AdminConfig):
    """Django's administration with our site in the place of its own."""

    default = False  # "tten" among the installed apps means TtenConfig
    default_site = "tten.admin_site.TtenAdminSite"
