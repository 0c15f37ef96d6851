"""Signed notes and checkpoints as C2SP has them (signed-note, tlog-checkpoint), by Ed25519; the key stands outside the database.

The folder SEAL_FOLDER holds `key` (private, PEM, for the worker alone), `key.pub` (what a witness is given) and
`checkpoint`, the last note that was signed: a database that was rolled back does not know it any more.
"""

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

ED25519 = b"\x01"  # the kind of signature in a key of C2SP
SIGNED_BY = "— "
KEY, PUBLIC, LAST = "key", "key.pub", "checkpoint"
OURS_ALONE = 0o600


class SealBroken(Exception):
    """Something signed is not what it should be; the sentence says what."""


@dataclass(frozen=True)
class Signed:
    """What a checkpoint says."""

    size: int
    root: bytes
    at: str


def folder() -> Path:
    """Where the key stands; a relative path begins at the checkout."""
    return Path(settings.BASE_DIR) / str(settings.SEALING["folder"])


def origin() -> str:
    """The name of the log, which the key is bound to."""
    return str(settings.SEALING["origin"])


def make_key() -> str:
    """Make a key and return what a witness is given; FileExistsError where there is one."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path, key = folder() / KEY, Ed25519PrivateKey.generate()
    path.touch(mode=OURS_ALONE, exist_ok=False)
    path.write_bytes(key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()))
    (folder() / PUBLIC).write_text("\n".join([told(key.public_key()), *public_keys()]) + "\n")
    return public_words()


def private_key() -> Ed25519PrivateKey:
    """The key that signs; SealBroken where there is none."""
    path = folder() / KEY
    if not path.exists():
        raise SealBroken(f"没有签名密钥 {path}：请运行 manage.py seal --new-key 生成，或放回原来的密钥。")
    key = forms.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SealBroken(f"{path} 不是 Ed25519 密钥：请放回原来的密钥。")
    return key


def public_keys() -> list[str]:
    """The verifier keys of C2SP, the one that signs today first, behind it those that signed before."""
    path = folder() / PUBLIC
    return path.read_text().split() if path.exists() else []


def public_words() -> str:
    """What a witness is given; "" where there is no key yet."""
    return next(iter(public_keys()), "")


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(forms.Encoding.Raw, forms.PublicFormat.Raw)


def key_id(name: str, key: bytes) -> bytes:
    """The four bytes by which a note names a key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + key).digest()[:4]


def told(key: Ed25519PublicKey) -> str:
    """A public key as C2SP writes it: name, id and bytes."""
    return f"{origin()}+{key_id(origin(), raw(key)).hex()}+{base64.b64encode(ED25519 + raw(key)).decode()}"


def sign(size: int, root: bytes, at: dt.datetime) -> str:
    """The signed note of a checkpoint; its extension line tells when, in UTC."""
    key = private_key()
    text = f"{origin()}\n{size}\n{base64.b64encode(root).decode()}\ntime {at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}\n"
    mark = key_id(origin(), raw(key.public_key())) + key.sign(text.encode())
    return f"{text}\n{SIGNED_BY}{origin()} {base64.b64encode(mark).decode()}\n"


def read(note: str) -> Signed:
    """What a signed note says; SealBroken unless it was signed with one of our keys."""
    for public in public_keys():
        if (signed := signed_by(public, note)) is not None:
            return signed
    raise SealBroken("检查点的签名与公钥不符")


def signed_by(public: str, note: str) -> Signed | None:
    """What the note says; None unless it was signed with this key."""
    try:
        name, _, given = public.split("+", 2)
        key = base64.b64decode(given)[1:]
        text, signature = note.rsplit("\n\n", 1)
        mark = base64.b64decode(signature.removeprefix(f"{SIGNED_BY}{name} ").strip(), validate=True)
        text += "\n"
        Ed25519PublicKey.from_public_bytes(key).verify(mark[4:], text.encode())
        said, size, root, at = text.splitlines()[:4]
        signed = Signed(int(size), base64.b64decode(root), at.removeprefix("time "))
    except (ValueError, InvalidSignature):
        return None
    return signed if said == name and mark[:4] == key_id(name, key) else None


def keep_note(note: str) -> None:
    """Write down outside the database what was signed last: whole, or not at all."""
    beside = folder() / f"{LAST}.new"
    beside.write_text(note)
    beside.replace(folder() / LAST)


def put_aside(name: str, earlier: str) -> None:
    """The note that was signed last holds no more; it stays beside the key under this name, an earlier one takes its place."""
    (folder() / f"{LAST}.{name}").write_text(kept())
    keep_note(earlier)


def kept() -> str:
    """The note that was signed last; "" before the first."""
    path = folder() / LAST
    return path.read_text() if path.exists() else ""
