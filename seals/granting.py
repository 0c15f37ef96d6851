"""The application role: made, given the rights of `seals/rights.py`, and held against them (ADR 0172)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from psycopg2.extensions import encrypt_password

from seals.rights import BY_OWNERS_RIGHT, LATER, READ, Right, right_to

ACTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
NO_POWERS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
GIVEN = """
SELECT c.relname, c.relkind IN ('v', 'm'), ARRAY(SELECT act FROM unnest(%(acts)s::text[]) act
         WHERE has_table_privilege(%(role)s, c.oid, act)
            OR act IN ('INSERT', 'REFERENCES') AND has_any_column_privilege(%(role)s, c.oid, act)),
       ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND NOT has_table_privilege(%(role)s, c.oid, 'UPDATE') AND has_column_privilege(%(role)s, c.oid, a.attnum, 'UPDATE'))
  FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
SEQUENCES = """
SELECT c.relname FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace
   AND (NOT has_sequence_privilege(%(role)s, c.oid, 'USAGE') OR has_sequence_privilege(%(role)s, c.oid, 'UPDATE'))
 ORDER BY c.relname
"""
POWERS = """
SELECT word FROM pg_roles r, LATERAL (VALUES
    (r.rolsuper, 'SUPERUSER'), (r.rolcreatedb, 'CREATEDB'), (r.rolcreaterole, 'CREATEROLE'),
    (r.rolreplication, 'REPLICATION'), (r.rolbypassrls, 'BYPASSRLS'),
    (EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid), 'MEMBER'),
    (EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'), 'OWNER'),
    (has_schema_privilege(r.rolname, 'public', 'CREATE'), 'CREATE ON SCHEMA public'),
    (has_database_privilege(r.rolname, current_database(), 'CREATE'), 'CREATE ON DATABASE'),
    (has_parameter_privilege(r.rolname, 'session_replication_role', 'SET'), 'SET session_replication_role')
) had(is_so, word) WHERE r.rolname = %(role)s AND is_so
"""
DEFINERS = """
SELECT p.proname::text FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND p.proname <> ALL (%(known)s)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1
"""


class Strength(NamedTuple):
    """How strong an account is, beside what it should be."""

    name: str
    is_too_strong: bool


def role() -> str:
    """The name of the application role; "" where the portal has one account for everything."""
    return str(settings.SEALING["role"])


def asked(statement: str, **params: str | list[str]) -> list[tuple[Any, ...]]:
    """The rows of a question about this role, or the one that is named."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"role": role(), **params})
        return list(cursor.fetchall())


def exists(name: str) -> bool:
    """Whether the role is there."""
    return bool(asked("SELECT FROM pg_roles WHERE rolname = %(role)s", role=name))


def astray() -> Iterator[tuple[str, Right, Right]]:
    """The tables and views that grant something else than they should: name, what should be, what is.

    What is counts in whatever way it came: by the table, by PUBLIC, by another role.
    """
    for name, is_view, acts, columns in asked(GIVEN, acts=list(ACTS)):
        wanted, found = READ if is_view else right_to(name), Right(frozenset(acts), frozenset(columns))
        if found != wanted:
            yield name, wanted, found


def differences() -> Iterator[str]:
    """Where the database differs from the list, in sentences."""
    if not exists(role()):
        yield f"数据库里没有应用账户 {role()}：请用数据库所有者的账户运行 manage.py roles。"
        return
    for (word,) in asked(POWERS):
        yield f"应用账户 {role()} 有不应有的权力：{word}。"
    for table, wanted, found in astray():
        yield f"数据表 {table}：应用账户应有 {wanted}，实有 {found}。"
    for (name,) in asked(SEQUENCES):
        yield f"序列 {name}：应用账户应当只能取号。"
    for (name,) in asked(DEFINERS, known=list(BY_OWNERS_RIGHT)):
        yield f"函数 {name} 以所有者的权力运行，不在名单里。"


def make_account(name: str) -> None:
    """Make the role where it is not there, without any power, and with the password of the settings."""
    with connection.cursor() as cursor:
        if not exists(name):
            cursor.execute(f"CREATE ROLE {quoted(name)}")
        cursor.execute(f"ALTER ROLE {quoted(name)} {NO_POWERS}")
        if password := settings.SEALING["password"]:  # hashed here: no log of the server holds it
            secret = encrypt_password(password, name, connection.connection, "scram-sha-256")
            cursor.execute(f"ALTER ROLE {quoted(name)} PASSWORD %s", [secret])


@transaction.atomic
def grant() -> int:
    """Make the role and give it what the list says; return how many tables granted something else. Safe to repeat."""
    name, changed = quoted(role()), 0
    make_account(role())
    with connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"REVOKE ALL ON SCHEMA public FROM {name}; GRANT USAGE ON SCHEMA public TO {name}")
        for table, wanted, _ in astray():
            changed += 1
            cursor.execute(f'REVOKE ALL ON "{table}" FROM PUBLIC, {name}; GRANT {wanted} ON "{table}" TO {name}')
        for (sequence,) in asked(SEQUENCES):
            cursor.execute(f'REVOKE ALL ON "{sequence}" FROM PUBLIC, {name}; GRANT USAGE ON "{sequence}" TO {name}')
        later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
        cursor.execute(f"{later} {LATER} ON TABLES TO {name}; {later} USAGE ON SEQUENCES TO {name}")
    return changed


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


STRENGTH = """
SELECT current_user::text, r.rolsuper OR pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
  FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = 'public.records_event'::regclass
"""


def strength() -> Strength:
    """How strong the account is with which the portal is connected."""
    ((name, is_too_strong),) = asked(STRENGTH)
    return Strength(name, bool(is_too_strong))
