"""Around the mall in a browser: what a page is about passes the policy of scripts; services are compared on a phone."""

import pytest
from django.urls import reverse

from tests.browser.test_typed import shoot
from tests.factories import World, make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WATCHED = "document.addEventListener('securitypolicyviolation', (e) => (window.stopped = [...(window.stopped || []), e.blockedURI]))"


def test_the_block_for_machines_is_stopped_by_no_policy(stage):
    world = World()
    reader = stage.enter("visitor")
    reader.page.add_init_script(WATCHED)
    reader.go(world.product.get_absolute_url())
    assert reader.page.evaluate("window.stopped || []") == []
    told = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'][0].sku"
    assert reader.page.evaluate(told) == world.product.number


def test_services_are_compared_on_a_phone_within_their_own_frame(stage):
    world = World()
    for number in range(3):
        make_product(world.provider, world.product.category, name=f"样例检测服务{number}", price=1000 + number)
    reader = stage.enter("visitor")
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.go(reverse("product_list"))
    for box in reader.page.locator(".card-choice").all()[:3]:
        box.click()
    reader.press("对比所选").sees("服务对比")
    shoot(reader, "compare")
    page = reader.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    frame, first = page.locator(".compare-scroll"), page.locator("tbody tr th").first
    before = first.bounding_box()["x"]
    frame.evaluate("frame => { frame.scrollLeft = 200; }")
    assert frame.evaluate("frame => frame.scrollLeft") == 200
    assert first.bounding_box()["x"] == before
