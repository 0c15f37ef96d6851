"""A walk around the mall: services side by side, those in sight."""

from django.test import Client

from catalog.mall.favouring import favour
from catalog.mall.seeing import remember
from tests.accounts.guarding import sign_in
from tests.tour_of_desks import at
from tests.tour_of_groups import DESKS as OTHERS
from tests.tour_of_groups import afresh

__all__ = ["DESKS", "afresh"]


def around(world, _rows):
    """What a visitor compares, and nothing to compare."""
    table = at("product_compare")
    favour(world.product, by=world.applicant)
    remember(world.product, by=world.applicant)
    own, seen = sign_in(world.applicant), at("seen_page")
    return [
        (Client(), table),
        (Client(), f"{table}?with={world.product.number}"),
        *((own, page) for page in (at("favourite_list"), seen)),
        (Client(), seen),
    ]


DESKS = (*OTHERS, around)
