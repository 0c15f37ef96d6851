"""What the page of 运行情况 shows."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.keeper.shares import shares
from notifications.models import Channel
from seals import stamping
from tten.watching import errors
from tten.watching.broker import WORDS, Head, heads
from tten.watching.figures import NEWEST, outcomes
from tten.watching.grounds import GIGABYTE, free_bytes
from tten.watching.readiness import AWAY, READINESS
from tten.watching.room import days_left

PLACES = {"media": "材料", "var": "程序数据"}


@dataclass(frozen=True)
class Queue:
    """A line of the table of queues."""

    name: str
    what: str
    waiting: int
    minutes: int
    is_late: bool


@dataclass(frozen=True)
class Place:
    """A line of the table of disks; days: until it is full, None where nobody can tell yet."""

    what: str
    gigabytes: float
    days: int | None


@dataclass(frozen=True)
class Sent:
    """A line of the table of channels: of the newest messages, what became of them."""

    channel: str
    sent: int
    waiting: int
    failed: int

    @property
    def failed_per_cent(self) -> int:
        """Of a hundred that have ended, rounded up, so that one is seen."""
        ended = self.sent + self.failed
        return -(-self.failed * 100 // ended) if ended else 0


def watch_context() -> dict[str, Any]:
    """Every part, what is wrong first; queues, messages, disks; the parts that are not everywhere."""
    found = READINESS.look()
    return {
        "found": found,
        "wrong": [one for one in found if one.is_wrong],
        "queues": queues(),
        "shares": shares(),
        "channels": channels(),
        "newest": NEWEST,
        "places": places(),
        "options": options(),
        "crumbs": [("运行情况", "")],
    }


def queues() -> list[Queue]:
    """Every queue; none where the broker is away, which its own line tells."""
    try:
        return [queue_of(head) for head in heads()]
    except AWAY:
        return []


def queue_of(head: Head) -> Queue:
    """The line of a queue."""
    late = head.seconds > settings.WATCH["queue_minutes"] * 60
    return Queue(head.queue, WORDS[head.queue], head.waiting, int(head.seconds // 60), late)


def channels() -> list[Sent]:
    """What became of the newest messages on each channel."""
    counted = Counter(outcomes())
    ends = ("sent", "waiting", "failed")
    return [Sent(str(one.label), *(counted[one.value, end] for end in ends)) for one in Channel]


def places() -> list[Place]:
    """What is free at each place, and for how long it lasts."""
    days = days_left()
    return [Place(PLACES[name], round(free / GIGABYTE, 1), days[name]) for name, free in free_bytes().items()]


def options() -> list[tuple[str, str]]:
    """(what, how it stands) of the parts that a host may do without."""
    watch = settings.WATCH
    sending = "已开启" if errors.is_on() else "已安装，没有设置发送地址" if errors.is_there() else "没有安装"
    reading = [f"端口 {watch['metrics_port']}"] * bool(watch["metrics_port"]) + ["令牌"] * bool(watch["metrics_token"])
    files = "file" in settings.LOGGING["handlers"]
    return [
        ("错误归集（Sentry）", sending),
        ("监控指标（Prometheus）", f"可以用{'或'.join(reading)}读取" if reading else "没有开放"),
        ("时间戳（RFC 3161）", stamping.standing()),
        ("日志文件", "按天保存，到期自动删除" if files else "没有设置，只有进程输出"),
    ]
