"""The tests' database: migrated once into a template, cloned for each worker; its rows written down and put back.

`migrated` and `clone` make it; `rows`, `difference` and `putting_back` tell what was written between two moments and
say it as one text of SQL, so that a made world can be put back without being made again (tests/recording.py).
"""

import hashlib
import io
import os
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

TEMPLATE = "tten_template"
APPLICATION = settings.SEALING["role"]  # as which tests speak with the database (ADR 0172)
BY_APPLICATION = f"-c role={APPLICATION}"
QUICK = ("jit=off", "join_collapse_limit=1")
ALWAYS = (
    *QUICK,
    "timezone='UTC'",
    f"role={APPLICATION}",
)  # of the database, where a pooler stands before it (ADR 0222)
AS_OWNER, AS_APPLICATION = "SET LOCAL ROLE NONE", f"SET LOCAL ROLE {APPLICATION}"
LOCK = 20260101  # of the server: one worker migrates, the others wait
STATIC = ("django_migrations", "django_content_type", "auth_permission")  # no test writes to them
COLUMNS = """
    SELECT c.relname, a.attname, EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND c.relname != ALL (%s)
    ORDER BY c.relname, a.attnum"""


def fingerprint():
    """What the tables depend on: every migration, and the parts that bring their own."""
    root = Path(settings.BASE_DIR)
    files = [
        Path(__file__),
        root / "requirements.txt",
        *sorted(root.glob("*/migrations/*.py")),
        *sorted(root.glob("*/*/migrations/*.py")),
    ]
    told = b"".join(str(path.relative_to(root)).encode() + path.read_bytes() for path in files)
    return hashlib.sha256(told).hexdigest()[:16]


# decisions take their step at once, but where a test lets them rest; a version in force is fixed by a trigger
AT_ONCE = """
SET session_replication_role = replica; UPDATE policy_policyversion SET rest_seconds = 0; RESET session_replication_role
"""


def make():
    """Give this process a database of its own, cloned from the migrated template, and connect to it."""
    name, template = connection.creation._get_test_db_name(), f"{TEMPLATE}_{fingerprint()}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection ends
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE}%"])
        found = {row[0] for row in cursor.fetchall()}
        if template not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            migrate(cursor, template)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        for held in ALWAYS if settings.POOLED else ():
            cursor.execute(f'ALTER DATABASE "{name}" SET {held}')
        connect(name)
        call_command("roles", stdout=io.StringIO())
    connect(name, BY_APPLICATION)


def migrate(cursor, template):
    """Make the template; it gets its name when it is whole, so that one which was cut short is never used."""
    cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE template0')
    connect(TEMPLATE)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as own:
        own.execute(AT_ONCE)
    connection.close()
    cursor.execute(f'ALTER DATABASE "{TEMPLATE}" RENAME TO "{template}"')


def connect(name, role=""):
    """From now on the default connection is one to this database, and one that plans in no time: tables are tiny.

    Behind a pooler a line asks for nothing: what it is to have, the database has, and the owner passes by.
    """
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    options["options"] = " ".join(f"-c {held}" for held in QUICK) + f" {role or '-c role=none'}"
    if settings.POOLED:
        asked = parse_qs(urlsplit(os.environ["DATABASE_URL" if role else "DIRECT_DATABASE_URL"]).query)
        options["host"], options["port"] = asked["host"][0], asked.get("port", [5432])[0]
        if role:
            del options["options"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def server():
    """The owner's address of PostgreSQL itself, by whomever it is pooled; what the database has for the application is not his."""
    return (
        f"{os.environ['DIRECT_DATABASE_URL']}&options=-c%20role%3Dnone"
        if settings.POOLED
        else os.environ["DATABASE_URL"]
    )


def address():
    """Where a program of its own finds this process's database, as the application where the server is ours."""
    found = urlsplit(os.environ["DATABASE_URL"])
    netloc = f"{APPLICATION}@" if found.netloc == "postgres@" else found.netloc
    return found._replace(netloc=netloc, path=f"/{connection.settings_dict['NAME']}").geturl()


def drop():
    """Leave no database of this process behind; the template stays for the next time."""
    name = connection.settings_dict["NAME"]
    connect(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def tables():
    """Name of each table → its key and the columns that are written."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(STATIC)])
        for table, column, is_key in cursor.fetchall():
            key, columns = found.setdefault(table, ([], []))
            columns.append(f'"{column}"')
            if is_key:
                key.append(f'"{column}"')
    return {table: (key[0], columns) for table, (key, columns) in found.items()}


@cache
def everything():
    """The question for all rows of all tables: table, key, and the row as one would write it behind VALUES."""
    parts = [
        f"SELECT '{table}', {key}::text, concat_ws(', ', {', '.join(f'quote_nullable({name})' for name in columns)})"
        f' FROM "{table}"'
        for table, (key, columns) in tables().items()
    ]
    return " UNION ALL ".join(parts)


def rows():
    """Every row as it stands now: (table, key) → its values as SQL."""
    with connection.cursor() as cursor:
        if settings.POOLED:  # nothing is prepared for another's session
            cursor.execute(everything())
            return {(table, key): values for table, key, values in cursor.fetchall()}
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = 'tten_rows'")
        if not cursor.fetchone():
            cursor.execute(f"PREPARE tten_rows AS {everything()}")
        cursor.execute("EXECUTE tten_rows")
        return {(table, key): values for table, key, values in cursor.fetchall()}


def difference(before, after):
    """What turns the rows `before` into the rows `after`: those that go, by table, and those that come, by table."""
    gone, come = {}, {}
    for (table, key), values in before.items():
        if after.get((table, key)) != values:
            gone.setdefault(table, []).append(key)
    for (table, key), values in after.items():
        if before.get((table, key)) != values:
            come.setdefault(table, {})[key] = values
    return gone, come


def putting_back(gone, come):
    """Say a difference as SQL. No trigger fires and no key is asked for: it held when it was written down."""
    words = [AS_OWNER, "SET LOCAL session_replication_role = replica"]
    for table, keys in gone.items():
        words.append(f"""DELETE FROM "{table}" WHERE {tables()[table][0]} IN ({", ".join(map(literal, keys))})""")
    for table, found in come.items():
        values = ", ".join(f"({one})" for one in found.values())
        words.append(f'INSERT INTO "{table}" ({", ".join(tables()[table][1])}) OVERRIDING SYSTEM VALUE VALUES {values}')
    return ";\n".join([*words, "SET LOCAL session_replication_role = origin", AS_APPLICATION])


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def files_of(come):
    """The papers that new rows name: name in the storage → content."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields if hasattr(field, "upload_to")]
        keys = come.get(model._meta.db_table)
        if names and keys:
            for row in model._base_manager.filter(pk__in=list(keys)):
                files = [getattr(row, name) for name in names]
                for file in filter(None, files):
                    with file.storage.open(file.name) as content:
                        found[file.name] = content.read()
    return found
