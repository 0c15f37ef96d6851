"""Locks by name in PostgreSQL: what two requests must not do at once though no row stands for it."""

from django.db import connection


def hold_name(name: str) -> None:
    """One transaction at a time passes with this name; the others wait until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
