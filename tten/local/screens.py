"""`make screens`: a demo of its own is brought up, and a browser takes the pictures of docs/screens/ and of the manual.

Run with the venv's Python, unlike the rest of the launcher: `python -m tten.local.screens`.
"""

import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tten.demo.accounts import PASSWORD
from tten.local import run, services, system
from tten.local.paths import ROOT
from tten.local.say import LocalError, say
from tten.local.valkey import free_port

KIND = "screens"
FOLDER = ROOT / "docs" / "screens"
TOKENS = ROOT / "static" / "css" / "tokens.css"
WIDE, NARROW = (1440, 900), (390, 844)
TALLEST = 2400  # pixels of a page that are kept
COLOURS = 256
LARGEST = 120_000  # bytes of a picture
MANUAL, COPIES = ROOT / "help" / "manual", ROOT / "static" / "help"
NAMED = re.compile(r"^!\[[^\]]+\]\(([a-z0-9-]+)\)$", re.MULTILINE)  # a picture in a text of the manual
COPY_HIGH, COPY_LARGEST = 760, 60_000  # pixels, bytes of its copy for the manual
LOOSE = """() => {
  for (const node of document.querySelectorAll("main *")) {
    const {position, bottom} = getComputedStyle(node)
    if (["fixed", "sticky"].includes(position) && parseFloat(bottom) < 20) node.style.position = "static"
  }
}"""
SETTLED = 1000  # milliseconds
ROW, CARD = "main table tbody a", "main .product-card a"


class Shot(NamedTuple):
    """One page: whose (a demo account, "" for a visitor), where it begins, and what is clicked on the way."""

    name: str
    who: str
    address: str
    clicks: tuple[str, ...] = ()


def row(words: str) -> str:
    """The link of the first row, or card, that says this."""
    return f"main :is(tbody tr, .card, article):has-text('{words}') a >> nth=0"


SHOTS = (
    Shot("01-home", "", "/"),
    Shot("02-login", "", "/account/login/"),
    Shot("03-signup", "", "/account/signup/"),
    Shot("04-certification", "newcomer", "/center/certification/edit/"),
    Shot("05-certified", "unit_admin", "/center/certification/"),
    Shot("06-desk-certification", "platform", "/desk/", (ROW,)),
    Shot("10-mall", "", "/mall/"),
    Shot("11-product", "", "/mall/", (CARD,)),
    Shot("12-order-dialog", "unit_admin", "/mall/", (CARD, "main :is(a, button):has-text('立刻申请')")),
    Shot("13-orders", "unit_admin", "/orders/"),
    Shot("14-provider-orders", "provider", "/provider/orders/"),
    Shot("15-provider-products", "provider", "/provider/products/"),
    Shot("16-admission", "provider", "/center/admission/"),
    Shot("20-applications", "unit_admin", "/vouchers/applications/"),
    Shot("21-application", "unit_admin", "/vouchers/applications/", (row("草稿"), "main a:has-text('继续填写')")),
    Shot("22-returned", "unit_admin", "/vouchers/applications/", (row("初审退回修改"),)),
    Shot("24-desk-application", "district_nankai", "/desk/", (row("创新券申请"),)),
    Shot("25-voucher", "unit_admin", "/vouchers/applications/", (row("复审通过"),)),
    Shot("30-claims", "unit_admin", "/vouchers/claims/"),
    Shot("31-claim", "unit_admin", "/vouchers/claims/", (row("草稿"), "main a:has-text('继续填写')")),
    Shot("34-claim-accepted", "unit_admin", "/vouchers/claims/", (row("市级受理"),)),
    Shot("35-desk-claim", "body_a", "/desk/", (row("创新券兑现"),)),
    Shot("41-seats", "expert_1", "/desk/seats/"),
    Shot("42-seat", "expert_1", "/desk/seats/", (ROW,)),
    Shot("44-passed", "unit_admin", "/vouchers/claims/", (row("专家评审通过"),)),
    Shot("50-laboratories", "", "/labs/"),
    Shot("51-laboratory", "", "/labs/", ("main .lab-grid a >> nth=0",)),
    Shot("60-center", "unit_admin", "/center/"),
    Shot("61-notices", "unit_admin", "/center/notices/"),
    Shot("62-members", "unit_admin", "/center/units/", ("main a:has-text('成员')",)),
    Shot("63-security", "unit_admin", "/center/account/security/"),
    Shot("64-data", "unit_admin", "/center/account/data/"),
    Shot("70-all", "municipal", "/desk/all/"),
    Shot("71-offices", "municipal", "/desk/offices/"),
    Shot("72-units", "platform", "/desk/units/"),
    Shot("73-admissions", "platform", "/desk/admissions/"),
    Shot("74-trail", "auditor", "/admin/records/event/"),
    Shot("80-policy", "", "/policy/"),
    Shot("81-help", "", "/help/"),
)


def screens() -> None:
    """Take every picture anew; raise LocalError if one is too large or a browser's console complains."""
    services.forget(KIND)
    port = free_port()
    try:
        with run.brought_up(KIND, port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=system.browser(), args=["--no-sandbox"])
            _take(browser, f"http://{run.HOST}:{port}")
    finally:
        services.forget(KIND)
    large = [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LARGEST]
    if large:
        raise LocalError(f"图片过大 / pictures over {LARGEST} bytes: {', '.join(large)}")
    copies()


def copies() -> None:
    """Write the pictures that the manual names into static/help, as WebP; others that stood there go."""
    COPIES.mkdir(exist_ok=True)
    for old in COPIES.glob("*.webp"):
        old.unlink()
    for name in sorted(pictured()):
        with Image.open(FOLDER / f"{name}-{WIDE[0]}.png") as picture:
            top = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, COPY_HIGH)))
        top.save(COPIES / f"{name}.webp", quality=80, method=6)


def pictured() -> set[str]:
    """The pictures that the texts of the manual name."""
    return {name for path in MANUAL.rglob("*.md") for name in NAMED.findall(path.read_text(encoding="utf-8"))}


def _take(browser: Browser, url: str) -> None:
    for old in FOLDER.glob("*.png"):
        old.unlink()
    people: dict[str, BrowserContext] = {}
    for shot in SHOTS:
        if shot.who not in people:
            people[shot.who] = _enter(browser, url, shot.who)
        page = people[shot.who].new_page()
        _go(page, url, shot)
        for size, picture in _pictures(page):
            picture.save(FOLDER / f"{shot.name}-{size}.png", optimize=True)
        page.close()
        say(f"  {shot.name}")


def _enter(browser: Browser, url: str, who: str) -> BrowserContext:
    """A browser of the person, signed in."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", base_url=url)
    if who:
        page = context.new_page()
        page.goto("/account/login/")
        page.get_by_label("用户名或手机号").fill(who)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()
        page.get_by_role("button", name="退出").first.wait_for()
        page.close()
    return context


def _go(page: Page, url: str, shot: Shot) -> None:
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.goto(url + shot.address)
    for click in shot.clicks:
        page.locator(click).first.click()
        page.wait_for_timeout(SETTLED)
        page.wait_for_load_state("networkidle")


def _pictures(page: Page) -> Iterable[tuple[int, Image.Image]]:
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        whole = not page.locator("dialog[open]").count()  # a dialog stands in the middle of the screen
        if whole:
            page.evaluate(LOOSE)
        yield width, small(Image.open(io.BytesIO(page.screenshot(full_page=whole))), halved=width == WIDE[0])


def small(picture: Image.Image, *, halved: bool) -> Image.Image:
    """The top of the page in few colours, at half the size if asked.

    The colours of the site are among them as they are: one of few pixels, such as the orange of the mark, would else be
    mixed with its neighbours.
    """
    picture = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST)))
    if halved:
        picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
    own = _own_colours()
    rest = COLOURS - len(own)
    few = picture.quantize(rest, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    others = (few.getpalette() or [])[: 3 * rest]
    few.putpalette([*others, *[0] * (3 * rest - len(others)), *(part for colour in own for part in colour)])
    for index, colour in enumerate(own, rest):
        few.paste(index, mask=_where(picture, colour))
    return few


def _where(picture: Image.Image, colour: tuple[int, ...]) -> Image.Image:
    """A mask of the pixels that have this very colour."""
    red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255, *[0] * 255])


def _own_colours() -> list[tuple[int, ...]]:
    """Every colour of tokens.css, where each stands once."""
    written = re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", TOKENS.read_text())
    return sorted({ImageColor.getrgb(f"#{colour}")[:3] for colour in written})


if __name__ == "__main__":
    screens()
