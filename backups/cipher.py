"""Encryption of whatever a backup writes: AES-256-GCM piece by piece, a key of its own for each file (ADR 0176).

A file is a head (mark, id of the key, salt) and pieces of 1 MiB, each with its tag; the number of a piece and whether it
is the last are in its nonce, the head and the file's name are bound to it. So no piece can be changed, moved, taken away
or put into another file without being seen. The standard's name of the construction is STREAM.
"""

import base64
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backups.refusals import Refused

MARK = b"tten-backup-1\n"
PIECE, TAG, SECRET, ID, SALT = 1 << 20, 16, 32, 8, 32  # bytes
HEAD = len(MARK) + ID + SALT
OURS_ALONE = 0o600
ANOTHER = "请改用另一份备份。"


@dataclass(frozen=True)
class Key:
    """The secret, and the id by which a file names it."""

    secret: bytes

    @property
    def id(self) -> bytes:
        """Says nothing of the secret."""
        return hashlib.sha256(b"tten-backup-key" + self.secret).digest()[:ID]

    def of_file(self, salt: bytes) -> AESGCM:
        """The key of one file."""
        drawn = HKDF(algorithm=hashes.SHA256(), length=SECRET, salt=salt, info=MARK)
        return AESGCM(drawn.derive(self.secret))


def make_key(path: Path) -> None:
    """Write a new key; FileExistsError where there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=OURS_ALONE, exist_ok=False)
    path.write_text(base64.b64encode(secrets.token_bytes(SECRET)).decode() + "\n")


def read_key(path: Path) -> Key:
    """The key of the file; Refused where there is none."""
    try:
        secret = base64.b64decode(path.read_text().strip(), validate=True)
    except FileNotFoundError as gone:
        raise Refused(f"没有备份密钥 {path}：请运行 manage.py backup --new-key 生成，或放回原来的密钥。") from gone
    except (OSError, ValueError) as bad:
        raise Refused(f"备份密钥 {path} 读不出来：请放回原来的密钥文件。") from bad
    if len(secret) != SECRET:
        raise Refused(f"备份密钥 {path} 不完整：请放回原来的密钥文件。")
    return Key(secret)


def nonce(number: int, *, is_last: bool) -> bytes:
    """Of a piece: its number, and whether it is the last."""
    return number.to_bytes(11, "big") + bytes([is_last])


def encrypt(source: IO[bytes], target: Path, key: Key, name: str, *, at_once: bool = True) -> int:
    """Write the source's bytes, encrypted, to a file that is there whole or not at all; return how many they were.

    at_once: wait until the disk has it; whoever writes many files waits for all of them together.
    """
    beside, count = target.with_name(f"{target.name}.new"), 0
    salt = secrets.token_bytes(SALT)
    head, one = MARK + key.id + salt, key.of_file(salt)
    try:
        with beside.open("wb", buffering=0) as file:
            file.write(head)
            number, piece = 0, source.read(PIECE)
            while True:
                following = source.read(PIECE) if len(piece) == PIECE else b""
                file.write(one.encrypt(nonce(number, is_last=not following), piece, head + name.encode()))
                count, number = count + len(piece), number + 1
                if not following:
                    break
                piece = following
            if at_once:
                os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return count


def pieces(path: Path, key: Key, name: str) -> Iterator[bytes]:
    """The plain bytes of a file, piece by piece; Refused for another key and for whatever is not as it was written."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if head[: len(MARK)] != MARK or len(head) != HEAD:
                raise Refused(f"备份文件 {path} 已损坏：开头不是备份的格式。{ANOTHER}")
            if head[len(MARK) : len(MARK) + ID] != key.id:
                raise Refused(f"密钥不对：备份文件 {path} 是用另一把密钥加密的。请放回当时的密钥。")
            yield from opened(file, key.of_file(head[-SALT:]), head + name.encode())
    except InvalidTag as bad:
        raise Refused(f"备份文件 {path} 已损坏：内容与写入时不一致。{ANOTHER}") from bad
    except FileNotFoundError as gone:
        raise Refused(f"备份文件 {path} 不见了：请改用另一份备份，或从存放副本的地方取回。") from gone


def opened(file: BinaryIO, one: AESGCM, bound: bytes) -> Iterator[bytes]:
    """Decrypt what stands behind the head."""
    number, piece = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        yield one.decrypt(nonce(number, is_last=not following), piece, bound)
        if not following:
            return
        number, piece = number + 1, following


def decrypt(path: Path, target: Path, key: Key, name: str) -> int:
    """Write a file's plain bytes to a new file; return how many they were."""
    count = 0
    with target.open("xb", buffering=0) as file:
        for piece in pieces(path, key, name):
            file.write(piece)
            count += len(piece)
    return count


class Opened(io.RawIOBase):
    """The plain bytes of a file as a stream, for tarfile."""

    def __init__(self, path: Path, key: Key, name: str) -> None:
        """Open it; nothing is read yet."""
        self.rest, self.held = pieces(path, key, name), memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer only at the end."""
        found: list[bytes | memoryview] = []
        while size:
            if not self.held:
                self.held = memoryview(next(self.rest, b""))
                if not self.held:
                    break
            part = self.held[:size] if size > 0 else self.held
            self.held, size = self.held[len(part) :], size - len(part) if size > 0 else size
            found.append(part)
        return b"".join(found)
