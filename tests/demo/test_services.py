"""The demo's services are written by hand, one by one: each has its own words and a place in the mall."""

import re
from pathlib import Path

import pytest

from catalog.models import LabField, Product
from tten.demo import names
from tten.demo.cases import FIRMS
from tten.demo.mall import TREE
from tten.demo.services import FOLDER, all_services

pytestmark = pytest.mark.heavy  # reads the files
LINES = 300
STANDARD = re.compile(r"(GB|GB/T|HJ|JY/T|JJF|NB/T|YY|YY/T) \d[\d.]*|《.+》(四部通则 \d{4}(、\d{4})*)?")


def test_every_category_has_services_and_every_service_a_category():
    leaves = {leaf for name, _, children in TREE for leaf in (children.split() or [name])}
    assert {service.leaf for service in all_services()} == leaves


def test_no_two_services_share_a_name_or_a_text_and_none_is_numbered():
    services = all_services()
    assert len(services) == len({service.name for service in services}) == 150
    assert len({service.about for service in services}) == len({service.summary for service in services}) == 150
    assert [service.name for service in services if re.search(r"\d$|\d号", service.name)] == []


@pytest.mark.parametrize("service", all_services(), ids=lambda service: service.name)
def test_a_service_fits_its_columns_and_says_what_it_rests_on(service):
    sizes = {"name": service.name, "summary": service.summary, "price_unit": service.unit}
    sizes |= {"duration": service.duration, "deliverable": service.deliverable}
    for column, text in sizes.items():
        assert 0 < len(text) <= Product._meta.get_field(column).max_length
    assert service.field in LabField.values
    assert service.price > 0
    assert [part for part in re.split("、(?=[A-Z])", service.standards) if part and not STANDARD.fullmatch(part)] == []


def test_files_of_the_demo_keep_the_size_of_a_module():
    assert [path.name for path in Path(FOLDER.parent).rglob("*.toml") if path.read_text().count("\n") > LINES] == []


def test_two_institutions_ask_different_prices():
    assert [service.name for service in all_services() if service.price_of(0) == service.price_of(1)] == []


def test_no_two_firms_share_a_name():
    """The list of words is shorter than the list of firms: from the 31st on names began anew."""
    assert len({names.firm(index) for index in range(FIRMS + 20)}) == FIRMS + 20
