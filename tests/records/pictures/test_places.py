"""The place of a fact on a paper is an address, and is found again from it."""

from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest

from records.pictures.places import Box, Place, address_of, place_in

PAPER = SimpleNamespace(pk="00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    ("page", "box", "query"),
    [(1, None, ""), (3, None, "page=3"), (2, Box(0.125, 0, 0.33333, 1), "page=2&box=0.125,0,0.3333,1")],
)
def test_an_address_leads_to_the_place(page, box, query):
    address = urlsplit(address_of(PAPER, page, box))
    assert (address.path, address.query) == (f"/documents/{PAPER.pk}/view/", query)
    found = place_in(dict(parse_qsl(address.query)))
    assert (found.page, found.box and [round(figure, 3) for figure in found.box]) == (
        page,
        box and [0.125, 0.0, 0.333, 1.0],
    )


def test_what_cannot_be_read_is_as_if_it_were_not_there():
    assert place_in({"page": "zwei", "box": "0,0,2,2", "turn": "x"}) == Place(1, None, 0)
