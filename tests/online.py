"""Judges a migration as it runs beside an old web server: by squawk, over the SQL that Django would send."""

import io
import json
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

SQUAWK = Path(sys.executable).with_name("squawk")
VERSION = "18.0"  # of PostgreSQL (docker-compose.yml)
STYLE = (  # about tables of ours that are new, and about a time-out that the role has: no matter of an upgrade
    *("prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity"),
    *("prefer-robust-stmts", "prefer-timestamp-tz", "require-timeout-settings"),
    *("require-lock-timeout", "require-statement-timeout", "require-enum-value-ordering"),
)


def complaints(sql: str) -> set[str]:
    """The names of the rules that the SQL breaks; a transaction says BEGIN."""
    words = [str(SQUAWK), "--reporter", "json", "--pg-version", VERSION]
    for rule in STYLE:
        words += ["--exclude", rule]
    done = subprocess.run(words, input=sql, capture_output=True, text=True, check=False)
    return {found["rule_name"] for found in json.loads(done.stdout or "[]")}


def sql_of(app: str, name: str) -> str:
    """What Django would send for this migration."""
    out = io.StringIO()
    call_command("sqlmigrate", app, name, stdout=out, no_color=True)
    return out.getvalue()


def migrations(own: set[str]) -> list[tuple[str, str]]:
    """(app, name) of every migration of these apps."""
    return sorted(key for key in MigrationLoader(connection).disk_migrations if key[0] in own)
