"""An upgrade without a stop (docs/operations.md): one life of a voucher across two releases that run at once on one database."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.releases.releases import PATIENCE, Visitor, brought_up
from tten.local.processes import wait_until

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1500)]
FIRM = "unit_admin"
WORDS = "材料齐全，情况属实，符合申请条件，同意。"
ORDERED = {
    "requirement": "需要检测一批新材料的力学性能，用于改进设计。",
    "budget": "20000",
    "wanted_on": f"{timezone.localdate() + dt.timedelta(30)}",
    "contact": "贾经办",
    "phone": "13800000000",
}
PRODUCT = """
from catalog.models import Product
rows = Product.objects.filter(status="on_sale", is_marked=True, provider__unit__memberships__user__username="provider")
print(json.dumps(rows.earliest("pk").number))
"""
DRAFT = f"""
from vouchers.models import Application
print(json.dumps(Application.objects.filter(state="draft", unit__memberships__user__username="{FIRM}").earliest("pk").number))
"""
CASE = """
from vouchers.models import Application
from reviews.models import Turn
case = Application.objects.get(number="{number}")
turn = Turn.objects.filter(number="{number}", closed_at=None).first()
people = turn and turn.office.memberships.filter(ended_at=None, stands_in_for=None).values_list("user__username", flat=True)
print(json.dumps([case.state, case.voucher_number, turn and turn.pk, people and people[0]]))
"""


@pytest.fixture(scope="module")
def releases():
    with brought_up() as found:
        yield found


def stands(releases, number):
    return releases.asked(CASE.format(number=number))


def decide(releases, number, web):
    """Pass the review on that web server; the worker that is up takes the step once the decision has rested."""
    state, _, turn, person = stands(releases, number)
    desk = f"/desk/{turn}/"
    releases.send(web, person, f"{desk}opinion/", desk, verdict="pass_review", text=WORDS)
    assert wait_until(lambda: stands(releases, number)[0] != state, PATIENCE), "no worker has taken the decision"


def ordered(releases):
    """The number of an order placed on the old release, while its tables are changed for the new one."""
    product = releases.asked(PRODUCT, "old")
    placed = releases.send("old", FIRM, f"/mall/{product}/order/", f"/mall/{product}/order/", **ORDERED)
    with Visitor(releases, "old") as reader:
        releases.manage("new", "migrate", "--no-input", "-v0")
        releases.manage("new", "roles")
    assert len(reader.statuses) > 1
    assert set(reader.statuses) == {200}
    return re.search(r"/orders/(\w+)/", placed)[1]


def handed_in(releases):
    """The number of an application saved on the old release and handed in on the new one."""
    number = releases.asked(DRAFT, "old")
    case = f"/vouchers/applications/{number}/"
    releases.send("old", FIRM, f"{case}edit/", f"{case}edit/", act="save")
    releases.send("new", FIRM, f"{case}submit/", f"{case}check/")
    return number


def test_a_case_goes_through_two_releases_and_nobody_is_sent_away(releases):
    releases.start("old", "web")
    releases.start("old", "worker")
    order = ordered(releases)
    releases.start("new", "web")
    assert order in releases.get("new", "provider", "/provider/orders/")
    releases.send("new", "provider", f"/orders/{order}/confirm/", f"/orders/{order}/confirm/", words="可以承接。")
    number = handed_in(releases)

    decide(releases, number, "new")  # the old worker takes what the new web server wrote
    releases.start("new", "worker")
    releases.stop("old", "worker")
    decide(releases, number, "old")  # and the new worker what the old one wrote
    with Visitor(releases, "new") as reader:
        releases.stop("old", "web")
    assert set(reader.statuses) == {200}

    state, voucher, turn, _ = stands(releases, number)
    assert (state, bool(voucher), turn) == ("approved", True, None)
    assert voucher in releases.get("new", FIRM, f"/vouchers/applications/{number}/")
    assert "服务中" in releases.get("new", FIRM, f"/orders/{order}/")
    releases.manage("new", "audit")  # ends with another code where anything is not as it was written
