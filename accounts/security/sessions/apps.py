"""allauth's list of sessions, without its purge: three questions for each other device, at every sign-in."""

import importlib

from allauth.account.signals import user_logged_in
from allauth.usersessions.apps import UserSessionsConfig


class DevicesConfig(UserSessionsConfig):
    """A session is listed by `enlist`, called from the adapter."""

    def ready(self) -> None:
        """Connect what allauth connects, but for the sign-in."""
        super().ready()
        user_logged_in.disconnect(importlib.import_module("allauth.usersessions.signals").on_user_logged_in)
