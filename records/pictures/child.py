"""Draws papers in processes of their own, which may take so much memory and time and no more (ADR 0124).

It is started once by a worker (`records/pictures/drawer.py`), knows nothing of the portal, and loads what draws. In come
lines of JSON, one for each job; each is done by a fork with bounds of its own, so that none pays for loading and none can
spoil the next. Out go lines of JSON: what the fork tells while it works, then {"end": how it ended, …}.
"""

import io
import json
import os
import resource
import signal
import sys
import zipfile
from typing import TypedDict

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfiumError

from records.faces import lend_faces
from records.pictures.drawing import PAGE, draw_image, draw_pdf
from records.pictures.reading import draw_ofd, read_xml
from records.pictures.sizes import draw_sizes

MEMORY = 320 * 1024 * 1024  # bytes of data, what was loaded before included
SECONDS = 20  # of the processor, for one job
WALL = 60  # seconds
MOST_WRITTEN = 16 * 1024 * 1024  # bytes of one file
WAYS = {"pdf": draw_pdf, "image": draw_image, "ofd": draw_ofd, "xml": read_xml, "sizes": draw_sizes}
BROKEN = (PdfiumError, UnidentifiedImageError, ParseError, DefusedXmlException, zipfile.BadZipFile)
DAMAGED = (ValueError, KeyError, LookupError, SyntaxError, EOFError, OSError)  # what a reader of bytes falls over


class Job(TypedDict):
    """The paper's path, how it is drawn, and which of its pages."""

    paper: str
    kind: str
    pages: list[int]


def tell(**what: object) -> None:
    """Write one line, whole, whatever happens afterwards."""
    os.write(sys.stdout.fileno(), json.dumps(what, ensure_ascii=False).encode() + b"\n")


def bound() -> None:
    """Set what this job may take."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    signal.alarm(WALL)


def work(job: Job) -> str:
    """Do one job; "" or, in one word, why it was left."""
    bound()
    try:
        WAYS[job["kind"]](job["paper"], job["pages"], tell)
    except MemoryError:
        return "heavy"
    except (*BROKEN, *DAMAGED):
        return "broken"
    return ""


def forked(job: Job) -> None:
    """Let a fork do the job, wait for it, and tell how it ended: killed by what, seconds of CPU, bytes at its most."""
    pid = os.fork()
    if not pid:
        word = "broken"
        try:
            word = work(job)
        finally:
            tell(word=word)
            os._exit(0)
    _, status, spent = os.wait4(pid, 0)
    tell(end=os.waitstatus_to_exitcode(status), cpu=spent.ru_utime + spent.ru_stime, most=spent.ru_maxrss * 1024)


def warm() -> None:
    """Load what a fork would load again each time: half of what a page costs."""
    lend_faces()
    Image.init()
    Image.new("RGB", (PAGE, PAGE)).save(io.BytesIO(), "WEBP", method=0)


if __name__ == "__main__":
    warm()
    for line in sys.stdin:
        forked(json.loads(line))
