"""Settings that are numbers have bounds; what lies outside is told when the portal is checked, not at the first message at night."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import Error, register

from accounts.history.sign_ins import LEAST_DAYS

HINT = "docs/settings.md says what each setting means, and its usual value."
LIMITED = {  # what is limited → its setting
    "search": "LIMIT_SEARCHES",
    "paper": "LIMIT_PAPERS",
    "print": "LIMIT_PRINTS",
    "export": "LIMIT_EXPORTS",
    "upload": "LIMIT_UPLOADS",
    "signup": "LIMIT_SIGNUPS",
    "code": "LIMIT_CODES",
    "answer": "LIMIT_ANSWERS",
}


class Bound(NamedTuple):
    """What a setting may be: its unit, the least and the most of it."""

    unit: str
    least: float
    most: float = math.inf


BOUNDS: Mapping[str, Bound] = {  # as the environment names it
    "QUIET_FROM": Bound("hour of the evening", 12, 24),
    "QUIET_UNTIL": Bound("hour of the morning", 0, 12),
    "SMS_SLOW_SECONDS": Bound("seconds", 0.1, 60),
    "SMS_SLOW_SHARE": Bound("share of all", 0.01, 1),
    "REGISTER_SECONDS": Bound("seconds", 0.1, 3),
    "REGISTER_FRESH_HOURS": Bound("hours", 0),
    "LOOKUPS_A_DAY": Bound("number", 0),
    "EMAIL_PORT": Bound("port", 1, 65_535),
    "EMAIL_TIMEOUT": Bound("seconds", 1, 600),
    "CONN_MAX_AGE": Bound("seconds", 0),
    "STATEMENT_SECONDS": Bound("seconds", 0),
    "LOCK_SECONDS": Bound("seconds", 0),
    "IDLE_SECONDS": Bound("seconds", 0),
    "REPLICA_LAG_SECONDS": Bound("seconds", 3, 600),  # it is looked at every half second, twice for an answer
    "CACHE_SECONDS": Bound("seconds", 0.01, 60),
    "BROKER_SECONDS": Bound("seconds", 0.01, 60),
    "VISIBLE_SECONDS": Bound("seconds", 1),
    "SESSION_SECONDS": Bound("seconds", 60),
    "SIGN_IN_DAYS": Bound("days", LEAST_DAYS),
    "PROXY_COUNT": Bound("number", 0, 10),
    "STAFF_IDLE_SECONDS": Bound("seconds", 60),
    "MONEY_REAUTH_SECONDS": Bound("seconds", 0),
    "DELETION_DAYS": Bound("days", 0),
    "ROWS_SHOWN": Bound("number", 1),
    "UPLOADS_A_DAY": Bound("number", 1),
    "UPLOAD_MB_A_DAY": Bound("megabytes", 1),
    "DROPPED_AT_ONCE": Bound("number", 1),
    "SHEET_DAYS": Bound("days", 1),
    "DESK_ACT_ROWS": Bound("number", 1),
    "READING_SECONDS": Bound("seconds", 1),
    "READING_MEGABYTES": Bound("megabytes", 64),
    "READING_PAGES": Bound("number", 1),
    "BACKUP_DAYS": Bound("days", 1),
    "BACKUP_WEEKS": Bound("weeks", 0),
    "BACKUP_MONTHS": Bound("months", 0),
    "BACKUP_OLD_HOURS": Bound("hours", 1),
    "BACKUP_BEHIND_SECONDS": Bound("seconds", 11),  # the log is kept every ten
    **dict.fromkeys(LIMITED.values(), Bound("number; 0 is without end", 0)),
    "LIMIT_SHARED": Bound("times", 1),
    "S3_SECONDS": Bound("seconds", 0.1, 60),
    "STAMP_MINUTES": Bound("minutes", 1),
    "STAMP_SECONDS": Bound("seconds", 0.1, 60),
}


def kept_elsewhere() -> dict[str, Any]:
    """The values of those that do not stand in the settings by their own name."""
    begins, ends = settings.NOTICES["quiet"]
    return {
        "QUIET_FROM": begins,
        "QUIET_UNTIL": ends,
        "SMS_SLOW_SECONDS": settings.NOTICES["sms_slow_seconds"],
        "SMS_SLOW_SHARE": settings.NOTICES["sms_slow_share"],
        "REGISTER_SECONDS": settings.ASKING["seconds"],
        "REGISTER_FRESH_HOURS": settings.ASKING["fresh_hours"],
        "LOOKUPS_A_DAY": settings.ASKING["lookups_a_day"],
        "CONN_MAX_AGE": settings.DATABASES["default"]["CONN_MAX_AGE"],
        "REPLICA_LAG_SECONDS": settings.REPLICA["lag_seconds"],
        "SESSION_SECONDS": settings.SESSION_COOKIE_AGE,
        "PROXY_COUNT": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        "BACKUP_DAYS": settings.BACKUPS["days"],
        "BACKUP_WEEKS": settings.BACKUPS["weeks"],
        "BACKUP_MONTHS": settings.BACKUPS["months"],
        "BACKUP_OLD_HOURS": settings.BACKUPS["old_hours"],
        "BACKUP_BEHIND_SECONDS": settings.BACKUPS["behind_seconds"],
        **{name: settings.LIMITS[what][0] for what, name in LIMITED.items()},
        "LIMIT_SHARED": settings.LIMITS["shared"][0],
        "S3_SECONDS": settings.STORAGES["default"]["OPTIONS"]["bucket"]["seconds"],
        "STAMP_MINUTES": settings.SEALING["stamp_minutes"],
        "STAMP_SECONDS": settings.SEALING["stamp_seconds"],
    }


@register()
def check_bounds(**_kwargs: object) -> list[Error]:
    """One error for each setting outside its bounds, with what it is and what it may be."""
    elsewhere = kept_elsewhere()
    given = {name: elsewhere[name] if name in elsewhere else getattr(settings, name) for name in BOUNDS}
    return [
        Error(f"{name} is {given[name]:g}: {range_told(bound)}", hint=HINT, id="tten.E001")
        for name, bound in BOUNDS.items()
        if not bound.least <= given[name] <= bound.most  # nothing is true of what is no number (nan)
    ]


def range_told(bound: Bound) -> str:
    """What the setting may be, in words."""
    if math.isinf(bound.most):
        return f"it must be {bound.least:g} or more ({bound.unit})."
    return f"it must lie between {bound.least:g} and {bound.most:g} ({bound.unit})."
