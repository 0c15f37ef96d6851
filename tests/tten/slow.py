"""A task that lasts until it is let go: for tests/tten/test_workers.py, whose workers include this module."""

import os
import time
from pathlib import Path

from celery import shared_task


@shared_task
def hold(path):
    """Write down that it runs, and in which process, and wait for the file that ends it."""
    with Path(path).open("a") as runs:
        runs.write(f"{os.getpid()}\n")
    while not Path(f"{path}.go").exists():
        time.sleep(0.05)
