"""Aliyun short message service: SendSms of Dysmsapi (2017-05-25), signed ACS3-HMAC-SHA256, over HTTPS."""

import datetime as dt
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings

from accounts.models import TextMessage
from accounts.sms.gateways import NotSent

ALGORITHM = "ACS3-HMAC-SHA256"
ACTION, VERSION = "SendSms", "2017-05-25"
TIMEOUT = (3.05, 8)  # seconds to connect, to answer
EMPTY = hashlib.sha256(b"").hexdigest()
BROKEN = 500  # the first HTTP status that is the gateway's own trouble
PASSING = {  # refusals of a message that was not sent: it may be tried again
    "Throttling",
    "Throttling.User",
    "Throttling.Api",
    "ServiceUnavailable",
    "isp.SYSTEM_ERROR",
    "SignatureNonceUsed",
}
NOBODY = {"isv.MOBILE_NUMBER_ILLEGAL"}  # the number is none


def to_aliyun(text: TextMessage) -> str:
    """Send one message; return the gateway's receipt (BizId), or raise NotSent.

    After a time-out nobody knows whether the message left: it is not tried again.
    """
    if text.template not in settings.SMS_TEMPLATES:
        raise NotSent(f"短信模板 {text.template} 没有登记网关的模板编号", again=False)
    query = {
        "PhoneNumbers": text.phone,
        "SignName": settings.SMS_SIGN,
        "TemplateCode": settings.SMS_TEMPLATES[text.template],
        "TemplateParam": json.dumps(text.params, ensure_ascii=False, separators=(",", ":")),
    }
    address = f"{settings.SMS_ADDRESS.rstrip('/')}/"
    headers = signed_headers(urlsplit(address).netloc, query)
    try:
        answer = requests.post(f"{address}?{canonical(query)}", headers=headers, timeout=TIMEOUT, allow_redirects=False)
    except requests.ConnectTimeout as trouble:
        raise NotSent("连接短信网关超时", again=True) from trouble
    except requests.Timeout as trouble:
        raise NotSent("短信网关没有按时回应，是否发出不明，不再重发", again=False) from trouble
    except requests.ConnectionError as trouble:
        raise NotSent("连接不上短信网关", again=not _maybe_heard(trouble)) from trouble
    except requests.RequestException as trouble:
        raise NotSent(f"短信网关的回应不可读：{type(trouble).__name__}", again=False) from trouble
    return receipt_of(answer)


def _maybe_heard(trouble: requests.ConnectionError) -> bool:
    """Whether the line broke after the message may have been heard."""
    return "NewConnectionError" not in repr(trouble) and "NameResolutionError" not in repr(trouble)


def receipt_of(answer: requests.Response) -> str:
    """The BizId of an accepted message; NotSent with the gateway's own code and words else."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise NotSent(f"短信网关的回应不可读（HTTP {answer.status_code}）", again=False)
    code = str(body.get("Code", ""))
    if answer.ok and code == "OK":
        return str(body.get("BizId", ""))
    raise NotSent(f"{code} {body.get('Message', '')}".strip(), again=code in PASSING, nobody=code in NOBODY)


def signed_headers(host: str, query: dict[str, str]) -> dict[str, str]:
    """The headers of one request without a body, `Authorization` among them."""
    headers = {
        "host": host,
        "x-acs-action": ACTION,
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": VERSION,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", canonical(query), lines, names, EMPTY))
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(settings.SMS_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={settings.SMS_KEY},SignedHeaders={names},Signature={signature}"
    return headers | {"Authorization": f"{ALGORITHM} {credential}"}


def canonical(query: dict[str, Any]) -> str:
    """The query string as it is signed and as it is sent: sorted, percent-encoded by RFC 3986."""
    return "&".join(f"{quote(name, safe='')}={quote(str(query[name]), safe='')}" for name in sorted(query))
