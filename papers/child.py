"""Reads one paper in a process of its own, which may take so much memory and time and no more (docs/adr/0116).

It is started as a module and knows nothing of the portal: the file's path, its form and the bounds come as arguments, out
goes one line of JSON with the facts and the milliseconds of CPU. Why it could not read a file it says on its error output
in one word; where it says none of these, the file is broken.
"""

import json
import resource
import sys
import time
from pathlib import Path

MOST_TOLD = 1024 * 1024  # bytes that it writes
MEGABYTE = 1024 * 1024


def main(path: str, form: str, seconds: int, megabytes: int, pages: int) -> str:
    """Read the file; "" or, in one word, why it could not be read."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_TOLD, MOST_TOLD))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from papers.reading import Bounds, Unreadable, read
    from records.faces import lend_faces

    lend_faces()
    try:
        facts = read(Path(path).read_bytes(), form, Bounds(pages=pages))
    except Unreadable as refusal:
        return refusal.word
    except (MemoryError, OSError):
        return "large"
    told = {"facts": facts.as_json(), "cpu": round(time.process_time() * 1000)}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    return ""


if __name__ == "__main__":
    word = main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
    sys.stderr.write(word)
    sys.exit(bool(word))
