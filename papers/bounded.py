"""A paper is read by a child that may be killed: whatever a file does there, the portal says a sentence about the file."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from papers.facts import Facts

PIECE = 1024 * 1024  # bytes
SLOW = (signal.SIGXCPU, signal.SIGKILL)
PATIENCE = (
    3  # times the seconds of CPU after which the child is killed: a busy machine is slow, no paper hangs for ever
)
BY_HAND = "不影响提交，请照材料填写。"
BROKEN = "打不开，可能已损坏，" + BY_HAND
WHY = {  # word of the child → what is said of the file
    "broken": BROKEN,
    "large": "展开后太大，没有识读，" + BY_HAND,
    "fallen": "结构异常或展开后太大，没有识读，" + BY_HAND,
}
ALONE = {"PATH": os.defpath, "LANG": "C.UTF-8"}  # all that the child is told of its surroundings: no secret is among it


class Unreadable(Exception):
    """A paper that could not be read; the sentence continues «“文件名”…»."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Read:
    """What was read, and the milliseconds of CPU that it took, the start of the child among them."""

    facts: Facts
    cpu: int


def read_bounded(file: IO[bytes], form: str) -> Read:
    """Read one paper within the bounds of the settings; raise Unreadable with a sentence.

    form: what the bytes are, as `papers.facts.FORMS` names it.
    """
    with tempfile.NamedTemporaryFile(suffix=f".{form}") as copy, tempfile.TemporaryFile() as out:
        while piece := file.read(PIECE):
            copy.write(piece)
        copy.flush()
        word = _run(copy.name, form, out)
        if word:
            raise Unreadable(_sentence(word))
        out.seek(0)
        try:
            told = json.load(out)
            return Read(Facts.from_json(told["facts"]), int(told["cpu"]))
        except (ValueError, KeyError, TypeError) as trouble:
            raise Unreadable(BROKEN) from trouble


def _run(path: str, form: str, out: IO[bytes]) -> str:
    """Let the child read; "" or, in one word, why it did not."""
    bounds = [settings.READING_SECONDS, settings.READING_MEGABYTES, settings.READING_PAGES]
    command = [sys.executable, "-X", "utf8", "-m", "papers.child", path, form, *map(str, bounds)]
    try:
        child = subprocess.run(
            command,
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
            cwd=settings.BASE_DIR,
            env=ALONE,
            timeout=settings.READING_SECONDS * PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return "slow"
    if not child.returncode:
        return ""
    said = child.stderr.decode(errors="replace")
    if child.returncode < 0:  # killed: by the clock, or fallen over what it opened
        return "slow" if -child.returncode in SLOW else "fallen"
    return said if said in WHY else "large" if "MemoryError" in said or "bad_alloc" in said else "broken"


def _sentence(word: str) -> str:
    if word == "slow":
        return f"识读超过 {settings.READING_SECONDS} 秒，没有读完，{BY_HAND}"
    return WHY[word]
