"""Errors grouped by the protocol of Sentry, where requirements-ops.txt is installed and SENTRY_DSN is set; else nothing is sent."""

import importlib
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from records.about import told
from tten.watching.logs import clean

Event = dict[str, Any]
KEPT = ("event_id", "timestamp", "level", "platform", "exception", "environment", "release", "logger")


def is_there() -> bool:
    """Whether the part is installed."""
    return find_spec("sentry_sdk") is not None


def is_on() -> bool:
    """Whether errors are sent."""
    return is_there() and bool(settings.WATCH["sentry_dsn"])


def begin() -> None:
    """Listen to errors of pages and of tasks; of a request nothing but its number goes along, and no value of a variable."""
    if not is_on():
        return
    importlib.import_module("sentry_sdk").init(
        dsn=settings.WATCH["sentry_dsn"],
        environment=settings.WATCH["sentry_environment"],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        server_name="",
        before_send=cut,
    )


def cut(event: Event, _hint: Event) -> Event:
    """What is sent: where it happened and what, cleaned, and what the work was about."""
    sent = {name: event[name] for name in KEPT if name in event}
    for error in sent.get("exception", {}).get("values", ()):
        error["value"] = clean(str(error.get("value", "")))
    return sent | {"tags": told()}
