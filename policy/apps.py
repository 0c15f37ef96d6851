"""The app's Chinese name, and what must be read at start."""

import importlib

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """政策: what the administrators find under one heading."""

    name = "policy"
    verbose_name = "政策"

    def ready(self) -> None:
        """Let the check of the calendar speak."""
        importlib.import_module("policy.reach")
