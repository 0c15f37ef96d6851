"""A walk around the mall: services side by side."""

from django.test import Client

from tests.tour_of_desks import at
from tests.tour_of_groups import DESKS as OTHERS
from tests.tour_of_groups import afresh

__all__ = ["DESKS", "afresh"]


def around(world, _rows):
    """What a visitor compares, and nothing to compare."""
    table = at("product_compare")
    return [(Client(), table), (Client(), f"{table}?with={world.product.number}")]


DESKS = (*OTHERS, around)
