"""Check the proof of one case, on any computer, with a checkpoint alone. Stands beside witness.py and needs nothing else.

    python3 inclusion.py PROOF.json KEY [CHECKPOINT]

KEY is the line of key.pub; CHECKPOINT one that a witness has kept. Where it is given, the proof must lead to it; else to
the signed one that it carries. Says which lines of the case stood in the tree; that there is no further line, it cannot say.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from witness import Refused, node, read


def leads_to(root: bytes, size: int, line: dict[str, Any]) -> bool:
    """Whether the path of a line leads to the root over so many leaves: RFC 9162, section 2.1.3.2."""
    f, s = line["number"], size - 1
    found = hashlib.sha256(b"\x00" + line["content"].encode()).digest()
    for one in map(base64.b64decode, line["path"]):
        if s == 0:
            return False
        if f & 1 or f == s:
            found = node(one, found)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            found = node(found, one)
        f, s = f >> 1, s >> 1
    return s == 0 and found == root


def check(proof: dict[str, Any], key: str, checkpoint: str = "") -> list[str]:
    """The contents of the lines; Refused where one of them is not in the tree."""
    size, root, _ = read(checkpoint or proof["checkpoint"], key)
    wrong = [line["number"] for line in proof["lines"] if not leads_to(root, size, line)]
    if wrong or not proof["lines"]:
        raise Refused(f"不在检查点里的记录：{wrong or '没有任何记录'}")
    return [line["content"] for line in proof["lines"]]


if __name__ == "__main__":
    kept = Path(sys.argv[3]).read_text() if len(sys.argv) > 3 else ""
    try:
        print("\n".join(check(json.loads(Path(sys.argv[1]).read_text()), sys.argv[2], kept)))
    except Refused as refusal:
        sys.exit(f"拒绝 / refused: {refusal}")
