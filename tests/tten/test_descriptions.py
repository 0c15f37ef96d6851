"""What a search engine is told: every public page says of itself what it holds; no other page is to be found there."""

import re

import pytest
from django.urls import reverse

from help.book import articles
from help.guides import guides
from tests.factories import World, make_laboratory, make_product, make_provider

pytestmark = pytest.mark.django_db
PUBLIC = (
    "home",
    "product_list",
    "lab_list",
    "voucher_home",
    "wanted_list",
    "policy_page",
    "help_page",
    "start_home",
    "terms_page",
    "privacy_page",
    "site_map",
    "account_login",
    "account_request_login_code",
    "account_login_wechat",
    "account_signup",
    "account_reset_password",
)
SHORTEST, LONGEST = 30, 80  # characters
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def world():
    return World()


def description_of(page):
    """The one description of the page, None where it has none; nothing is told twice."""
    found = re.findall(r'<meta name="description"\s+content="([^"]*)">', page)
    assert len(found) <= 1
    assert bool(found) != (NOINDEX in page)
    return found[0] if found else None


def cards(world):
    """Pages of single things, with the shortest and the longest names."""
    for name in ("测", "天津市新材料与先进制造检验检测认证公共服务中心（滨海新区保税区分部）有限责任公司"):
        provider = make_provider(name=name, uscc=f"9112010400000{len(name):03}9E")
        product = make_product(provider, world.product.category, name=name * 2)
        laboratory = make_laboratory(host_name=name)
        type(provider).objects.filter(pk=laboratory.provider_id).update(name=name)
        yield from (thing.get_absolute_url() for thing in (provider, product, laboratory))
    yield laboratory.batch.get_absolute_url()
    yield from (text.get_absolute_url() for text in (*articles(), *guides().values()))


def test_every_public_page_describes_itself(client, world):
    addresses = [*(reverse(name) for name in PUBLIC), *cards(world)]
    found = {address: description_of(client.get(address).content.decode()) for address in addresses}
    assert None not in found.values()
    assert {address: words for address, words in found.items() if not SHORTEST <= len(words) <= LONGEST} == {}
    assert len(set(found.values())) == len(addresses)


@pytest.mark.parametrize("name", ["user_center", "order_list", "application_list", "notice_list", "account_home"])
def test_a_page_behind_the_door_is_not_to_be_found(client, world, name):
    client.force_login(world.applicant)
    assert description_of(client.get(reverse(name)).content.decode()) is None


def test_a_page_that_is_not_there_is_not_to_be_found(client):
    assert description_of(client.get("/nowhere/").content.decode()) is None
