"""What the portal stands on: database, cache, broker, disk, fonts, clock. A look that raises is a part that is away."""

import ctypes
import shutil
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tten.watching.broker import heads
from tten.watching.clocks import seconds_apart
from tten.watching.found import Look, State, verdict
from ui.fonts import FOLDER
from ui.printing import FAMILIES

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")  # as WeasyPrint loads them
GIGABYTE = 1024**3


def database() -> Look:
    """Whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return verdict(True, "正常应答")


def memory() -> Look:
    """Whether the cache answers."""
    cache.get("watch")
    return verdict(True, "正常应答")


def broker() -> Look:
    """Whether the queues can be read."""
    return verdict(True, f"{sum(head.waiting for head in heads())} 项任务在排队")


def disk() -> Look:
    """How much is free where papers lie, and where the portal writes."""
    least = min(free_bytes().values()) / GIGABYTE
    return verdict(least >= settings.WATCH["disk_gigabytes"], f"最少的一处剩余 {least:.1f} GB")


def free_bytes() -> dict[str, int]:
    """By place, the bytes that are free there."""
    places = {"media": Path(settings.MEDIA_ROOT), "var": Path(settings.BASE_DIR) / "var"}
    return {name: shutil.disk_usage(place).free for name, place in places.items() if place.exists()}


def fonts() -> Look:
    """The portal's own faces, and the libraries that print; neither is loaded into this process's pages."""
    missing = [name for name in FAMILIES if not (FOLDER / name).exists()] + [name for name in LIBRARIES if lacks(name)]
    return verdict(not missing, f"缺少 {'、'.join(missing)}" if missing else "字体和排版组件齐全")


def lacks(library: str) -> bool:
    """Whether the machine has no such library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def clock() -> Look:
    """How far this machine's clock is from the database's."""
    limit = settings.WATCH["clock_seconds"]
    if not limit:
        return Look(State.UNKNOWN, "没有核对")
    apart = seconds_apart()
    return verdict(abs(apart) <= limit, f"与数据库的时钟相差 {abs(apart):.0f} 秒")
