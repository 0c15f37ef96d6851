"""A walk around the mall: services side by side, those in sight, what firms look for."""

from django.test import Client

from catalog.asking.services import answer_inquiry, ask_about
from catalog.mall.favouring import favour
from catalog.mall.seeing import remember
from orders.booking.models import Timetable
from orders.services import place_order
from tests.accounts.guarding import sign_in
from tests.factories import make_product
from tests.orders.booking import an_order
from tests.orders.wanting import moved_to, offered, wanted_by
from tests.tour_of_desks import NOTHING, at
from tests.tour_of_groups import DESKS as OTHERS
from tests.tour_of_groups import afresh
from tests.tour_of_help import illustrated

__all__ = ["DESKS", "afresh"]


def around(world, _rows):
    """What a visitor compares, and nothing to compare."""
    table = at("product_compare")
    favour(world.product, by=world.applicant)
    answer_inquiry(
        ask_about(world.product, "试样最小可以是多大？", by=world.applicant),
        "十毫米见方。",
        public=True,
        by=world.provider_member,
    )
    remember(world.product, by=world.applicant)
    own, seen = sign_in(world.applicant), at("seen_page")
    asked, none = at("inquiry_own"), (sign_in(world.stranger), at("inquiry_own"))
    return [
        (Client(), table),
        (Client(), f"{table}?with={world.product.number}"),
        *((own, page) for page in (at("favourite_list"), seen, asked, f"{asked}?q=没有这样的问题")),
        none,
        (Client(), seen),
    ]


def needs(world, _rows):
    """企业需求: waiting, shown with offers, and the lists of everybody concerned, filled and empty."""
    waiting, made = wanted_by(world, title="等待审核的需求"), offered(world)
    open_need = made.wanted.get_absolute_url()
    firm, provider, keeper = (sign_in(one) for one in (world.applicant, world.provider_member, world.curator))
    lists, unshown = at("wanted_list"), moved_to(world, "refused")
    return [
        *((Client(), page) for page in (lists, lists + NOTHING, open_need)),
        *((firm, page) for page in (at("wanted_own"), at("wanted_new"), waiting.get_absolute_url(), open_need)),
        (firm, at("wanted_take", made.wanted.number, made.pk)),
        *((firm, page) for page in (unshown.get_absolute_url(), at("wanted_edit", unshown.number))),
        *((provider, page) for page in (at("wanted_offers"), open_need)),
        *((keeper, page) for page in (at("wanted_desk"), waiting.get_absolute_url())),
        *((sign_in(world.stranger), at(name)) for name in ("wanted_own", "wanted_offers")),
    ]


def later_time(world, _rows):
    """机时 for an order that has none yet."""
    product = make_product(world.provider, world.product.category, name="扫描电镜机时")
    Timetable.objects.create(product=product)
    order = place_order(an_order(), product, by=world.applicant)
    buyer = sign_in(world.applicant)
    return [(buyer, page) for page in (order.get_absolute_url(), at("booking_add", order.number))]


DESKS = (*OTHERS, around, needs, later_time, illustrated)
