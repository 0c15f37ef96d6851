"""The settings under which tests run, put in place before Django reads them (`-p tests.environment` in pyproject.toml).

Without DATABASE_URL and REDIS_URL a PostgreSQL and a Valkey of the tests' own are started under var/test and left
running; `make test` and `make stop` end them.
"""

import os
import secrets
import tempfile

from tten.local import services

FIRST_DATABASE = 8  # of Valkey's sixteen; one for each worker of pytest-xdist, apart from the one in use
LIMITS = [f"LIMIT_{what}" for what in ("SEARCHES", "PAPERS", "PRINTS", "EXPORTS", "UPLOADS", "SIGNUPS", "CODES")]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0", "gw1", or "" in the process that leads

if not WORKER:
    os.environ |= services.start("test", durable=False)
    os.environ |= {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "STATIC_FROM_SOURCE": "1",
        "STAFF_SECOND_FACTOR": "0",  # the tests of these two matters switch them on
        "MONEY_REAUTH_SECONDS": "0",
        "QUIET_FROM": "24",  # whatever the hour at which they run
        "QUIET_UNTIL": "0",
        "APPLICATION_ROLE": "tten_application",  # tests/database.py connects as it
        "CLOCK_SECONDS": "0",  # tests travel in time, the database does not
        **dict.fromkeys(LIMITS, "0"),  # tests ask faster than people: those of the limits set their own
        "READ_PAPERS": "0",  # a process for each paper: the tests of papers switch it on
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the browser's driver runs an event loop in the test's thread
    }
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="tten-media-")
os.environ["SEAL_FOLDER"] = f"{os.environ['MEDIA_ROOT']}/seals"
os.environ["METRICS_FILE"] = f"{os.environ['MEDIA_ROOT']}/metrics"
_number = FIRST_DATABASE + int(WORKER.removeprefix("gw") or 0)
os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{_number}"
