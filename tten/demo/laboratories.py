"""The 京津冀 laboratories of the demo: 1155 in three batches, each with a topic, a host and what it offers."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from catalog.models import Category, LabBatch, LabField, Laboratory, LabType, Product, Provider, Region
from catalog.models.mall import next_product_number
from catalog.search import search_text_of_laboratory
from tten.demo import names
from tten.demo.mall import institutes, offered, store_products
from tten.demo.services import Service, all_services

TOPICS = tomllib.loads(Path(__file__).with_name("topics.toml").read_text())
BATCHES = ((1, 753, dt.date(2018, 9, 1)), (2, 240, dt.date(2021, 6, 1)), (3, 162, dt.date(2024, 5, 1)))
KINDS = {  # how many of a kind there are, what its name is, and what its host is called
    LabType.NATIONAL: (75, "{topic}全国重点实验室", "{city}{word}{school}"),
    LabType.PROVINCIAL: (300, "{seat}{topic}重点实验室", "{city}{word}{school}"),
    LabType.ENGINEERING: (290, "{seat}{topic}工程技术研究中心", "{city}{word}科学研究院（演示）"),
    LabType.ENTERPRISE: (230, "{city}{word}{topic}企业技术中心", "{city}{word}集团（演示）有限公司"),
    LabType.COLLABORATIVE: (90, "{seat}{topic}协同创新中心", "{city}{word}{school}"),
    LabType.INDUSTRY: (90, "{seat}{topic}产业技术研究院", "{city}{word}科技发展（演示）有限公司"),
    LabType.NEW_RESEARCH: (80, "{city}{word}{topic}创新研究院", "{city}{word}创新科技（演示）有限公司"),
}
SCHOOLS = {
    LabField.AGRICULTURE: "农业大学（演示）",
    LabField.BIOMEDICINE: "医科大学（演示）",
    LabField.AEROSPACE: "航空大学（演示）",
}
SCHOOL = "理工大学（演示）"
SEATS = {Region.BEIJING: "北京市", Region.TIANJIN: "天津市", Region.HEBEI: "河北省"}
AREAS = {Region.BEIJING: ("010", "110000"), Region.TIANJIN: ("022", "120000"), Region.HEBEI: ("0311", "130000")}
CITIES = ("石家庄", "唐山", "秦皇岛", "邯郸", "邢台", "保定", "张家口", "承德", "沧州", "廊坊", "衡水", "雄安新区")
DENSE = "滨海新区 南开区 西青区 东丽区 滨海新区 津南区 武清区"  # districts with more laboratories
THIN = "和平区 河东区 河西区 河北区 红桥区 北辰区 宝坻区 宁河区 静海区 蓟州区"
DISTRICTS = (*DENSE.split(), *DENSE.split(), *THIN.split())
HOSTED = 1  # whose 依托单位 is the demo's own provider, which takes its orders
OURS = (LabType.ENGINEERING, Region.TIANJIN, LabField.MATERIALS)
MOST_SERVICES = 3
HELD = ("CMA、CNAS", "CNAS", "CMA", "")


@dataclass
class Plan:
    """What is settled of one laboratory before it is made."""

    kind: LabType
    region: Region
    field: LabField
    topic: str
    city: str = ""
    district: str = ""  # of Tianjin
    word: str = ""

    def named(self, pattern: str) -> str:
        """A name of this shape."""
        school = SCHOOLS.get(self.field, SCHOOL)
        return pattern.format(seat=SEATS[self.region], school=school, topic=self.topic, city=self.city, word=self.word)

    @property
    def name(self) -> str:
        """The laboratory's."""
        return f"{self.named(KINDS[self.kind][1])}（演示）"

    @property
    def host(self) -> str:
        """Its 依托单位."""
        return self.named(KINDS[self.kind][2])


@dataclass
class Making:
    """What goes from one laboratory to the next: one host keeps several, and has one credit code."""

    plans: Iterator[Plan]
    chance: random.Random
    codes: dict[str, str] = field(default_factory=dict)

    def code_of(self, host: str, region: Region) -> str:
        """The same for the same host."""
        head = "91" if host.endswith("公司") else "12"
        return self.codes.setdefault(host, names.code(len(institutes()) + len(self.codes), head, AREAS[region][1]))


def plans(chance: random.Random) -> list[Plan]:
    """As many as the batches hold, in no order but that of the one whose host has an account."""
    topics = [(LabField(name), topic) for name, rows in TOPICS.items() for topic in rows["topics"].split()]
    everywhere = [(region, *topic) for region in Region for topic in topics]
    made = []
    for kind, (count, *_) in KINDS.items():
        once = [(chance.choice(list(Region)), *topic) for topic in topics]
        made += [Plan(kind, *what) for what in chance.sample(once if kind == LabType.NATIONAL else everywhere, count)]
    chance.shuffle(made)
    ours = next(plan for plan in made if (plan.kind, plan.region, plan.field) == OURS)
    made.remove(ours)
    made.insert(HOSTED, ours)
    for index, plan in enumerate(made):
        plan.city = CITIES[index % len(CITIES)] if plan.region == Region.HEBEI else Region(plan.region).label
        plan.district = DISTRICTS[index % len(DISTRICTS)] if plan.region == Region.TIANJIN else ""
        plan.word = names.WORDS[index % len(names.WORDS)]
    return made


def make_laboratories(leaves: list[Category], chance: random.Random) -> None:
    """Exactly 1155 laboratories in three batches, each with one to three services."""
    making = Making(iter(plans(chance)), chance)
    made = [
        (laboratory, services)
        for number, size, published_on in BATCHES
        for laboratory, services in batch_of(number, size, published_on, making)
    ]
    Provider.objects.bulk_create([laboratory.provider for laboratory, _ in made], batch_size=1000)
    by_name = {leaf.name: leaf for leaf in leaves}
    products = [
        product_of(service, laboratory, by_name, chance) for laboratory, services in made for service in services
    ]
    for laboratory, services in made:
        laboratory.search_text = search_text_of_laboratory(laboratory, [f"{it.name} {it.leaf}" for it in services])
    Laboratory.objects.bulk_create([laboratory for laboratory, _ in made], batch_size=1000)
    store_products(products)


def batch_of(
    number: int, size: int, published_on: dt.date, making: Making
) -> Iterator[tuple[Laboratory, list[Service]]]:
    """The laboratories of one batch with their services, not stored yet."""
    batch = LabBatch.objects.create(number=number, published_on=published_on)
    first = sum(count for earlier, count, _ in BATCHES if earlier < number)
    for index in range(first, first + size):
        plan = next(making.plans)
        services = services_of(plan, making.chance)
        host = plan.host, making.code_of(plan.host, plan.region)
        if index == HOSTED:
            host = institutes()[0]["name"], names.code(0, "12", "120000")
        yield laboratory_of(index, plan, batch, host, services), services


def services_of(plan: Plan, chance: random.Random) -> list[Service]:
    """What a laboratory of this field offers: of what may be marked."""
    fitting = [service for service in all_services() if service.field == plan.field and service.instruments]
    return chance.sample(fitting, chance.randint(1, min(MOST_SERVICES, len(fitting))))


def laboratory_of(
    index: int, plan: Plan, batch: LabBatch, host: tuple[str, str], services: list[Service]
) -> Laboratory:
    """One laboratory with its provider, not stored yet; host: name and credit code."""
    instruments = dict.fromkeys("、".join(service.instruments for service in services).split("、"))
    return Laboratory(
        provider=provider_of(index, plan, *host),
        number=f"JJJ{index + 1:05d}",
        host_name=host[0],
        host_uscc=host[1],
        kind=plan.kind,
        batch=batch,
        fields=sorted({plan.field.value, *([TOPICS[plan.field]["beside"]] if index % 2 else [])}),
        instruments="、".join(instruments),
    )


def provider_of(index: int, plan: Plan, host: str, code: str) -> Provider:
    """The provider behind a laboratory, not stored yet."""
    return Provider(
        name=plan.name,
        uscc=code,
        region=plan.region,
        city=plan.district or plan.city,
        address=names.address(plan.city + plan.district, index),
        is_admitted=True,
        qualifications=HELD[index % len(HELD)],
        contact=names.person(index),
        phone=names.phone(AREAS[plan.region][0], index),
        summary=f"依托{host}建设，研究方向为{plan.topic}，面向京津冀企业开放仪器和技术服务。",
    )


def product_of(service: Service, laboratory: Laboratory, leaves: dict[str, Category], chance: random.Random) -> Product:
    """One of a laboratory's services, not stored yet."""
    return Product(
        number=next_product_number(),
        provider=laboratory.provider,
        status="on_sale",
        is_marked=leaves[service.leaf].may_be_marked,
        **offered(service, leaves[service.leaf], chance.randint(0, 4)),
    )
