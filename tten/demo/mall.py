"""The mall of the demo: the category tree of domain.md §7, its institutions and what they offer."""

import random
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from catalog.models import Category, Product, Provider, Region
from catalog.models.mall import next_product_number
from catalog.search import search_text_of
from tten.demo import names
from tten.demo.services import Service, all_services

RESEARCH = (
    "委托研发 合作研发 工业设计与结构设计 工艺开发与优化 新材料研制 软件与算法开发 样机试制 中试与试验验证 "
    "仿真分析与计算 临床前与临床试验"
)
TESTING = (
    "理化分析 材料性能测试 力学与可靠性试验 电磁兼容与电气安全 环境与气候试验 食品与农产品检测 "
    "生物与医药检测 软件测评 计量校准 无损检测与失效分析"
)
TREE = (  # name, may bear the mark, children
    ("研究开发", True, RESEARCH),
    ("检验检测", True, TESTING),
    ("大型仪器共享", True, "电子显微与表面分析 光谱与质谱 色谱分析 X射线与衍射 生命科学仪器 机时预约"),
    ("智能计算与数据", True, "超级计算 智能算力 工业软件租用 数据处理与标注"),
    ("技术转移", True, "技术转让与许可 成果评价 概念验证 技术需求对接 技术经纪"),
    ("科技咨询", True, "科技查新 科技文献与情报 技术路线与可行性咨询 标准制修订咨询"),
    ("知识产权", False, "专利检索与分析 专利导航 专利代理 商标版权 知识产权贯标"),
    ("综合科技服务", True, "一站式研发服务包 产业共性技术平台服务 技术集成与系统解决方案"),
    ("创业孵化", False, ""),
    ("科技金融", False, ""),
    ("科学技术普及与培训", False, ""),
)
OFFERS = 2  # institutions that offer one service
REGIONS = {"天津": Region.TIANJIN, "北京": Region.BEIJING}  # any other place is a city of 河北


@cache
def institutes() -> list[dict[str, str]]:
    """The institutions, as institutes.toml tells them; the first has the demo's own provider account."""
    return list(tomllib.loads(Path(__file__).with_name("institutes.toml").read_text())["institute"])


def is_nth(index: int, step: int) -> bool:
    """False for every so-manyth thing: one in eight, say, is not like the others."""
    return index % step != step - 1


def make_categories() -> list[Category]:
    """The tree; return the leaves that products hang on."""
    leaves = []
    for order, (name, marked, children) in enumerate(TREE, start=1):
        top = Category.objects.create(code=f"k{order:02d}", name=name, may_be_marked=marked, order=order)
        below = [
            Category.objects.create(
                code=f"k{order:02d}-{place:02d}", name=child, parent=top, may_be_marked=marked, order=place
            )
            for place, child in enumerate(children.split(), start=1)
        ]
        leaves += below or [top]
    return leaves


def make_providers() -> list[Provider]:
    """Forty institutions, most of them admitted; the first eight have accounts."""
    return Provider.objects.bulk_create(provider_of(index, told) for index, told in enumerate(institutes()))


def provider_of(index: int, told: dict[str, str]) -> Provider:
    """One institution, not stored yet."""
    city, place = told["at"].split(maxsplit=1)
    return Provider(
        name=told["name"],
        uscc=names.code(index, "91" if told["name"].endswith("公司") else "12", "120000"),
        is_admitted=is_nth(index, 8),
        region=REGIONS.get(city, Region.HEBEI),
        city=city,
        address=place if city == "天津" else f"{city}{place}",
        summary=told["about"],
        qualifications=told["holds"],
        contact=names.person(index),
        legal_representative=names.person(index + 5),
        phone=names.phone("022", index),
    )


def make_products(providers: list[Provider], leaves: list[Category], chance: random.Random) -> list[Product]:
    """Each service twice, at two institutions that do such things, shuffled; some marked, some not, some off the shelf."""
    by_name, busy = {leaf.name: leaf for leaf in leaves}, Counter[int]()
    offers = [(service, *offer) for service in all_services() for offer in enumerate(makers_of(service, busy))]
    chance.shuffle(offers)
    return store_products(
        [
            product_of(service, by_name[service.leaf], providers[place], offer, index)
            for index, (service, offer, place) in enumerate(offers)
        ]
    )


def makers_of(service: Service, busy: Counter[int]) -> list[int]:
    """Places of the institutions that offer it: of those in whose trade it lies, the ones with the fewest products."""
    able = [place for place, told in enumerate(institutes()) if service.leaf in told["offers"].split()]
    chosen = sorted(able, key=lambda place: busy[place])[:OFFERS]
    busy.update(chosen)
    return chosen


def product_of(service: Service, leaf: Category, provider: Provider, offer: int, index: int) -> Product:
    """One product, not stored yet; index: its place among all of them."""
    return Product(
        number=next_product_number(),
        provider=provider,
        status="on_sale" if is_nth(index, 29) else "withdrawn",
        is_marked=leaf.may_be_marked and provider.is_admitted and is_nth(index, 4),
        **offered(service, leaf, offer),
    )


def offered(service: Service, leaf: Category, offer: int) -> dict[str, Any]:
    """What a product says of the service; offer: which of several institutions it is."""
    return {
        "category": leaf,
        "name": service.name,
        "summary": service.summary,
        "description": service.description,
        "deliverable": service.deliverable,
        "price": service.price_of(offer),
        "price_unit": service.unit,
        "duration": service.duration,
    }


def store_products(products: list[Product]) -> list[Product]:
    """Store many products at once, each with its search text."""
    for product in products:
        product.search_text = search_text_of(product)
    return Product.objects.bulk_create(products, batch_size=1000)
