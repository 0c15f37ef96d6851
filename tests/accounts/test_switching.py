"""A person of several units: lists show one, pages of the others open, a stale tab lands nowhere wrong."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.members.switching import current_unit, shown_unit, switch_to
from accounts.models import Unit, UnitMember
from orders.models import Order
from tests.factories import OTHER_FIRM, drive_application, make_product, make_unit, make_user
from tests.helpers import afresh
from vouchers.models import Application

pytestmark = pytest.mark.django_db
EDIT = "/center/certification/edit/"
LISTS = ("order_list", "application_list", "claim_list")


@pytest.fixture
def double(client, world):
    """The applicant, who handles the other firm's cases, too."""
    world.other_unit.memberships.create(user=world.applicant, role="handler")
    client.force_login(world.applicant)
    return world.applicant


def switch(client, unit):
    return client.post(reverse("unit_switch"), {"unit": unit.number})


def order_typed(**more):
    return {
        "requirement": "需要对新产品样件做性能测试，用于改进设计。",
        "budget": "20000",
        "contact": "贾经办",
        "wanted_on": str(timezone.localdate() + dt.timedelta(30)),
        "phone": "13800000000",
        **more,
    }


def test_one_acts_for_the_unit_that_one_switched_to(client, world, double):
    assert current_unit(double) == world.unit
    assert switch(client, world.other_unit)["Location"] == reverse("user_center")
    assert current_unit(afresh(double)) == world.other_unit
    page = client.get(reverse("user_center")).content.decode()
    assert f'value="{world.unit.number}"' in page  # the way back stands in the top line
    UnitMember.objects.filter(user=double, unit=world.other_unit).delete()
    assert current_unit(afresh(double)) == world.unit


def test_nobody_switches_to_a_unit_of_others(client, world):
    client.force_login(world.applicant)
    assert switch(client, world.other_unit).status_code == 404
    assert client.post(reverse("unit_switch")).status_code == 404
    assert client.get(reverse("unit_switch")).status_code == 405


def test_lists_show_the_unit_at_hand_and_pages_of_the_other_open(client, world, double):
    case = drive_application(world.make_application(), "approved", world)
    switch(client, world.other_unit)
    for name in LISTS:
        assert case.order.product_name not in client.get(reverse(name)).content.decode()
    page = client.get(case.get_absolute_url()).content.decode()
    assert "所属单位" in page
    assert world.unit.name in page
    switch(client, world.unit)
    for name in LISTS:
        assert case.order.product_name in client.get(reverse(name)).content.decode()


def test_a_provider_s_desk_is_that_of_the_unit_at_hand(client, world):
    product = make_product(world.provider, name="只属于服务机构的产品")
    world.make_order(product=product)
    keeper = world.provider_member
    own = make_unit(keeper, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    client.force_login(keeper)
    for unit, expected in ((own, False), (world.provider.unit, True)):
        switch(client, unit)
        for name in ("provider_product_list", "provider_order_list"):
            assert (product.name in client.get(reverse(name)).content.decode()) == expected


def test_an_order_of_a_stale_tab_lands_nowhere(client, world, double):
    url = reverse("order_place", args=[world.product.number])
    assert f'name="acting" value="{world.unit.number}"' in client.get(url).content.decode()
    switch(client, world.other_unit)
    page = client.post(url, order_typed(acting=world.unit.number)).content.decode()
    assert "您已在别处切换了单位" in page
    assert "需要对新产品样件" in page
    assert not Order.objects.exists()
    client.post(url, order_typed(acting=world.other_unit.number))
    assert Order.objects.get().unit == world.other_unit


def test_an_application_goes_to_the_order_s_unit_whatever_is_at_hand(client, world, double):
    order = world.make_order()
    switch(client, world.other_unit)
    client.post(reverse("application_start", args=[order.number]), {"acting": world.other_unit.number})
    assert Application.objects.get().unit == world.unit


def test_an_order_from_before_the_unit_is_applied_for_by_the_unit_on_screen(client, world):
    person = make_user("late")
    order = world.make_order(by=person)
    for unit in (world.unit, world.other_unit):
        unit.memberships.create(user=person)
    client.force_login(person)
    assert f'name="acting" value="{world.unit.number}"' in client.get(reverse("order_list")).content.decode()
    switch(client, world.other_unit)
    url = reverse("application_start", args=[order.number])
    assert client.post(url, {"acting": world.unit.number}).status_code == 409
    client.post(url, {"acting": world.other_unit.number})
    assert (Application.objects.get().unit, afresh(order).unit) == (world.other_unit, world.other_unit)


def test_a_certification_is_saved_for_the_unit_on_screen(client, world):
    person = make_user("founder")
    first = make_unit(person, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    second = make_unit(person, "91130100000000078U", "石门样例有限公司", "120114")
    client.force_login(person)
    assert f'name="acting" value="{first.number}"' in client.get(EDIT).content.decode()
    switch(client, second)
    typed = {"name": "雍阳样例新名有限公司", "uscc": first.uscc, "act": "save", "acting": first.number}
    assert client.post(EDIT, typed)["Location"] == f"{EDIT}?unit={first.number}"
    assert (afresh(first).name, afresh(second).name) == ("雍阳样例新名有限公司", "石门样例有限公司")
    assert first.uscc in client.get(f"{EDIT}?unit={first.number}").content.decode()
    assert client.get(f"{EDIT}?unit={world.unit.number}").status_code == 404
    page = client.get(first.get_absolute_url()).content.decode()
    assert f"{EDIT}?unit={first.number}" in page


def test_a_new_unit_of_a_stale_tab_does_not_overwrite_the_one_that_came_since(client, world, typed):
    person = make_user("founder")
    client.force_login(person)
    world.unit.memberships.create(user=person, role="admin")
    assert client.post(EDIT, typed(acting="none")).status_code == 409
    assert afresh(world.unit).uscc == world.unit.uscc


def test_a_person_founds_a_further_unit_and_acts_for_it(client, world, typed):
    client.force_login(world.applicant)
    url = reverse("certification_new")
    assert client.get(f"{url}?code=91120222MA00000312").status_code == 200
    client.post(url, typed(act="save"))
    founded = Unit.objects.get(uscc="91120222MA00000312")
    assert current_unit(afresh(world.applicant)) == founded
    assert client.post(url, typed(act="save"))["Location"] == reverse("certification_view")  # a second click
    assert Unit.objects.of(world.applicant).count() == 2
    page = client.post(url, typed(uscc=OTHER_FIRM)).content.decode()
    assert reverse("join_new") in page


def test_a_refused_unit_is_shown_only_where_there_is_no_other(world):
    person = make_user()
    unit = make_unit(person, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    Unit.objects.filter(pk=unit.pk).update(state="rejected")
    assert (current_unit(person), shown_unit(person)) == (None, unit)
    switch_to(unit, by=person)
    world.unit.memberships.create(user=person)
    assert shown_unit(afresh(person)) == world.unit


def test_the_top_line_offers_no_switch_to_a_person_of_one_unit(client, world):
    client.force_login(world.applicant)
    page = client.get(reverse("user_center")).content.decode()
    assert "切换单位" not in page
    assert world.unit.name in page


def test_the_form_of_a_further_unit_stands_under_my_units_in_menu_and_trail(client, world):
    client.force_login(world.applicant)
    response = client.get(reverse("certification_new"))
    active = [item["label"] for group in response.context["menu"] for item in group["items"] if item["active"]]
    assert active == ["我的单位"]
    assert f'<a href="{reverse("unit_add")}">添加单位</a>' in response.content.decode()
