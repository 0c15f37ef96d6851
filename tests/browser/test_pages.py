"""Every page in a browser, on a desk and on a phone: it shuts nobody out, and nothing is wider than the screen."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.browser.stage import AXE, WIDE, faults
from tests.factories import World
from tests.tour import tour
from tests.tour_of_keepers import administration
from tten.local import wechat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATUS = {"/nowhere/": 404, "/account/wechat/failed/": 401}
DENSE = {"turn_all_list", "application_list", "application_edit", "claim_detail", "claim_edit", "turn_detail"}
ZOOMED = (640, 320)  # what 1280 pixels are at 200 % and at 400 %
CUT = """() => {
  const hides = style => ["hidden", "clip"].includes(style.overflowX)
  const lost = node => {
    if (node.clientWidth <= 1) return false // the head of a table whose rows are cards: each cell says it itself
    const style = getComputedStyle(node)
    if (node.closest(".visually-hidden, .skip-link") || !node.getClientRects().length || !(node.innerText || "").trim()) return false
    return hides(style) && node.scrollWidth > node.clientWidth + 1 && style.textOverflow !== "ellipsis"
  }
  return [...document.querySelectorAll("body *")].filter(lost).map(node => node.outerHTML.slice(0, 100))
}"""


@pytest.fixture
def screen(browser):
    """A browser that has axe in every page."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    context.add_init_script(AXE.axe_script)
    yield context.new_page()
    context.close()


@pytest.fixture
def stub(settings, tmp_path):
    settings.DEMO = True
    settings.SMS_FILE = settings.DEMO_MAIL_FILE = tmp_path / "texts.log"
    with wechat.Server() as server:
        for name, value in wechat.environment(server.url).items():
            setattr(settings, name, value)
        yield server.memory


KNOWN_BY = {"sessionid", "typist"}  # cookies: whose the browser is, and that his kept forms lie there


def walk(screen, url, stops):
    """Go to each page as the person whose it is; what is wrong there, in words."""
    for client, address in stops:
        screen.context.clear_cookies()
        known = {name: cookie.value for name, cookie in client.cookies.items() if name in KNOWN_BY and cookie.value}
        kept = [{"name": name, "value": value, "url": url} for name, value in known.items()]
        screen.context.add_cookies(kept)
        screen.set_viewport_size(WIDE)
        answer = screen.goto(url + address)
        if answer.status != STATUS.get(address, 200) or answer.request.redirected_from:
            yield f"{address} is no page: {answer.status} {answer.url}"
        yield from faults(screen, address)
        yield from unhelped(screen, address)
        if address not in STATUS and resolve(urlsplit(address).path).view_name in DENSE:
            yield from lost(screen, address)


def unhelped(screen, address):
    """Whether something is done here and no link says how (help/steps.py).

    后台管理 has a frame of its own, and an article of the manual, below which readers say 有用, is what the link leads to.
    """
    acts = screen.locator("main form[method=post]").count() and not address.startswith(("/admin/", "/help/"))
    if acts and not screen.locator(".step-help").count():
        yield f"{address} leads to no step of the manual"


def lost(screen, address):
    """What one has to scroll sideways for, or cannot read, at 200 % and at 400 % (WCAG 1.4.4 and 1.4.10)."""
    for width in ZOOMED:
        screen.set_viewport_size({"width": width, "height": 900})
        wide = screen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        yield from [f"{address} at {width}: {wide} px too wide"] if wide > 0 else []
        yield from (f"{address} at {width} cuts {part}" for part in screen.evaluate(CUT))


@pytest.mark.timeout(1800)  # it grows with every page
def test_no_page_of_the_portal_shuts_anybody_out(screen, live_server, stub):
    assert list(walk(screen, live_server.url, tour(World(), stub))) == []


def test_no_page_of_the_administration_shuts_anybody_out(screen, live_server):
    assert list(walk(screen, live_server.url, administration(World()))) == []


def test_no_component_shuts_anybody_out(screen, live_server, settings):
    settings.DEBUG = True
    screen.goto(f"{live_server.url}/ui/")
    assert faults(screen, "/ui/") == []
