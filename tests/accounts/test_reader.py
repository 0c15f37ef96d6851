"""只读: reads all cases and papers of the unit, is offered no button, and is refused in words where he posts."""

import re

import pytest
from django.urls import reverse

from accounts.permissions import READ_ONLY, can_write_for
from orders.services import move_order
from tests.factories import drive_application, drive_claim, make_product, make_user
from tests.helpers import refused
from vouchers.services import save_application

pytestmark = pytest.mark.django_db


def test_who_writes_for_a_unit(world):
    handler = make_user("handler")
    world.unit.memberships.create(user=handler)
    people = {**world.people, "handler": handler}
    assert {role for role, person in people.items() if can_write_for(world.unit, person)} == {"applicant", "handler"}


def cases_of(world):
    approved = drive_application(world.make_application(50_000, 20_000), "approved", world)
    voucher = drive_application(world.make_application(50_000, 20_000), "approved", world)
    claim = drive_claim(world.make_claim(voucher, 50_000), "accepted", world)
    return [world.make_order(), world.make_application(50_000, 20_000), approved, claim]


def acts_on(page):
    """Where the forms of a page's main part post to, those of the top line and of searching left aside."""
    main = page[page.index("<main") : page.index("</main>")]
    return set(re.findall(r'<form method="post"[^>]*action="([^"]+)"', main))


def test_he_reads_every_page_and_finds_no_button(client, world):
    cases = cases_of(world)
    client.force_login(world.reader)
    found = set()
    names = ("order_list", "application_list", "claim_list", "user_center", "unit_list")
    for address in [*(case.get_absolute_url() for case in cases), *map(reverse, names), world.unit.get_absolute_url()]:
        response = client.get(address)
        assert response.status_code == 200
        page = response.content.decode()
        found |= acts_on(page)
        assert "继续填写" not in page, address
    read = {reverse("claim_form_export", args=[cases[3].number]), reverse("export_start")}  # what is there to be read
    assert found == read


def test_he_neither_orders_nor_starts_anything(client, world):
    order = world.make_order()
    voucher = drive_application(world.make_application(), "approved", world)
    client.force_login(world.reader)
    assert "您在当前单位的角色是只读" in client.get(world.product.get_absolute_url()).content.decode()
    posts = [
        reverse("application_start", args=[order.number]),
        reverse("claim_start", args=[voucher.number]),
        reverse("certification_submit", args=[world.unit.number]),
    ]
    assert [client.post(address).status_code for address in posts] == [409, 409, 409]
    place = client.get(reverse("order_place", args=[world.product.number]))
    assert (place.status_code, READ_ONLY in place.content.decode()) == (409, True)
    with refused("R-ROLE"):
        world.make_order(by=world.reader)
    with refused("R-ROLE"):
        save_application(voucher_draft(world), by=world.reader)
    with refused("R-PERM"):
        move_order(order, "cancel", by=world.reader, words="不要了")


def voucher_draft(world):
    return world.make_application()


def test_a_provider_s_reader_reads_the_desk_alone(client, world):
    keeper = make_user("keeper")
    world.provider.unit.memberships.create(user=keeper, role="reader")
    order, product = world.make_order(), make_product(world.provider)
    client.force_login(keeper)
    for address in (reverse("provider_product_list"), reverse("provider_order_list"), order.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert acts_on(response.content.decode()) <= {reverse("export_start")}
    assert client.get(reverse("provider_product_new")).status_code == 404
    assert client.get(reverse("provider_product_edit", args=[product.number])).status_code == 404
    status = reverse("provider_product_status", args=[product.number])
    assert client.post(status, {"status": "withdrawn"}).status_code == 409
    move = reverse("order_move", args=[order.number, "confirm"])
    assert client.post(move, {"seen": order.version}).status_code == 409
