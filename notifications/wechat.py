"""Notices by 微信: a template message of the 服务号, asked of api.weixin.qq.com (cgi-bin/message/template/send)."""

import time
from typing import Any

import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils import timezone

from notifications.lines import Away, Mark, Refused, Unsure, address_of
from notifications.models import Delivery
from records.people import Person
from ui.fields import one_line

TIMEOUT = (3.05, 8)  # seconds to connect, to answer
THING = 20  # characters of a field of the kind «thing»
BUSY = {-1, 45009, 45011}  # errcode: the system is busy, or asked too often
STALE = {40001, 40014, 42001}  # the token is no longer good
EARLY = 300.0  # seconds before its end at which a token is renewed


class Token:
    """The access token that this process holds, and until when."""

    value = ""
    until = 0.0


class WechatLine:
    """The service keeps no line, but one token for all."""

    def open(self) -> None:
        """Have a token that is good; Away where none is given."""
        if time.monotonic() < Token.until:
            return
        query = {"grant_type": "client_credential", "appid": setting("app_id"), "secret": setting("secret")}
        try:
            said = requests.get(f"{setting('address')}/cgi-bin/token", query, timeout=TIMEOUT).json()
            Token.value, Token.until = said["access_token"], time.monotonic() + float(said["expires_in"]) - EARLY
        except (requests.RequestException, ValueError, KeyError, TypeError) as trouble:
            raise Away(f"微信没有给出凭证：{type(trouble).__name__}") from trouble

    def close(self) -> None:
        """The token is kept."""

    def send(self, message: Delivery, mark: Mark) -> None:
        """Send one template message; the service itself drops a second one of the same number."""
        mark()
        address = f"{setting('address')}/cgi-bin/message/template/send?access_token={Token.value}"
        try:
            said = requests.post(address, json=body_of(message), timeout=TIMEOUT).json()
        except requests.ConnectTimeout as trouble:
            raise Away("连接微信超时") from trouble
        except (requests.RequestException, ValueError) as trouble:
            raise Unsure(type(trouble).__name__) from trouble
        judge(said)


def judge(said: object) -> None:
    """What the service's answer means; nothing where it has taken the message."""
    code = said.get("errcode") if isinstance(said, dict) else None
    if code == 0:
        return
    if code is None:
        raise Unsure("微信的回应不可读")
    if code in BUSY | STALE:
        Token.until = Token.until if code in BUSY else 0.0
        raise Away(f"微信 {code}")
    raise Refused(f"微信 {code} {said.get('errmsg', '')}" if isinstance(said, dict) else "", for_good=True)


def body_of(message: Delivery) -> dict[str, Any]:
    """The message as the approved template has it: what has happened, and when."""
    thing, moment = setting("fields").split(",")
    subject = one_line(message.notice.subject)
    return {
        "touser": message.address,
        "template_id": setting("template"),
        "url": address_of(message.notice),
        "client_msg_id": f"notice-{message.notice_id}",
        "data": {
            thing: {"value": subject if len(subject) <= THING else f"{subject[: THING - 1]}…"},
            moment: {"value": f"{timezone.localtime(message.notice.at):%Y-%m-%d %H:%M}"},
        },
    }


def setting(name: str) -> str:
    """What the environment says of the 服务号."""
    return str(settings.NOTICES["wechat"][name])


def number_of(person: Person) -> str:
    """The number by which 微信 knows the person; empty where none is bound, or no template is there to send by."""
    if not setting("template"):
        return ""
    return SocialAccount.objects.filter(user=person).values_list("uid", flat=True).first() or ""
