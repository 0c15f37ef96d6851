"""Text messages: one row each, counted before it is written, handed to the worker on commit."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from accounts.advisory import hold
from accounts.models import TextMessage
from records.rules import RuleBroken

MOST_TRIES = 3  # of handing one message to the gateway
TEMPLATES = {  # name → its words; the gateway keeps the same words under a number of its own (SMS_TEMPLATES)
    "code": "验证码 {code}，5 分钟内有效。请勿告诉他人，工作人员不会向您索要。",
    "taken": "这个手机号已注册，请直接登录；忘记密码可以用短信验证码登录或找回。如非本人操作，请忽略。",
    "unknown": "这个手机号还没有注册，请先在网站注册。如非本人操作，请忽略。",
    "invitation": "{name}邀请您加入，请用这个手机号登录网站，在“我的邀请”中查看。如非本人相关，请忽略。",
}


class Limit(NamedTuple):
    """At most so many messages within so many seconds; `words` name the rule in a refusal."""

    most: int
    seconds: int
    words: str


PER_PHONE = (
    Limit(1, 60, "同一个手机号 1 分钟只能发送 1 条短信"),
    Limit(5, 3600, "同一个手机号 1 小时最多发送 5 条短信"),
    Limit(10, 86_400, "同一个手机号 1 天最多发送 10 条短信"),
)
PER_ADDRESS = (Limit(20, 3600, "同一个网络地址 1 小时最多发送 20 条短信"),)


@transaction.atomic
def send_text(phone: str, template: str, *, purpose: str, address: str | None = None, **params: str) -> TextMessage:
    """Write one message and let it leave after the commit; RuleBroken("R-SMS") past the limits.

    phone: eleven figures. template: a name in TEMPLATES. address: of who asked, None where no visitor did.
    Known and unknown numbers are counted alike, so that a refusal tells nothing of an account.
    """
    words_of(template, params)
    check_limits(phone, address)
    text = TextMessage.objects.create(phone=phone, template=template, purpose=purpose, address=address, params=params)
    transaction.on_commit(_handing_over(text.pk), robust=True)
    return text


def words_of(template: str, params: dict[str, str]) -> str:
    """The words of a message as the person reads them; KeyError for a template or a value that is not there."""
    return TEMPLATES[template].format(**params)


def check_limits(phone: str, address: str | None) -> None:
    """Hold the number and the address until the transaction ends; refuse past a limit, saying until when."""
    hold(f"sms:{phone}")
    _keep(TextMessage.objects.filter(phone=phone), PER_PHONE)
    if address:
        hold(f"sms:{address}")
        _keep(TextMessage.objects.filter(address=address), PER_ADDRESS)


def _keep(sent: models.QuerySet[TextMessage], limits: Iterable[Limit]) -> None:
    now = timezone.now()
    times = list(sent.filter(at__gt=now - dt.timedelta(days=1)).order_by("-at").values_list("at", flat=True)[:20])
    for limit in limits:
        if len(times) < limit.most:
            continue
        free_at = times[limit.most - 1] + dt.timedelta(seconds=limit.seconds)
        if free_at > now:
            raise RuleBroken("R-SMS", f"{limit.words}，请在{when(free_at, now)}再试。")


def when(moment: dt.datetime, now: dt.datetime) -> str:
    """How long to wait in words: seconds within two minutes, else the minute at which it is over."""
    seconds = (moment - now).total_seconds()
    if seconds <= 120:  # noqa: PLR2004 - two minutes
        return f" {max(1, round(seconds))} 秒后"
    local = timezone.localtime(moment + dt.timedelta(minutes=1))  # the minute that is shown is over by then
    return f" {local:%H:%M} 以后" if local.date() == timezone.localdate(now) else f" {local:%m月%d日 %H:%M} 以后"


def _handing_over(pk: int) -> Callable[[], Any]:
    from accounts.tasks import deliver_text  # noqa: PLC0415 - the task calls this module

    def hand_over() -> None:
        deliver_text.delay(pk)

    return hand_over
