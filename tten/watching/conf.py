"""How the portal is watched, as the environment names it: WATCH and LOGGING of tten/settings.py."""

from pathlib import Path
from typing import Any, TypedDict

import environ

LINE = "{asctime} {levelname} {name} {message}"
FORMATTERS = {
    "json": {"()": "tten.watching.logs.JsonFormatter"},
    "line": {"()": "tten.watching.logs.LineFormatter", "format": LINE, "style": "{"},
}
LOGGERS = {
    "tten.access": {"level": "INFO"},  # a line a request
    "celery": {"level": "INFO"},
    "django.request": {"level": "ERROR"},  # what is no error has its line already
    "django.server": {"level": "WARNING", "propagate": True},
}


class Watch(TypedDict):
    """What stands behind WATCH."""

    fresh_seconds: float
    clock_seconds: float
    disk_gigabytes: float
    queue_minutes: float
    audit_hours: float
    backup_hours: float
    metrics_port: int
    metrics_token: str
    metrics_file: str
    sentry_dsn: str
    sentry_environment: str


def watching(env: environ.Env) -> Watch:
    """From where on something is wrong."""
    return {
        "fresh_seconds": env.float("READY_SECONDS", default=5.0),  # seconds for which an answer of /readyz is kept
        "clock_seconds": env.float("CLOCK_SECONDS", default=60.0),  # by which it may differ from the database's; 0: any
        "disk_gigabytes": env.float("DISK_LEAST_GB", default=5.0),  # gigabytes that must be free for papers and var/
        "queue_minutes": env.float("QUEUE_MINUTES", default=10.0),  # minutes that the first task of a queue may wait
        "audit_hours": env.float("AUDIT_HOURS", default=36.0),  # hours since the latest 核对
        "backup_hours": env.float("BACKUP_HOURS", default=36.0),  # hours since the latest backup
        "metrics_port": env.int(
            "METRICS_PORT", default=0
        ),  # a port of its own, behind no proxy, that alone gives /metrics
        "metrics_token": env.str("METRICS_TOKEN", default=""),  # or what must be sent there as Bearer; empty: closed
        "metrics_file": env.str("METRICS_FILE", default="var/metrics"),  # in which all processes count requests
        "sentry_dsn": env.str("SENTRY_DSN", default=""),  # where errors are sent; empty: nowhere
        "sentry_environment": env.str("SENTRY_ENVIRONMENT", default="production"),  # as what they are grouped there
    }


LEAST_DAYS = 183  # six months, for which logs are kept (网络安全法 第二十一条)


def logging_of(env: environ.Env, *, line: bool, role: str) -> dict[str, Any]:
    """LOGGING: to the output of the process, and by setting to files of a folder and to syslog.

    line: lines for a terminal unless the environment asks for JSON. role: whose files they are.
    """
    shape = env.str("LOG_FORMAT", default="line" if line else "json")  # json, or line for a terminal
    folder = env.str("LOG_FOLDER", default="")  # folder of files by day and role; empty: none
    days = env.int("LOG_DAYS", default=200)  # days for which those are kept, 183 at least
    syslog = env.str("LOG_SYSLOG", default="")  # host:port (UDP) or the path of a socket; empty: none
    handlers: dict[str, dict[str, Any]] = {"console": {"class": "logging.StreamHandler"}}
    if folder:
        kept = max(days, LEAST_DAYS)
        handlers["file"] = {"()": "tten.watching.logs.DayFile", "folder": folder, "role": role, "days": kept}
    if syslog:
        handlers["syslog"] = {"class": "logging.handlers.SysLogHandler", "address": address_of(syslog)}
    level = env.str("LOG_LEVEL", default="WARNING")  # least grave line of others than the portal and its queue
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": FORMATTERS,
        "handlers": {name: handler | {"formatter": shape} for name, handler in handlers.items()},
        "root": {"handlers": [*handlers], "level": level},
        "loggers": LOGGERS,
    }


def address_of(syslog: str) -> str | tuple[str, int]:
    """A socket's path as it is, else host and port; ValueError names what cannot be read."""
    host, _, port = syslog.rpartition(":")
    return syslog if Path(syslog).is_absolute() else (host, int(port))
