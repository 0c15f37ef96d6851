"""What waits in the queues, read from the broker itself: how much, and since when the first of it."""

import json
import time
from dataclasses import dataclass
from typing import Any

from tten.celery import QUEUED_AT, app
from tten.queues import ROUTES

QUEUES = ("celery", *sorted({route["queue"] for route in ROUTES.values()}))
WORDS = {  # what each is for, as people read it
    "backups": "备份",
    "celery": "定时任务和其他",
    "codes": "帐号邮件",
    "exports": "导出、导入和批量办理",
    "mails": "事项通知",
    "papers": "读取材料内容",
    "pictures": "材料图像和产品图片",
    "registers": "外部核验",
    "texts": "短信",
}


@dataclass(frozen=True)
class Head:
    """A queue: its name, how many tasks wait there, and for how many seconds the first of them has."""

    queue: str
    waiting: int
    seconds: float


def heads() -> list[Head]:
    """Every queue; what the broker raises where it is away."""
    with app.connection_for_read() as line:
        asked = line.default_channel.client.pipeline()
        for queue in QUEUES:
            asked.llen(queue).lindex(queue, -1)
        told = asked.execute()
    pairs = zip(QUEUES, told[::2], told[1::2], strict=True)
    return [Head(queue, int(waiting), age_of(first)) for queue, waiting, first in pairs]


def age_of(message: bytes | None) -> float:
    """Seconds since the message was put into its queue; 0 where there is none, or it does not say."""
    headers: dict[str, Any] = json.loads(message).get("headers", {}) if message else {}
    return max(0.0, time.time() - float(headers.get(QUEUED_AT, time.time())))
