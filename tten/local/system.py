"""What comes from the system and not from wheels: libraries of the PDF, a browser and fonts for the tests."""

import ctypes
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tten.local.say import say, step

CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_updated: list[bool] = []  # apt's lists are fetched once per command
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Part:
    """A thing that is there or not, the Debian packages that bring it, and what goes without it."""

    name: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]
    without: str


def _has_library(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def browser() -> str | None:
    """Return the path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def server_program(name: str) -> str | None:
    """Return the path of a server's program, or None; Debian puts them where no ordinary user looks."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


PDF = Part(
    "PDF 系统库 / PDF libraries",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: _has_library("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "兑现申请表的 PDF 导出不可用，其余照常 / no PDF export, all else works",
)
BROWSER = Part(
    "浏览器 / browser",
    ("chromium", "libatomic1"),  # the second is for the browser's driver
    lambda: browser() is not None and _has_library("libatomic.so.1"),
    "不跑浏览器测试 / no browser tests",
)
FONTS = Part(
    "中文字体 / Chinese fonts", ("fonts-noto-cjk",), CJK_FONT.exists, "截图中没有汉字 / no Chinese in screenshots"
)
POOLER = Part(
    "PgBouncer",
    ("pgbouncer",),
    lambda: server_program("pgbouncer") is not None,
    "连接池的测试不运行 / the tests of pooling are left out",
)
PROXY = Part(
    "nginx",
    ("nginx-light",),
    lambda: server_program("nginx") is not None,
    "代理的测试不运行 / the tests of the proxy are left out",
)
KUBECTL = Part(
    "kubectl",
    ("kubernetes-client",),
    lambda: shutil.which("kubectl") is not None,
    "Kubernetes 清单不合在一起看 / the manifests are not put together",
)
PAGES = Part(
    "poppler-utils",
    ("poppler-utils",),
    lambda: shutil.which("pdftoppm") is not None,
    "不看 PDF 页面图像 / PDF pages are not looked at",
)


def ensure(*parts: Part) -> list[Part]:
    """Install what is missing, where we are root; return what is still missing, having said what to type."""
    missing = [part for part in parts if not part.is_there()]
    if missing and can_install():
        install(*(package for part in missing for package in part.packages))
        missing = [part for part in missing if not part.is_there()]
    for part in missing:
        say(f"! 缺 / missing: {part.name}: {part.without}\n    apt-get install {' '.join(part.packages)}")
    return missing


def can_install() -> bool:
    """Whether apt-get may be used: it exists and we are root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install Debian packages without a question; return whether that went well (no network is no error here)."""
    with _one_at_a_time:
        step(f"apt-get install {' '.join(packages)}")
        if not _updated:
            _updated.append(_apt("update"))
        return _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*words: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *words]
    result = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        say(f"! apt-get {words[0]}: {result.stderr.strip()[-400:]}")
    return result.returncode == 0
