"""Text messages: one row each, counted before it is written, handed to the worker on commit."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from accounts.advisory import hold_name
from accounts.models import TextMessage
from accounts.sms.tasks import deliver_text
from accounts.sms.words import check_fields, fitted, message_words
from records.doors import door
from records.queue import after_commit
from records.rules import RuleBroken

TWO_MINUTES = 120  # seconds
HOUR = 60  # minutes
PHONE = "同一个手机号"


class Limit(NamedTuple):
    """At most so many messages of one number or address within so many minutes."""

    whose: str
    most: int
    minutes: int

    @property
    def span(self) -> str:
        """The minutes as people say them."""
        hours, minutes = divmod(self.minutes, HOUR)
        days, hours = divmod(hours, 24)
        return f"{days} 天" if days else f"{hours} 小时" if hours else f"{minutes} 分钟"

    @property
    def words(self) -> str:
        """The rule, in a refusal."""
        return f"{self.whose} {self.span}最多发送 {self.most} 条短信"


PER_PHONE = (
    Limit(PHONE, 1, 1),
    Limit(PHONE, 5, HOUR),
    Limit(PHONE, 10, 24 * HOUR),
)
PER_ADDRESS = (Limit("同一个网络地址", 20, HOUR),)


@door
def send_text(phone: str, template: str, *, purpose: str, address: str | None = None, **params: str) -> TextMessage:
    """Write one message and let it leave after the commit; RuleBroken("R-SMS") past the limits.

    phone: eleven figures. template: a name in TEMPLATES. address: of who asked, None where no visitor did.
    Known and unknown numbers are counted alike, so that a refusal tells nothing of an account.
    """
    message_words(template, params)
    params = {name: fitted(value) for name, value in params.items()}
    check_fields(template, params)
    check_limits(phone, address)
    text = TextMessage.objects.create(phone=phone, template=template, purpose=purpose, address=address, params=params)
    after_commit(deliver_text, text.pk)
    return text


def check_limits(phone: str, address: str | None) -> None:
    """Hold the number and the address until the transaction ends; refuse past a limit, saying until when."""
    hold_name(f"sms:{phone}")
    _keep(TextMessage.objects.filter(phone=phone), PER_PHONE)
    if address:
        hold_name(f"sms:{address}")
        _keep(TextMessage.objects.filter(address=address), PER_ADDRESS)


def _keep(sent: models.QuerySet[TextMessage], limits: Iterable[Limit]) -> None:
    now = timezone.now()
    times = list(sent.filter(at__gt=now - dt.timedelta(days=1)).order_by("-at").values_list("at", flat=True)[:20])
    for limit in limits:
        if len(times) < limit.most:
            continue
        free_at = times[limit.most - 1] + dt.timedelta(minutes=limit.minutes)
        if free_at > now:
            raise RuleBroken("R-SMS", f"{limit.words}，请在{when(free_at, now)}再试。")


def when(moment: dt.datetime, now: dt.datetime) -> str:
    """How long to wait in words: seconds within two minutes, else the minute at which it is over."""
    seconds = (moment - now).total_seconds()
    if seconds <= TWO_MINUTES:
        return f" {max(1, round(seconds))} 秒后"
    local = timezone.localtime(moment + dt.timedelta(minutes=1))  # the minute that is shown is over by then
    return f" {local:%H:%M} 以后" if local.date() == timezone.localdate(now) else f" {local:%m月%d日 %H:%M} 以后"
