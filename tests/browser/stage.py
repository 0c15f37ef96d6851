"""The stage of the browser journeys: people with browsers, papers on a disk, and what shuts them out."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from accounts.models import User

PASSWORD = "Tten-test-2026"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 20_000  # milliseconds: the machine may be busy with other tests
expect.set_options(timeout=PATIENCE)
AXE = Axe()
# domain.md §10
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,  # style sheets are read where the browser has them: no rule of these asks for more
}
BARS = (
    ".to-decision, .action-bar, .case-head .acts, .decision-fields > #div_id_verdict, .decision-fields > #div_id_text"
)
LOOSE = f"() => document.querySelectorAll('{BARS}').forEach(bar => {{ bar.style.position = 'static' }})"
RUN = "rules => axe.run(rules).then(({violations}) => violations)"


class Person:
    """One person with a browser: `page` is what he has before him."""

    def __init__(self, stage, page: Page, name: str, *, phone=False) -> None:
        self.stage, self.page, self.name, self.phone = stage, page, name, phone

    def go(self, path):
        self.page.goto(self.stage.url + path)
        return self

    def sign_in(self, login, password=PASSWORD):
        self.go("/account/login/")
        self.page.get_by_label("用户名或手机号").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出").first).to_be_visible()
        return self

    def code(self, phone):
        """Type the code that the last text message to this number holds."""
        lines = Path(settings.SMS_FILE).read_text(encoding="utf-8").splitlines()
        words = [line.split("\t")[2] for line in lines if line.split("\t")[1] == phone][-1]
        return self.fill(code=re.search(r"[0-9]{6}", words).group()).press("确定")

    def fill(self, **values):
        """Type into fields by their names, as the form calls them; files are paths."""
        for name, value in values.items():
            box = self.page.locator(f"[name='{name}']:visible, input[type=file][name='{name}']").first
            if isinstance(value, Path):
                box.set_input_files(value)
            elif value is True:
                box.check()
            elif box.evaluate("node => node.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(str(value))
        return self

    def press(self, name, *, role="button", within=None, exact=True):
        found = (within or self.page.get_by_role("main")).get_by_role(role, name=name, exact=exact).first
        found.tap() if self.phone else found.click()
        self.page.wait_for_load_state()
        return self

    def agrees(self):
        """Answer yes to the next question of the page."""
        self.page.once("dialog", lambda dialog: dialog.accept())
        return self

    def sees(self, *texts):
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def look(self, name):
        """Complain where the page as it stands, at either width, shuts somebody out."""
        self.stage.complaints += faults(self.page, name)
        self.page.set_viewport_size(WIDE)
        return self


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def faults(page, name):
    """What breaks WCAG 2.2 AA at either width, and what is wider than the screen.

    What sticks to an edge is let loose: what it covers depends on how far one has scrolled.
    """
    page.evaluate(LOOSE)
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.evaluate(DRAWN)  # what folds on a phone has folded
        place = f"{name} at {size['width']}"
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{place}: {wide} px too wide"] if wide > 0 else []
        found += barriers(page, place)
    return found


def barriers(page, name):
    """What breaks WCAG 2.2 AA on the page as it stands: the rule and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(RUN, RULES)
    return [f"{name}: {rule['id']} at {', '.join(str(node['target'][0]) for node in rule['nodes'])}" for rule in found]


@dataclass
class Stage:
    """All browsers of a journey; `complaints` are the errors that their consoles saw."""

    browser: Browser
    url: str
    disk: Path
    contexts: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def enter(self, name, *, phone=False) -> Person:
        """Open a browser for one more person; phone: narrow, and used by touch."""
        size = {"viewport": NARROW, "has_touch": True} if phone else {"viewport": WIDE}
        context = self.browser.new_context(**size, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.contexts.append(context)
        return Person(self, page, name, phone=phone)

    def staff(self, name, user=None, *, phone=False) -> Person:
        """A person who has an account, signed in."""
        user = user or User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()
        return self.enter(name, phone=phone).sign_in(user.username)

    def paper(self, name, content) -> Path:
        """A file on the person's disk."""
        path = self.disk / name
        path.write_bytes(content)
        return path

    def close(self):
        for context in self.contexts:
            context.close()
