"""Standards, instruments, samples and prices by item come in by spreadsheet, and what was taken away comes in as the same."""

import pytest

from catalog.desk.views import provider_product_list
from catalog.models import Product
from catalog.sheets.services import publish_import, undo_import
from tests.catalog.sheets.test_products import ABOUT, HEADS, ONE
from tests.factories import make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
FACTS = ("执行标准", "仪器设备", "样品要求", "分项价格")
SAID = ("GB/T 3075-2021", "疲劳试验机", "每组十件，标明牌号", "室温 300/样；高温 500/样\n低温 600.5")
KEPT = {
    "standards": SAID[0],
    "instruments": SAID[1],
    "samples": SAID[2],
    "price_items": "室温 300.00/样\n高温 500.00/样\n低温 600.50",
}


@pytest.fixture
def offer(bring, world, testing):
    def offered(*rows, heads=(*HEADS, *FACTS)):
        own = {"by": world.provider_member, "unit": world.provider.unit, "kind": "products", "batch": None}
        return bring(*rows, heads=heads, **own)

    return offered


def facts_of(product):
    return {name: getattr(afresh(product), name) for name in KEPT}


def test_a_new_product_has_what_its_row_says(offer, carry_out, world):
    carry_out(publish_import, offer((*ONE, *SAID)), by=world.provider_member)
    product = Product.objects.get(name=ONE[0])
    assert facts_of(product) == KEPT
    assert "疲劳试验机" in product.search_text


def test_an_empty_cell_and_a_list_without_the_columns_leave_what_stands(offer, carry_out, world):
    product = make_product(world.provider, world.product.category, name="疲劳试验", description=ABOUT, **KEPT)
    carry_out(publish_import, offer((*ONE, "GB/T 1-2026", "", "", "")), by=world.provider_member)
    assert facts_of(product) == KEPT | {"standards": "GB/T 1-2026"}
    sheet = carry_out(publish_import, offer((*ONE[:5], "900", "次"), heads=HEADS), by=world.provider_member)
    assert facts_of(product) == KEPT | {"standards": "GB/T 1-2026"}
    carry_out(undo_import, sheet, by=world.provider_member)
    assert afresh(product).price == 12000


def test_a_change_is_told_in_words_and_taken_back(offer, carry_out, world):
    product = make_product(world.provider, world.product.category, name="疲劳试验", description=ABOUT, **KEPT)
    sheet = offer((*ONE, *SAID[:3], "室温 350/样"))
    assert "分项价格：" in sheet.rows.get().words
    sheet = carry_out(publish_import, sheet, by=world.provider_member)
    assert facts_of(product)["price_items"] == "室温 350.00/样"
    carry_out(undo_import, sheet, by=world.provider_member)
    assert facts_of(product) == KEPT


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("室温 300/样；面议", "分项价格：第 2 行“面议”没有读懂，请写成“室温拉伸 300/样”这样"),
        ("；".join(f"项目{n} 10" for n in range(21)), "分项价格：最多写 20 行"),
    ],
)
def test_a_cell_that_is_not_understood_is_asked_back(offer, cell, sentence):
    row = offer((*ONE, *SAID[:3], cell)).rows.get()
    assert row.verdict == "wrong"
    assert sentence in row.words


def test_a_text_that_is_too_long_is_refused_with_its_column(offer):
    row = offer((*ONE, "标" * 301, *SAID[1:])).rows.get()
    assert row.verdict == "wrong"
    assert "执行标准" in row.words


def test_what_was_taken_away_from_the_list_comes_in_as_the_same(offer, world):
    said = {"description": ABOUT, "deliverable": "检测报告", "duration": "3 天"} | KEPT
    product = make_product(world.provider, world.product.category, name="疲劳试验", **said)
    listing = provider_product_list.listing
    cells = ["" if cell is None else str(cell) for cell in listing.cells(afresh(product))]
    row = offer(tuple(cells), heads=tuple(listing.columns)).rows.get()
    assert (row.verdict, row.words) == ("same", "")
