"""The app's name, and the kinds of notices of all apps once they stand."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings


class NotificationsConfig(AppConfig):
    """Name and label of the app."""

    name = "notifications"
    verbose_name = "消息"

    def ready(self) -> None:
        """Load every `notices.py` of ours: each process knows all kinds, whatever else it has imported."""
        ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
        for found in sorted(found for path in ours for found in path.rglob("notices.py")):
            import_module(".".join(found.relative_to(settings.BASE_DIR).with_suffix("").parts))
