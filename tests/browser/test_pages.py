"""Every page in a browser, on a desk and on a phone: it shuts nobody out, and nothing is wider than the screen."""

import pytest

from tests.browser.stage import AXE, NARROW, WIDE, barriers
from tests.factories import World
from tests.tour import administration, tour
from tten.local import wechat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATUS = {"/nowhere/": 404, "/account/wechat/failed/": 401}
LOOSE = (
    """() => document.querySelectorAll(".to-decision, .action-bar").forEach(bar => { bar.style.position = "static" })"""
)


@pytest.fixture
def screen(browser):
    """A browser that has axe in every page."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")
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


def walk(screen, url, stops):
    """Go to each page as the person whose it is; what is wrong there, in words."""
    for client, address in stops:
        screen.context.clear_cookies()
        cookie = client.cookies.get("sessionid")
        if cookie:
            screen.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": url}])
        screen.set_viewport_size(WIDE)
        answer = screen.goto(url + address)
        if answer.status != STATUS.get(address, 200) or answer.request.redirected_from:
            yield f"{address} is no page: {answer.status} {answer.url}"
        yield from faults(screen, address)


def faults(screen, address):
    """What breaks WCAG 2.2 AA at either width, and what is wider than the screen.

    The bar that sticks to the bottom is let loose: what it covers depends on how far one has scrolled.
    """
    screen.evaluate(LOOSE)
    for size in (WIDE, NARROW):
        screen.set_viewport_size(size)
        wide = screen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            yield f"{address} at {size['width']}: {wide} px too wide"
        yield from barriers(screen, f"{address} at {size['width']}")


def test_no_page_of_the_portal_shuts_anybody_out(screen, live_server, stub):
    assert list(walk(screen, live_server.url, tour(World(), stub))) == []


def test_no_page_of_the_administration_shuts_anybody_out(screen, live_server):
    assert list(walk(screen, live_server.url, administration(World()))) == []


def test_no_component_shuts_anybody_out(screen, live_server, settings):
    settings.DEBUG = True
    screen.goto(f"{live_server.url}/ui/")
    assert list(faults(screen, "/ui/")) == []
