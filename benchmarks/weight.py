"""`make bench NAME=weight`: what a visitor's browser fetches, and when he sees the page: the public pages of the mall.

Brings up the portal as `make run` serves it, and beside it another commit (AGAINST=, 76a9e59 by itself) twice: as that one's
`make run` served it, with static files as they lie, and with hashed and packed files. Headless Chromium opens each page
over loopback: what came over the wire by CDP (`encodedDataLength`, heads included), at the first view and, in the same
context, at the second; photographs apart. Then LCP of a phone: 390 × 844, the processor four times slower, 562.5 ms to
each answer, 1,474.56 kbit/s, without cache; the three in turns, the median of ROUNDS. Ends with 1 where a limit is not met.
"""

import argparse
import contextlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from benchmarks.__main__ import PAGE as DOCUMENT
from benchmarks.__main__ import tree_of
from benchmarks.frame import put_between
from benchmarks.portal import Portal, portal_of, program_of
from tten.local import run, system
from tten.local.asking import asked
from tten.local.paths import ROOT
from tten.local.processes import Daemon, wait_until
from tten.local.say import LocalError, say
from tten.local.valkey import free_port

BEFORE = "76a9e59"
FIRST_KB, SECOND_KB, PICTURE_KB, SHARE = 120, 15, 25, 0.6
KILOBYTE = 1000
ROUNDS = 5
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic")
PHONE = ViewportSize(width=390, height=844)
SLOWER = 4
LINE = {"offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 84_375}
PHOTOGRAPHS = ("image/webp", "image/jpeg", "image/png")
CARDS = ("首页", "科淘平台")  # pages of product cards
SETTLING = 800  # milliseconds
LCP = """new PerformanceObserver((list) => { for (const one of list.getEntries()) window.lcp = one.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});"""
WAYS = {  # page → where a link to it stands, and what it looks like; none, or not found there: that page itself
    "首页": ("/", ""),
    "科淘平台": ("/mall/", ""),
    "服务": ("/mall/", r"/mall/[A-Z]+\d+/"),
    "服务机构": ("服务", r"/providers/\d+/"),
    "京津冀": ("/labs/", ""),
    "帮助文章": ("/help/", r"/help/firm/\w+/"),
    "政策文章": ("/policy/", r"/policy/news/\d+/"),
}


@dataclass
class Site:
    """A portal that answers, and the addresses of its pages; for a page that it lacks, the one that it grew out of."""

    name: str
    base: str
    addresses: dict[str, str]


@dataclass
class View:
    """Bytes over the wire without photographs, and the largest of these."""

    own: int = 0
    picture: int = 0


def site_of(name: str, port: int) -> Site:
    """Find the pages by following the links that a visitor follows."""
    base = f"http://{run.HOST}:{port}"
    addresses: dict[str, str] = {}
    for page, (start, wanted) in WAYS.items():
        near = addresses.get(start, start)
        addresses[page] = (_link(base + near, wanted) or near) if wanted else near
    return Site(name, base, addresses)


def _link(address: str, wanted: str) -> str:
    _, page = asked(urlsplit(address).port or 80, urlsplit(address).path) or (0, "")
    found = re.search(f'href="({wanted})"', page)
    return found[1] if found else ""


@contextlib.contextmanager
def as_they_lie(portal: Portal) -> Iterator[int]:
    """A second web server of the portal, with static files as they lie: its port."""
    port = free_port()
    environment = portal.environment | {"STATIC_FROM_SOURCE": "1"}
    web = Daemon("web-as-run", portal.home, {"cwd": portal.tree, "env": environment})
    web.start(program_of(portal.tree, "web", port))
    try:
        if not wait_until(lambda: run.answers(port), run.PATIENCE):
            raise LocalError(f"网站没有回应 / the site does not answer: {web.log}")
        yield port
    finally:
        web.stop()


def viewed(context: BrowserContext, address: str) -> View:
    """Open it and count what comes."""
    page = context.new_page()
    session, view, kinds = context.new_cdp_session(page), View(), {}
    session.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["response"]["mimeType"]}))
    session.on("Network.loadingFinished", lambda told: _count(view, kinds.get(told["requestId"], ""), told))
    session.send("Network.enable")
    _open(page, address)
    page.close()
    return view


def _count(view: View, kind: str, told: dict[str, float]) -> None:
    size = int(told["encodedDataLength"])
    if kind in PHOTOGRAPHS:
        view.picture = max(view.picture, size)
    else:
        view.own += size


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLING)


def seen_after(browser: Browser, address: str) -> float:
    """Seconds until the largest thing is there, on a phone without a cache."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(LCP)
    _open(page, address)
    found = float(page.evaluate("window.lcp")) / 1000
    context.close()
    return found


def weights(browser: Browser, site: Site) -> dict[str, tuple[View, View]]:
    """First and second view of each page, each page by a visitor who is new."""
    found = {}
    for page, path in site.addresses.items():
        context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
        found[page] = (viewed(context, site.base + path), viewed(context, site.base + path))
        context.close()
    return found


def paints(browser: Browser, sites: list[Site], rounds: int) -> dict[tuple[str, str], float]:
    """The median of each page at each site; the sites in turns."""
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for page in WAYS:
            for site in sites:
                spent = seen_after(browser, site.base + site.addresses[page])
                times.setdefault((site.name, page), []).append(spent)
    return {key: median(values) for key, values in times.items()}


def table(
    before: str, now: dict[str, tuple[View, View]], then: dict[str, View], seen: dict[tuple[str, str], float]
) -> str:
    """What docs/performance.md shows; `packed` is the earlier commit with files that were hashed and packed."""
    head = f"| page | first view, kB | {before} | second, kB | largest picture, kB | LCP, s | {before} | share | {before} packed | share |"
    rows = [head, "| --- |" + " ---: |" * 9]
    for page, (first, second) in now.items():
        own, lying, packed = (seen[name, page] for name in ("now", "run", "packed"))
        sizes = [first.own, then[page].own, second.own, max(first.picture, second.picture)]
        words = [f"{size / KILOBYTE:.1f}" for size in sizes]
        words += [f"{own:.2f}", f"{lying:.2f}", f"{own / lying:.2f}", f"{packed:.2f}", f"{own / packed:.2f}"]
        rows.append(f"| {page} | {' | '.join(words)} |")
    return "\n".join(rows)


def missed(now: dict[str, tuple[View, View]], seen: dict[tuple[str, str], float]) -> list[str]:
    """In words, what is more than its limit; a picture counts as a card's where cards stand."""
    held: list[tuple[str, str, float, float]] = [
        (page, name, size / KILOBYTE, most)
        for page, (first, second) in now.items()
        for name, size, most in (("first view", first.own, FIRST_KB), ("second", second.own, SECOND_KB))
    ]
    held += [(page, "picture", now[page][0].picture / KILOBYTE, PICTURE_KB) for page in CARDS]
    held += [(page, "LCP", seen["now", page] / seen["run", page], SHARE) for page in now]
    return [f"{page}: {name} {found:.4g} > {most}" for page, name, found, most in held if found > most]


def measured(before: str, rounds: int) -> tuple[str, list[str]]:
    """The table, and what missed its limit."""
    with contextlib.ExitStack() as stack:
        new = stack.enter_context(portal_of(ROOT))
        old = stack.enter_context(portal_of(stack.enter_context(tree_of(before))))
        ports = {"now": new.port, "run": stack.enter_context(as_they_lie(old)), "packed": old.port}
        sites = [site_of(name, port) for name, port in ports.items()]
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=system.browser(), args=list(FLAGS))
        now = weights(browser, sites[0])
        then = {page: first for page, (first, _) in weights(browser, sites[1]).items()}
        seen = paints(browser, sites, rounds)
        browser.close()
    return table(before, now, then, seen), missed(now, seen)


def main() -> int:
    """Measure, print, write the table."""
    words = argparse.ArgumentParser(prog="make bench NAME=weight", description=__doc__)
    words.add_argument("--against", metavar="REV", default=BEFORE)
    words.add_argument("--blocks", type=int, default=ROUNDS, help="rounds of LCP")
    words.add_argument("--limits", default="", help="not asked for here")
    words.add_argument("--only", default="", help="likewise")
    chosen = words.parse_args()
    found, why = measured(chosen.against, chosen.blocks)
    say(f"\n{found}")
    DOCUMENT.write_text(put_between(DOCUMENT.read_text(), "bench weight", found))
    for reason in why:
        say(f"✗ {reason}")
    return int(bool(why))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
