"""How a row of a redemption stands on a phone: a card, its lines below each other."""

import pytest

from tests.browser.stage import NARROW
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEFTS = """row => [...row.cells].filter(cell => cell.dataset.label && cell.offsetParent).map(cell =>
    cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingLeft))"""


def test_the_lines_of_a_card_stand_below_each_other(stage):
    claim = World().make_claim()
    page = stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/edit/").page
    page.set_viewport_size(NARROW)
    lefts = page.locator("#table-invoice tbody tr").first.evaluate(LEFTS)
    assert len(lefts) > 3
    assert len({round(left) for left in lefts}) == 1
