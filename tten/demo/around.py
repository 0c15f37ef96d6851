"""What the demo's firms do around the mall: needs with offers, services in sight, questions; and what readers say of the manual."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from accounts.models import Unit, UnitMember, User
from catalog.asking.services import answer_inquiry, ask_about
from catalog.mall.favouring import favour
from catalog.models import Favourite, Product
from help.answering.services import keep_answer
from help.book import articles
from orders.models import Wanted
from orders.wanted.services import move_wanted, offer, publish_wanted
from policy.calendar import today
from tten.demo.cases import DemoCast

IN_SIGHT = 6  # services
SAVING = Decimal("0.9")  # a service that was dearer when it was put in sight
WORDS = "可以按需求里的时间完成，价格按参考价，取样可以上门。"
WAITING = "加急的话最快几个工作日能出报告？"
PRIVATE = ("我们的样品有保密要求，可以签保密协议吗？", "可以，签订合同时一并签署，原始数据只交给委托方。")
REASONS = ("没有说清楚在哪里点", "例子太少，看不懂折算的算法", "")


class Need(NamedTuple):
    """What a firm looks for, beside its category."""

    title: str
    requirement: str
    budget: int
    days: int  # until it wants it
    is_shown: bool = True


NEEDS = (
    Need("新产品定型前的性能检测", "样机 3 台，需要按产品标准做全项性能检测，出具可以用于鉴定的报告。", 30000, 45),
    Need("批量试样的对比试验", "同一批试样分 5 组，需要在相同条件下做对比试验，并说明差异的原因。", 18000, 30),
    Need("小批量试制与工艺验证", "样件约 20 件，需要验证现有工艺能不能稳定达到图纸要求。", 50000, 60),
    Need("年度委托检测服务", "全年约 12 批，每批 2 个样品，希望按次结算、固定联系人。", 60000, 90, is_shown=False),
)


def look_around(cast: DemoCast, firms: list[Unit]) -> None:
    """Six days ago: publish needs, answer some of them, keep services in sight, ask, say what was of no use."""
    writers = [writer_of(unit) for unit in firms if unit.is_certified and not unit.is_frozen]
    with cast.began(6) as cast.traveller:
        for place, need in enumerate(NEEDS):
            publish(cast, need, cast.products[place % len(cast.products)], writers[place % len(writers)])
        keep_in_sight(cast, writers[0])
        for place, reason in enumerate(REASONS):
            keep_answer(articles()[place], useful=False, reason=reason)
            keep_answer(articles()[0], useful=True, reason="")


def writer_of(unit: Unit) -> User:
    """Who acts for the firm."""
    return unit.memberships.get(role=UnitMember.Role.ADMIN).user


def publish(cast: DemoCast, need: Need, like: Product, by: User) -> None:
    """Let the firm look for such a service; two institutions offer theirs where the need is shown."""
    wanted = Wanted(
        title=need.title,
        category=like.category,
        requirement=need.requirement,
        budget=need.budget,
        wanted_on=today() + dt.timedelta(need.days),
        contact=by.name,
        phone=by.phone or "13800000000",
    )
    wanted = publish_wanted(wanted, by=by)
    if need.is_shown:
        wanted = move_wanted(wanted, "publish", by=cast.people["curator"])
        for product in offering(cast, like, wanted):
            offer(wanted, product, WORDS, by=keeper_of(product))


def offering(cast: DemoCast, like: Product, wanted: Wanted) -> list[Product]:
    """The service, and that of another institution, which is nearest to it; none of the firm's own."""
    others = [row for row in cast.products if row.provider_id != like.provider_id]
    others.sort(
        key=lambda row: (row.category_id != like.category_id, row.category.parent_id != like.category.parent_id)
    )
    return [row for row in (like, *others[:1]) if row.provider.unit_id != wanted.unit_id]


def keeper_of(product: Product) -> User:
    """Who keeps the desk of its institution."""
    return UnitMember.objects.get(unit=product.provider.unit, role=UnitMember.Role.ADMIN).user


def keep_in_sight(cast: DemoCast, by: User) -> None:
    """Services that the person keeps in sight, one of which has become cheaper, and what he asks of two of them."""
    services = list({row.provider_id: row for row in cast.products}.values())[:IN_SIGHT]
    for product in services:
        favour(product, by=by)
    dearer = Favourite.objects.get(user=by, product=services[0])
    Favourite.objects.filter(pk=dearer.pk).update(price=round(dearer.price / SAVING, 2))
    question, answer = PRIVATE
    first, second = services[:2]
    answer_inquiry(ask_about(first, question, by=by), answer, public=False, by=keeper_of(first))
    ask_about(second, WAITING, by=by)
