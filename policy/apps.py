"""The app's Chinese name."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """政策: what the administrators find under one heading."""

    name = "policy"
    verbose_name = "政策"
