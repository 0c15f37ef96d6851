"""A unit of several people in a browser: one asks to join, one is invited, one switches between two units."""

import pytest
from playwright.sync_api import expect

from tests.factories import FIRM, World, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "13700000001"


def ask(second):
    second.go("/center/certification/edit/").fill(name="海河样例科技有限公司", uscc=FIRM).press("保存")
    second.press("申请加入该单位", role="link").fill(words="研发部实验员，分机 8008").look("70-join")
    second.press("申请加入该单位").sees("等待答复").look("71-join-waits")


def admit(admin):
    admin.go("/center/units/").look("72-units").press("单位成员", role="link", exact=False)
    admin.look("73-members").press("乙样例", role="link").look("74-join-answer").press("同意加入").sees("已同意")


def invite(admin, unit):
    admin.go(unit.get_members_url()).press("邀请成员", role="link").fill(phone=NUMBER).look("75-invite")
    admin.press("发出邀请").sees("已发出的邀请", NUMBER)


def accept(guest, unit):
    guest.go("/center/invitations/").look("76-invitations").press("接受邀请", exact=False)
    guest.sees(unit.name)


def switch(guest, unit):
    guest.page.locator(".unit-switch summary").click()
    guest.page.locator(".unit-switch").get_by_role("button", name=unit.name).click()
    guest.page.wait_for_load_state()
    guest.sees(f"已切换到“{unit.name}”").look("77-switched")
    expect(guest.page.locator(".unit-switch summary")).to_contain_text(unit.name)


def test_colleagues_come_in_and_a_person_of_two_units_switches(stage):
    world = World()
    order = world.make_order()
    guest_user = make_user("guest", name="丁样例", phone=NUMBER)
    world.other_unit.memberships.create(user=guest_user)
    second = stage.staff("second", make_user("second", name="乙样例", phone="13800000088"))
    admin, guest = stage.staff("applicant"), stage.staff("guest")
    ask(second)
    admit(admin)
    second.go("/orders/").sees(order.product_name)
    invite(admin, world.unit)
    accept(guest, world.unit)
    guest.go("/orders/").sees(order.product_name)
    switch(guest, world.other_unit)
    guest.go("/orders/").sees("还没有订单")
    assert set(world.unit.members.values_list("username", flat=True)) == {"applicant", "reader", "second", "guest"}
