"""How the web server runs, in production as in the demo: `gunicorn tten.wsgi -c python:tten.serving` reads the names below.

They are read before Django is there. What a host may choose stands in the environment: WEB_WORKERS, WEB_THREADS,
WEB_MAX_REQUESTS.
"""

import os
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")  # of a container: "200000 100000" is two cores


def cores(quota: Path = QUOTA) -> int:
    """How many cores this process may use at once, at least one: those of the host, or what its container is given."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        given, period = quota.read_text().split()
    except (OSError, ValueError):
        return here
    return here if given == "max" else max(1, min(here, -(-int(given) // int(period))))


def chosen(name: str, usual: int) -> int:
    """A number from the environment."""
    return int(os.environ.get(name) or usual)


worker_class = "tten.server.Worker"
workers = chosen("WEB_WORKERS", max(2, cores()))  # two at least, so that one page that computes holds nobody up
threads = chosen("WEB_THREADS", 4)  # a page waits a third of its time, for the database
preload_app = True  # loaded once, before the workers fork: half the wait, half the memory
max_requests = chosen("WEB_MAX_REQUESTS", 20_000)  # pages after which a worker is followed by a fresh one; 0: never
max_requests_jitter = max_requests // 10  # not all at the same page
timeout = 60  # seconds without a sign of life of a whole worker; a single page is ended by its statement's time-out
graceful_timeout = 30  # seconds for the pages under way when it ends
keepalive = 75  # seconds: longer than the proxy keeps its lines (60), so that none is closed under a request
limit_request_line = 8190  # bytes: a search of 800 Chinese characters
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a sign of life waits for no disk
control_socket_disable = True
