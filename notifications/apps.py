"""The app's name."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Name and label of the app."""

    name = "notifications"
    verbose_name = "消息"
