"""What the browser says while somebody types is what the server will say."""

import pytest
from django.core.exceptions import ValidationError

from policy.capitals import capitals
from tests.browser.stage import PATIENCE
from tests.factories import World
from ui.fields import MoneyField

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AMOUNTS = (
    "0",
    "-5",
    "1e9",
    "三万",
    "1²",
    "1.005",
    "99999999999",
    ".",
    "00.00",
    "+5",
    "¥20,000",
    ".5",
    "1.500",
    "12.",
    "\u202a20,000\u200b",
)
WIDE = "２０，０００．５０"
PASTED = "\n".join(["样例检测要求𬭚"] * 9)  # 9 lines of 8 characters and 8 breaks: 71 + 9 − 9


def test_the_browser_counts_and_judges_as_the_server_does(stage):
    application = World().make_application()
    firm = stage.staff("applicant").go(f"/vouchers/applications/{application.number}/edit/")
    judged(firm)
    counted(firm)


def counted(firm):
    """The counter shows the figure that the server counts."""
    area, words = firm.page.locator("[name=content]"), firm.page.locator("[name=content] + p")
    for text in ("字\n" * 20, "𬭚\n\n字 \n", PASTED):
        area.fill(text)
        assert words.inner_text().startswith(f"已写 {len(text.strip())} 字")
    area.fill("字\n" * 1500, timeout=3 * PATIENCE)  # 1,500 lines to lay out, beside other tests
    assert words.inner_text() == "已写 2999 字，超出 999 字"
    firm.press("保存").sees("现在是 2999 个字")
    assert firm.page.locator("[name=content]").input_value() == ("字\n" * 1500).strip()


def said_of(typed):
    """The amount in capitals, or the server's sentence."""
    try:
        return capitals(MoneyField().clean(typed))
    except ValidationError as fault:
        return fault.messages[0]


def judged(firm):
    """An amount that is none is told at once, in the words of the server."""
    box = firm.page.locator("[name=contract_amount]")
    words = firm.page.locator(".money-input:has([name=contract_amount]) + p")
    for typed in (*AMOUNTS, WIDE):
        box.fill(typed)
        assert words.inner_text() == said_of(typed)
    box.fill("-5")
    firm.sees("金额应大于 0，请填写实际金额。").look("72-amount")
