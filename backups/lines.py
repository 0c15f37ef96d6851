"""A connection to a database by its address, beside Django's own: to the one that is backed up, or one that was restored."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import OperationalError, connect
from psycopg2.extensions import connection

from backups.programs import Address
from backups.refusals import Refused

WORDS = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}


@contextmanager
def line_to(url: str) -> Iterator[connection]:
    """A connection while inside; Refused where the database does not answer."""
    given = {WORDS[name]: value for name, value in Address(url).words.items() if name in WORDS}
    try:
        line = connect(connect_timeout=10, **given)
    except OperationalError as away:
        raise Refused(f"连接不上要备份的数据库：{' '.join(str(away).split())}") from away
    try:
        yield line
    finally:
        line.close()
