"""The mall at size: lists wherever they lie, searches with many hits, few and none, suggestions, and what stands beside.

`make bench NAME=mall` on PRODUCTS=200000 more products than the small demo has; the issue's limits are beside the lines in
docs/performance.md.
"""

from benchmarks.lines import Line, Row
from benchmarks.pages import page

PRODUCT = Row("catalog.Product", "number", {"status": "on_sale", "is_marked": True})


def mall(query: str, of: str, role: str = "") -> Line:
    """The mall's list with a query; of: what tells it from others."""
    return page("product_list", role, query=query, of=of)


PLACES = [
    mall("", "first"),
    mall("", "first signed in", "unit_admin"),
    mall("?page=50", "page 50"),
    mall("?end=1", "end"),
    mall("?sort=price", "cheapest"),
    mall("?sort=-price&page=50", "dearest page 50"),
    mall("?sort=new", "newest"),
    mall("?sort=new&end=1", "newest end"),
    mall("?category=k02", "first level"),
    mall("?category=k02-02", "category"),
    mall("?category=k02-02&sort=price&page=50", "category cheapest page 50"),
    mall("?category=k02-02&end=1", "category end"),
    mall("?region=tianjin&marked=1", "narrowed"),
]
SEARCHES = [
    mall("?q=检测", "many"),
    mall("?q=检测&page=50", "many page 50"),
    mall("?q=检测&end=1", "many end"),
    mall("?q=检测&sort=price", "many cheapest"),
    mall("?q=材料 检测", "two words"),
    mall("?q=材料检测", "cut"),
    mall("?q=试验&category=k02-02", "in a category"),
    mall("?q=拉伸", "some"),
    mall("?q=盐雾", "fewer"),
    mall("?q=北京 检测", "a place"),
    mall("?q=SEM", "instrument"),
    mall("?q=GB/T 228.1", "standard"),
    mall("?q=CNAS 金属", "qualification"),
    mall("?q=KT000123", "number"),
    mall("?q=材", "one character"),
    mall("?q=jiance", "pinyin"),
    mall("?q=绝无此词", "none"),
    mall("?q=零件断了想找原因", "as far as it goes"),
]
BESIDE = [
    page("product_suggest", "", query="?q=检测"),
    page("product_suggest", "", query="?q=jc", of="letters"),
    page("product_detail", "", PRODUCT),
    page(
        "provider_detail", "", Row("catalog.Product", "provider__pk", {"provider__laboratory": None, "pk__gte": 5000})
    ),
    page("home", ""),
    page("lab_list", ""),
    page("lab_list", "", query="?q=检测", of="searched"),
    page("provider_order_list", "provider"),
]
LINES = [*PLACES, *SEARCHES, *BESIDE]
