"""An hour at the desk by the keyboard alone: `python -m benchmarks.hour [--cases 50] [--more 4000] [--at ADDRESS]`.

Brings up a demo of its own, adds cases, and lets the reviewers of the platform, of two districts and of the body decide
fifty of all kinds and stages in a real browser, one after the other as the desk brings them: seven of ten pass, two are
returned with a mark, one is refused with a reason. A paper is looked at in each case that has one. Counts, by kind and
stage, the keys pressed, the pages loaded, the characters that stand before the reviewer, and the seconds that he waits.
Prints the table of docs/performance.md and ends with 1 where an aim is not met. --at: a portal that runs already.
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from tten.demo.accounts import PASSWORD
from tten.local import run, services, system
from tten.local.say import say
from tten.local.valkey import free_port

KIND = "bench-hour"
PEOPLE = ("platform", "district_nankai", "district_binhai", "body_a")
SHARE = 9  # cases of each but the last, who takes the rest
KEYS, LOADS = 12, 1.2  # aims for a case
PATIENCE = 60_000  # milliseconds: the machine may be busy
PASS, RETURN, REJECT = "1", "2", "3"
COURSE = (PASS, PASS, RETURN, PASS, PASS, PASS, RETURN, PASS, REJECT, PASS)  # of ten cases
KINDS = {"RZ": "单位认证", "JG": "服务机构入驻", "SQ": "创新券申请", "DX": "创新券兑现"}
READY = """() => document.querySelector('#decision [name=verdict][aria-keyshortcuts]')
  || document.querySelector('.list-rows a[aria-keyshortcuts], .empty')"""
SAID = "() => document.querySelector('.letter-beside .letter, .letter-beside .letter-problems')"
CHARACTERS = """(parts) => {
  let sum = 0
  for (const part of document.querySelectorAll(parts)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const [words, around] = [walker.currentNode, walker.currentNode.parentElement]
      if (around.checkVisibility() && !around.closest("select, .visually-hidden")) sum += words.data.replace(/\\s/g, "").length
    }
  }
  return sum
}"""
DECIDING, WHOLE = ".fact-strip, .review-found, .letter-beside", ".turn-head, .review-side, .review-figures"


@dataclass
class Case:
    """What one case took."""

    name: str  # its kind and stage
    verdict: str
    keys: int = 0
    loads: int = 0
    deciding: int = 0  # characters of the strip, the findings and the message
    whole: int = 0  # and of all figures, opinions and the decision's form
    waited: float = 0.0  # seconds until the next page takes keys
    done: bool = False


@dataclass
class Reviewer:
    """One person at the keyboard; keys and loads are those since the case at hand began."""

    page: Page
    keys: int = 0
    loads: int = 0
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: self.count_load() if frame == self.page.main_frame else None)

    def count_load(self) -> None:
        """A page has come; a jump within it is none."""
        self.loads += 1

    def press(self, *keys: str) -> None:
        """Press them one after the other; a key that is held with another counts, too."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))

    def ready(self) -> bool:
        """Wait until the page takes keys; whether it is that of a case that can be decided."""
        self.page.wait_for_function(READY)
        return self.page.locator("#decision [name=verdict]").count() > 0

    def sends(self, *keys: str) -> float:
        """Press them and wait for the page that they bring; the seconds until it takes keys."""
        before, started = self.loads, time.monotonic()
        self.press(*keys)
        while self.loads == before and time.monotonic() - started < PATIENCE / 1000:
            self.page.wait_for_timeout(5)
        self.ready()
        return time.monotonic() - started


def main() -> int:
    """Bring up, decide, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cases", type=int, default=50)
    words.add_argument("--more", type=int, default=4000, help="cases that are added to the demo's own")
    words.add_argument("--at", default="", help="the address of a demo that runs already, which is written to")
    asked = words.parse_args()
    if asked.at:
        return told(hour(asked.at, asked.cases), asked.cases)
    services.forget(KIND)
    port = free_port()
    with run.brought_up(KIND, port):
        run.load_more(KIND, port, cases=asked.more)
        cases = hour(f"http://{run.HOST}:{port}", asked.cases)
    services.forget(KIND)
    return told(cases, asked.cases)


def hour(address: str, wanted: int) -> list[Case]:
    """What the cases took, in the order in which they were decided."""
    cases: list[Case] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.browser(), args=["--no-sandbox", "--disable-gpu"])
        for name in PEOPLE:
            most = wanted - len(cases) if name == PEOPLE[-1] else min(SHARE, wanted - len(cases))
            cases += at_the_desk(signed_in(browser, address, name), address, most, len(cases))
        browser.close()
    return cases


def signed_in(browser: Browser, address: str, name: str) -> Page:
    """The person's page, before the day begins: neither keys nor loads of it are counted."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/account/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def at_the_desk(page: Page, address: str, most: int, before: int) -> Iterator[Case]:
    """Decide what the list brings, from its first case on."""
    reviewer = Reviewer(page)
    page.goto(f"{address}/desk/")
    reviewer.ready()
    reviewer.sends("j", "o")
    for number in range(most):
        if not reviewer.ready():
            return
        yield decided(reviewer, COURSE[(before + number) % len(COURSE)])


def decided(reviewer: Reviewer, wanted: str) -> Case:
    """Look at a paper, choose, read the message, send it; where that is refused, return the case, or skip it."""
    page = reviewer.page
    number = page.locator(".turn-name .mono").inner_text()
    stage = page.locator(".turn-facts dd").first.inner_text().partition("（")[0]
    case = Case(f"{KINDS[number[:2]]} {stage}", wanted)
    if page.locator(".viewer-stage").count():
        reviewer.press("p", "ArrowDown", "ArrowDown")
    for verdict in dict.fromkeys((wanted, RETURN)):
        case.verdict = verdict
        choose(reviewer, verdict)
        case.deciding, case.whole = (page.evaluate(CHARACTERS, parts) for parts in (DECIDING, WHOLE))
        case.waited += reviewer.sends("Enter" if verdict == PASS else "Control+Enter")
        case.done = "/opinion/" not in page.url
        if case.done:
            break
    else:
        case.waited += reviewer.sends("j")
    case.keys, case.loads = reviewer.keys, reviewer.loads
    reviewer.keys = reviewer.loads = 0
    return case


def choose(reviewer: Reviewer, verdict: str) -> None:
    """Choose the result with what it needs, and wait for the message beside it."""
    page = reviewer.page
    if not page.locator(f"#decision [name=verdict][aria-keyshortcuts='{verdict}']").count():
        verdict = RETURN
    reviewer.press(verdict)
    if verdict == RETURN:
        reviewer.press("m", "Space")
    elif verdict == REJECT:
        reviewer.press("Tab", "ArrowDown")
    page.wait_for_function(SAID)


def told(cases: list[Case], wanted: int) -> int:
    """Print the table; 1 where an aim is not met."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.name].append(case)
    say(
        "| kind and stage | cases | keys | loads | deciding | whole | wait, s |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    for name, group in sorted(groups.items()):
        say(row(name, group))
    say(row("all", cases))
    keys, loads = mean(cases, "keys"), mean(cases, "loads")
    done = sum(case.done for case in cases)
    most = max(case.keys for case in cases)
    say(f"{done} of {len(cases)} decided, the most keys {most}; aims: keys ≤ {KEYS}, loads ≤ {LOADS}")
    return int(done < wanted or keys > KEYS or loads > LOADS)


def row(name: str, group: list[Case]) -> str:
    """One line of the table: means, of the wait the median."""
    waited = statistics.median(case.waited for case in group)
    counts = f"{mean(group, 'keys'):.1f} | {mean(group, 'loads'):.2f}"
    return f"| {name} | {len(group)} | {counts} | {mean(group, 'deciding'):.0f} | {mean(group, 'whole'):.0f} | {waited:.2f} |"


def mean(group: list[Case], name: str) -> float:
    """Of a count of the cases."""
    return float(statistics.mean(getattr(case, name) for case in group))


if __name__ == "__main__":
    sys.exit(main())
