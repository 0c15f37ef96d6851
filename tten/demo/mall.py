"""The mall of the demo: the category tree of domain.md §7, providers, products and the 京津冀 laboratories."""

import datetime as dt
import random
from decimal import Decimal

from catalog.models import Category, LabBatch, LabField, Laboratory, LabType, Product, Provider, Region
from catalog.models.mall import next_product_number
from catalog.search import search_text_of, search_text_of_laboratory
from tten.demo import names

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
PROVIDERS, PRODUCTS = 40, 300
HOSTED = 1  # a laboratory of Tianjin
OBJECTS = (
    "金属结构件",
    "复合材料",
    "动力电池",
    "医用耗材",
    "控制软件",
    "传感器",
    "食品添加剂",
    "涂层",
    "电机",
    "水处理膜",
)
UNITS = ("次", "样", "项", "机时", "套", "月")
BATCHES = ((1, 753, dt.date(2018, 9, 1)), (2, 240, dt.date(2021, 6, 1)), (3, 162, dt.date(2024, 5, 1)))
INSTRUMENTS = ("扫描电子显微镜、X射线衍射仪", "质谱仪、色谱仪", "万能试验机、环境箱", "高性能计算集群")
CITIES = ("石家庄", "唐山", "秦皇岛", "邯郸", "邢台", "保定", "张家口", "承德", "沧州", "廊坊", "衡水", "雄安新区")
DESCRIPTION = (
    "面向企业研发活动提供服务：先与您核对需求，再给出方案、报价和周期；按标准方法完成工作，出具盖章的报告或成果文件，"
    "并由技术人员解释结果。样品与数据按约定保密。"
)


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


def make_providers(chance: random.Random) -> list[Provider]:
    """Forty institutions, most of them admitted; the first one has the demo's provider account."""
    return Provider.objects.bulk_create(
        Provider(
            name=names.institute(index),
            uscc=names.code(index, "12", "120000"),
            is_admitted=is_nth(index, 8),
            region=Region.TIANJIN if index % 5 else Region.BEIJING,
            city="天津" if index % 5 else "北京",
            address=f"演示路 {index + 1} 号",
            summary=f"{names.INSTITUTES[index % 10]}领域的专业服务机构，设备齐全，有 {chance.randint(8, 60)} 名技术人员。",
            qualifications=chance.choice(("CMA、CNAS", "CNAS", "CMA", "ISO 9001")),
            contact=names.person(index),
            legal_representative=names.person(index + 5),
            phone=f"022-0000{index:04d}",
        )
        for index in range(PROVIDERS)
    )


def make_products(providers: list[Provider], leaves: list[Category], chance: random.Random) -> list[Product]:
    """Three hundred products on the shelf or off it, some marked, some not."""
    products = []
    for index in range(PRODUCTS):
        provider, leaf = providers[index % len(providers)], leaves[(index * 7) % len(leaves)]
        products.append(
            Product(
                number=next_product_number(),
                provider=provider,
                category=leaf,
                name=f"{chance.choice(OBJECTS)}{leaf.name}",
                summary="方案、实施、报告一次完成，可加急。",
                description=DESCRIPTION,
                deliverable=chance.choice(("检测报告", "研发成果与数据", "分析报告", "样机")),
                price=Decimal(chance.randint(5, 600) * 100),
                price_unit=chance.choice(UNITS),
                duration=f"{chance.randint(3, 60)} 个工作日",
                status="on_sale" if is_nth(index, 29) else "withdrawn",
                is_marked=leaf.may_be_marked and provider.is_admitted and is_nth(index, 4),
            )
        )
    return store_products(products)


def store_products(products: list[Product]) -> list[Product]:
    """Store many products at once, each with its search text."""
    for product in products:
        product.search_text = search_text_of(product)
    return Product.objects.bulk_create(products, batch_size=1000)


def make_laboratories(leaves: list[Category], chance: random.Random) -> None:
    """Exactly 1155 laboratories in three batches, each with one or two services."""
    marked = [leaf for leaf in leaves if leaf.may_be_marked]
    providers: list[Provider] = []
    facts: list[Laboratory] = []
    services: list[list[Product]] = []
    for number, size, published_on in BATCHES:
        batch = LabBatch.objects.create(number=number, published_on=published_on)
        for _ in range(size):
            provider, laboratory = laboratory_of(len(providers), batch, chance)
            providers.append(provider)
            facts.append(laboratory)
            services.append(lab_services(provider, marked, chance))
    Provider.objects.bulk_create(providers, batch_size=1000)
    for laboratory, products in zip(facts, services, strict=True):
        laboratory.search_text = search_text_of_laboratory(laboratory, [product.name for product in products])
    Laboratory.objects.bulk_create(facts, batch_size=1000)
    store_products([product for products in services for product in products])


def laboratory_of(index: int, batch: LabBatch, chance: random.Random) -> tuple[Provider, Laboratory]:
    """One laboratory with its provider, not stored yet."""
    provider, host = lab_provider(index)
    field, extra = (LabField.values[n % len(LabField.values)] for n in (index, index * 5 + 2))
    return provider, Laboratory(
        provider=provider,
        number=f"JJJ{index + 1:05d}",
        host_name=host,
        host_uscc=provider.uscc,
        kind=LabType.values[index % len(LabType.values)],
        batch=batch,
        fields=sorted({field, extra}),
        instruments=chance.choice(INSTRUMENTS),
    )


def lab_provider(index: int) -> tuple[Provider, str]:
    """The provider behind a laboratory, not stored yet, and the name of its 依托单位."""
    region = (Region.BEIJING, Region.TIANJIN, Region.HEBEI, Region.BEIJING, Region.TIANJIN)[index % 5]
    city = CITIES[index % len(CITIES)] if region == Region.HEBEI else Region(region).label
    word, field = names.WORDS[index % len(names.WORDS)], LabField.values[index % len(LabField.values)]
    host = f"{city}{word}{('大学', '研究院', '集团')[index % 3]}（演示）"
    code = names.code(index + PROVIDERS, "12", {"beijing": "110000", "tianjin": "120000", "hebei": "130000"}[region])
    if index == HOSTED:  # the demo's own provider is its 依托单位, and takes its orders
        host, code = names.institute(0), names.code(0, "12", "120000")
    kind = LabType.values[index % len(LabType.values)]
    provider = Provider(
        name=f"{word}{LabField(field).label}{LabType(kind).label}{index + 1:04d}",
        uscc=code,
        region=region,
        city=city,
        address=f"{city}演示大道 {index + 1} 号",
        is_admitted=True,
        contact=names.person(index),
        phone=f"010-0000{index:04d}",
        summary=f"依托{host}，面向京津冀企业开放共享。",
    )
    return provider, host


def lab_services(provider: Provider, leaves: list[Category], chance: random.Random) -> list[Product]:
    """One or two services of a laboratory, not stored yet."""
    return [
        Product(
            number=next_product_number(),
            provider=provider,
            category=leaf,
            name=f"{chance.choice(OBJECTS)}{leaf.name}",
            summary="实验室开放服务，可现场见证。",
            description=DESCRIPTION,
            deliverable="检测报告",
            price=Decimal(chance.randint(5, 300) * 100),
            price_unit=chance.choice(UNITS),
            status="on_sale",
            duration=f"{chance.randint(3, 40)} 个工作日",
            is_marked=True,
        )
        for leaf in chance.sample(leaves, chance.randint(1, 2))
    ]
