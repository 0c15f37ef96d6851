"""Check the time stamp of a checkpoint, on any computer with OpenSSL. Stands beside witness.py and needs nothing else.

    python3 stamp.py FILE KEY ROOTS.pem

FILE is what the portal gives at /seals/stamp, or the proof of a case that holds a stamp; KEY the line of key.pub; ROOTS.pem the
root certificates of the time stamping authority, as it publishes them. Says how many lines were there, and when.
"""

import base64
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from witness import Refused, read

TIME = re.compile(r"^Time stamp: (.+) GMT$", re.MULTILINE)


def openssl(*words: str | Path) -> str:
    """What `openssl ts` says; Refused where it does not agree, or is not there."""
    program = shutil.which("openssl")
    if program is None:
        raise Refused("这台电脑上没有 openssl")
    done = subprocess.run([program, "ts", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"时间戳不成立：{done.stderr.strip().rpartition(chr(10))[2]}")
    return done.stdout


def check(given: dict[str, str], key: str, roots: Path) -> tuple[int, dt.datetime]:
    """(how many lines, when); Refused unless checkpoint and stamp hold. The certificate must have been in force then, not today."""
    size = read(given["checkpoint"], key)[0]
    if not given.get("stamp"):
        raise Refused("这个文件里没有时间戳")
    with tempfile.TemporaryDirectory() as folder:
        stamp, text = Path(folder, "stamp"), Path(folder, "checkpoint")
        stamp.write_bytes(base64.b64decode(given["stamp"]))
        text.write_bytes(given["checkpoint"].encode())
        found = TIME.search(openssl("-reply", "-in", stamp, "-text"))
        if not found:
            raise Refused("读不懂时间戳")
        at = dt.datetime.strptime(found[1].partition(".")[0].replace("  ", " "), "%b %d %H:%M:%S %Y").replace(
            tzinfo=dt.UTC
        )
        openssl("-verify", "-attime", str(int(at.timestamp())), "-data", text, "-in", stamp, "-CAfile", roots)
    return size, at


if __name__ == "__main__":
    try:
        size, at = check(json.loads(Path(sys.argv[1]).read_text()), sys.argv[2], Path(sys.argv[3]))
    except Refused as refusal:
        sys.exit(f"拒绝 / refused: {refusal}")
    print(f"{at:%Y-%m-%d %H:%M:%S} UTC: {size} 条记录 / lines")
