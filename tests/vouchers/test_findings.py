"""What is checked in an application: each line names what was compared, and earlier applications for the same work are seen."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from orders.models import Order
from policy.calendar import add_months, today
from tests.factories import World, drive_application, drive_order, make_product
from tests.helpers import afresh, new_policy, other_side
from vouchers.findings import SHOWN, findings_of
from vouchers.models import Application
from vouchers.services import end_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at_the_desk(world, **values):
    """An application that waits at the district, with these answers."""
    application = world.make_application(20_000, 10_000)
    Application.objects.filter(pk=application.pk).update(**values)
    return drive_application(afresh(application), "district", world)


def told(application, **whose):
    """(tone, sentence) of every line."""
    return [(line["tone"], line["text"]) for line in findings_of(application, **whose)]


def looks_alike(application, **whose):
    """The lines about earlier applications: what stands first, then one each."""
    lines = [(line["tone"], line["text"], line["detail"]) for line in findings_of(application, **whose)]
    first = next((place for place, line in enumerate(lines) if "类似的申请" in line[1]), len(lines))
    return [line[:2] for line in lines[first : first + 1]] + [line[1:] for line in lines[first + 1 :]]


def test_each_line_names_the_figures_that_were_compared(world):
    application = at_the_desk(world)
    day = today()
    assert told(application) == [
        ("ok", "申请补贴 10,000 元，预计合同金额 20,000 元的 50 %为 10,000 元"),
        ("ok", f"首次提交于 {day}，在受理时间内"),
        ("ok", f"计划从 {application.planned_from} 到 {application.planned_to}，在使用期限内"),
        ("ok", f"所订产品带“创新券”标识，类别是{application.order.category_name}"),
        ("ok", "没有发现类似的申请"),
    ]


def test_what_does_not_agree_is_marked(world):
    application = at_the_desk(world)
    application.applied_amount, application.contract_amount = 999, 1000
    application.planned_to, application.order.is_marked = add_months(today(), 13), False
    application.policy.apply_open = application.policy.apply_close = f"{today() + dt.timedelta(days=1):%m-%d}"
    assert told(application)[:5] == [
        ("bad", "申请补贴 999 元，预计合同金额 1,000 元的 50 %为 500 元"),
        ("bad", "申请补贴低于最低补贴金额 1,000 元"),
        ("bad", f"首次提交于 {today()}，不在受理时间内"),
        ("warn", f"计划从 {application.planned_from} 到 {application.planned_to}，结束日期可能晚于使用期限"),
        ("bad", f"所订产品不带“创新券”标识，类别是{application.order.category_name}"),
    ]


def test_work_that_has_begun_or_is_over_is_no_plan(world):
    application = at_the_desk(world)
    application.planned_from = today() - dt.timedelta(days=1)
    drive_order(application.order, "completed", world)
    application.order = Order.objects.get(pk=application.order.pk)
    lines = [line for line in told(application) if line[0] == "warn"]
    plan = f"计划从 {application.planned_from} 到 {application.planned_to}"
    assert lines == [
        ("warn", f"{plan}，开始日期早于申请日期 {today()}"),
        ("warn", f"订单 {application.order.number} 已经完成"),
    ]
    assert not any("在使用期限内" in text for _, text in told(application))


def test_a_draft_without_sums_or_days_is_told_what_can_be_told(world):
    application = world.make_application()
    application.contract_amount = application.planned_from = None
    assert [text[:6] for _, text in told(application, own=True)] == ["所订产品带“", "没有发现类似"]


def earlier(world, **values):
    """Another application of the same unit that was handed in before, on another order of the provider."""
    world.product = make_product(world.provider)
    return at_the_desk(world, **values)


def test_an_earlier_one_at_the_same_provider_is_named_to_reviewer_and_applicant(world):
    first = earlier(world, project_name="另一个项目")
    later = at_the_desk(world)
    for own in (False, True):
        assert looks_alike(later, own=own) == [
            ("warn", "有类似的申请，请核对是否重复"),
            (f"{first.number}“另一个项目”", f"本单位，{today()} 提交，待初审，10,000 元。"),
        ]
    assert looks_alike(first) == [("ok", "没有发现类似的申请")]  # nothing was before it


def test_another_application_of_the_same_order_is_no_second(world):
    first = drive_application(world.make_application(), "withdrawn", world)
    again = Application.objects.create(
        **{name: getattr(first, name) for name in ("order", "unit", "district", "project_name", "contact", "phone")}
    )
    assert looks_alike(again, own=True) == [("ok", "没有发现类似的申请")]


def test_what_was_taken_back_is_no_second(world):
    first = earlier(world)
    end_application(first, "withdraw", by=world.applicant)
    assert looks_alike(at_the_desk(world)) == [("ok", "没有发现类似的申请")]


def test_a_name_that_another_firm_has_given_is_the_reviewers_to_know(world):
    first = at_the_desk(other_side(world), project_name="高强钢－疲劳寿命 研究")
    later = at_the_desk(world, project_name="高强钢-疲劳寿命研究")
    told = f"{first.number}“高强钢－疲劳寿命 研究”", f"{first.unit.name}，{today()} 提交，待初审，10,000 元。"
    assert looks_alike(later)[1:] == [told]
    assert looks_alike(later, own=True) == [("ok", "没有发现类似的申请")]


def test_the_name_of_the_product_alone_makes_no_two_firms_alike(world):
    name = world.product.name
    at_the_desk(other_side(world), project_name=name)
    later = at_the_desk(world, project_name=name)
    assert looks_alike(later) == [("ok", "没有发现类似的申请")]


@pytest.mark.parametrize(("months", "seen"), [(23, 1), (25, 0)])
def test_so_many_months_are_looked_at(world, months, seen):
    with time_machine.travel(dt.datetime.combine(add_months(today(), -months), dt.time(4), dt.UTC), tick=False):
        first = earlier(world)
    later = at_the_desk(world)
    assert sum(first.number in text for text, _ in looks_alike(later)) == seen


def test_no_month_looks_for_nothing(world):
    new_policy(similar_months=0)
    earlier(world)
    assert looks_alike(at_the_desk(world)) == []


def test_of_many_the_latest_are_named(world):
    for _ in range(SHOWN + 1):
        earlier(world)
    lines = looks_alike(at_the_desk(world))
    assert len(lines) == 1 + SHOWN
    assert lines[0] == ("warn", f"有类似的申请，这里列出其中 {SHOWN} 份，请核对是否重复")


def test_both_sides_read_it_on_their_page(world):
    first = earlier(world)
    later = world.make_application()
    buyer, reviewer = Client(), Client()
    buyer.force_login(world.applicant)
    assert f"{first.number}“" in buyer.get(reverse("application_check", args=[later.number])).content.decode()
    later = drive_application(later, "district", world)
    reviewer.force_login(world.district)
    page = reviewer.get(reverse("turn_detail", args=[later.turns.get().pk]))
    assert f"{first.number}“" in page.content.decode()
