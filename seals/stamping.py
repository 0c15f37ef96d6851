"""Time stamps of RFC 3161: somebody else's word that a checkpoint was there at a time. By setting; the library is an optional part.

A stamp of a later checkpoint covers all earlier lines, so that none is made up for: what was missed while the authority was
away delays the next one, and nothing else. Nothing here runs within a transaction but the row that is written at the end.
"""

import datetime as dt
import importlib
import time
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import requests
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from records.doors import door
from seals.models import Checkpoint, Stamp

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

ASKING, ANSWER = "application/timestamp-query", "application/timestamp-reply"
MOST = 64 * 1024  # bytes of an answer that are read
WHY = {  # what the library says → what is told
    "Mismatch between messages": "不是这个检查点的时间戳",
    "Error while verifying certificates": "签名不符，或签发者的证书不在 STAMP_ROOTS 之下",
    "Nonce mismatch": "不是对这次请求的回应",
    "Missing SignedData": "时间戳服务拒绝签发",
}


class NotStamped(Exception):
    """There is no stamp, or it does not hold; the sentence says why."""


class Stamped(NamedTuple):
    """What a stamp says: when, and who says so."""

    at: dt.datetime
    authority: str


def is_there() -> bool:
    """Whether the part is installed (requirements-ops.txt)."""
    return find_spec("rfc3161_client") is not None


def is_on() -> bool:
    """Whether checkpoints are stamped."""
    return is_there() and bool(settings.SEALING["stamp_address"])


def standing() -> str:
    """How it stands, in words for whoever runs the portal."""
    return "已开启" if is_on() else "已安装，没有设置服务地址" if is_there() else "没有安装"


def between() -> dt.timedelta:
    """How long no further stamp is asked for."""
    return dt.timedelta(minutes=settings.SEALING["stamp_minutes"])


def stamp_due() -> Stamp | None:
    """Ask for a stamp of the latest checkpoint where one is due, and keep it; NotStamped where that cannot be done now."""
    checkpoint, latest = Checkpoint.objects.first(), Stamp.objects.select_related("checkpoint").first()
    if not is_on() or checkpoint is None:
        return None
    if latest and (latest.checkpoint == checkpoint or latest.asked_at > timezone.now() - between()):
        return None
    asked_at = timezone.now()
    return keep_stamp(checkpoint, answer_to(checkpoint.text), asked_at)


def answer_to(text: str) -> bytes:
    """What the authority answers to the question for this text: a stamp that holds, and answers this very question."""
    part = library()
    question = part.TimestampRequestBuilder(text.encode(), part.HashAlgorithm.SHA256).build()
    try:
        reply = fetch(question.as_bytes())
    except requests.RequestException as error:
        raise NotStamped(f"时间戳服务没有回应（{type(error).__name__}）") from error
    read(reply, text, question.nonce)
    return reply


def fetch(question: bytes) -> bytes:
    """The authority's answer, all of it within STAMP_SECONDS; NotStamped for a status other than 200 and for one without end."""
    seconds = settings.SEALING["stamp_seconds"]
    until, reply = time.monotonic() + seconds, b""
    with requests.post(
        settings.SEALING["stamp_address"],
        data=question,
        headers={"Content-Type": ASKING, "Accept": ANSWER},
        timeout=seconds,
        allow_redirects=False,
        stream=True,
    ) as answer:
        if answer.status_code != requests.codes.ok:
            raise NotStamped(f"时间戳服务回应 {answer.status_code}")
        for piece in answer.iter_content(4096):
            reply += piece
            if time.monotonic() > until or len(reply) > MOST:
                raise NotStamped("时间戳服务的回应没有尽头")
    return reply


def read(reply: bytes, text: str, nonce: int | None = None) -> Stamped:
    """What a stamp says of the text; NotStamped unless it is of this text, by a certificate that leads to our roots.

    A certificate must have been in force when it stamped, not today. nonce: the number of the question that it answers.
    """
    part = library()
    try:
        response = part.decode_timestamp_response(reply)
        part.VerifierBuilder(roots=roots(), nonce=nonce).build().verify_message(response, text.encode())
        return Stamped(response.tst_info.gen_time, authority_of(response))
    except (ValueError, part.VerificationError) as error:
        raise NotStamped(WHY.get(str(error).partition(":")[0], "读不懂这个时间戳")) from error


def library() -> ModuleType:
    """The optional part; NotStamped where it is not installed."""
    try:
        return importlib.import_module("rfc3161_client")
    except ModuleNotFoundError as error:
        raise NotStamped("没有安装 rfc3161-client（requirements-ops.txt）") from error


def roots() -> list[Certificate]:
    """The certificates that are trusted; NotStamped where the file is missing or holds none."""
    path = Path(settings.BASE_DIR) / settings.SEALING["stamp_roots"]
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NotStamped(f"STAMP_ROOTS 不是证书文件：{path}") from error


def authority_of(response: "TimeStampResponse") -> str:
    """The name in the certificate of whoever signed."""
    (signer,) = response.signed_data.signer_infos
    for one in map(load_der_x509_certificate, response.signed_data.certificates):
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
            names = one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else one.subject.rfc4514_string()
    return ""


@door
def keep_stamp(checkpoint: Checkpoint, reply: bytes, asked_at: dt.datetime) -> Stamp:
    """Write the stamp beside its checkpoint; that of whoever was faster stays."""
    said = read(reply, checkpoint.text)
    facts = {"at": said.at, "authority": said.authority[:200], "asked_at": asked_at, "reply": reply}
    return Stamp.objects.get_or_create(checkpoint=checkpoint, defaults=facts)[0]
