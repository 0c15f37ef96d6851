"""Watch the portal's checkpoints from another host: refuse one that does not extend the last. Needs Python 3.11 and nothing else.

    python3 witness.py https://portal.example KEY FOLDER      every quarter of an hour, by cron

KEY is the line of key.pub. FOLDER keeps `checkpoint`, the last one that was accepted, and every refused one beside it.
Leaves with 0 where all is well, 1 where the past was rewritten, 2 where the portal does not answer or has stopped to sign.
"""

import base64
import datetime as dt
import hashlib
import sys
import urllib.request
from pathlib import Path

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # of Ed25519, RFC 8032
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
LATE = 3600  # seconds after which a checkpoint is too old
Point = tuple[int, int, int, int]


class Refused(Exception):
    """The checkpoint is not one that this witness may accept."""


def add(a: Point, b: Point) -> Point:
    """The sum of two points in extended coordinates."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """The point so many times."""
    total = (0, 1, 1, 0)
    while number:
        total, point, number = add(total, point) if number & 1 else total, add(point, point), number >> 1
    return total


def unpack(data: bytes) -> Point:
    """The point of 32 bytes; Refused where there is none."""
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise Refused("不是 Ed25519 的点")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature of 64 bytes is that of the message by the key of 32, as RFC 8032, section 5.1.7 asks."""
    base = unpack((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, base), add(unpack(signature[:32]), times(h, unpack(key)))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    return len(signature) == 64 and s < ORDER and same


def read(note: str, key: str) -> tuple[int, bytes, str]:
    """(size, root, time) of a signed checkpoint; Refused unless it is signed by the key."""
    try:
        name, _, given = key.strip().split("+", 2)
        text, signature = note.rsplit("\n\n", 1)
        mark = base64.b64decode(signature.strip().removeprefix(f"— {name} "), validate=True)
        said, size, root, at = (text + "\n").splitlines()[:4]
        good = said == name and is_signed(base64.b64decode(given)[1:], (text + "\n").encode(), mark[4:])
    except ValueError as error:
        raise Refused("读不懂检查点") from error
    if not good:
        raise Refused("签名不是这个密钥的")
    return int(size), base64.b64decode(root), at.removeprefix("time ")


def node(left: bytes, right: bytes) -> bytes:
    """The hash of a node, RFC 6962."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_extended(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Whether the path proves that the tree of `new` leaves begins with that of `old`: RFC 9162, section 2.1.4.2."""
    if old in {0, new}:
        return not path and (old == 0 or old_root == new_root)
    path = path if old & (old - 1) else [old_root, *path]
    f, s = old - 1, new - 1
    while f & 1:
        f, s = f >> 1, s >> 1
    first = second = path[0] if path else b""
    for one in path[1:]:
        if s == 0:
            return False
        if f & 1 or f == s:
            first, second = node(one, first), node(one, second)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            second = node(second, one)
        f, s = f >> 1, s >> 1
    return first == old_root and second == new_root and s == 0


def fetch(address: str) -> str:
    """What stands at the address."""
    if not address.startswith(("http://", "https://")):
        raise OSError(address)
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def watch(portal: str, key: str, folder: Path) -> str:
    """Accept the latest checkpoint and say so; Refused where it does not extend the one that was accepted last."""
    note, last = fetch(f"{portal}/seals/checkpoint"), folder / "checkpoint"
    try:
        size, root, at = read(note, key)
        if last.exists():
            before, old_root, _ = read(last.read_text(), key)
            if size < before:
                raise Refused(f"只有 {size} 条记录，上一个检查点有 {before} 条：记录被删除，或恢复成了旧备份")
            path = [base64.b64decode(line) for line in fetch(f"{portal}/seals/consistency/{before}/{size}").split()]
            if not is_extended(before, size, old_root, root, path):
                raise Refused(f"前 {before} 条记录与上一个检查点不符：过去被改写")
    except Refused:
        (folder / f"refused-{hashlib.sha256(note.encode()).hexdigest()[:16]}").write_text(note)
        raise
    last.write_text(note)
    if dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(at) > dt.timedelta(seconds=LATE):
        raise TimeoutError(f"最近的检查点是 {at}：网站已停止签名")
    return f"{size} 条记录，{at}：与上一个检查点一致"


if __name__ == "__main__":
    try:
        print(watch(sys.argv[1].rstrip("/"), sys.argv[2], Path(sys.argv[3])))
    except Refused as refusal:
        sys.exit(f"拒绝 / refused: {refusal}")
    except OSError as trouble:
        print(f"没有结果 / no answer: {trouble}", file=sys.stderr)
        sys.exit(2)
