"""Certified firms hear once what a published version changes for them."""

import datetime as dt
from decimal import Decimal

import pytest

from notifications.models import Announcement, Notice
from policy.calendar import today
from policy.models import PolicyVersion
from tests.helpers import at_once
from tests.tten.announcing import told
from tten.announcing import tasks
from tten.announcing.policies import announce_policy, changes

pytestmark = pytest.mark.django_db
PEOPLE = ["applicant", "reader", "stranger"]  # of firms that are certified


def version(days=30, **figures):
    day = today() + dt.timedelta(days)
    return PolicyVersion.objects.create(name="新办法", effective_from=day, published=True, **figures)


def run():
    for _ in range(2):
        tasks.announce_policies()
        tasks.sweep_announcements()


def test_certified_firms_hear_what_changes_and_once(world):
    new = version(annual_cap=Decimal(200_000), apply_close="11-30", ratio=Decimal("0.4"), use_months=6)
    new.full_payment_required = False
    new.rounding = "fen"
    new.save()
    run()
    made = Announcement.objects.get()
    assert (made.policy, made.stage, told(made)) == (new, "sent", PEOPLE)
    notice = Notice.objects.filter(kind="policy_changed").first()
    assert notice.subject == f"政策调整：新办法自 {new.effective_from} 起施行"
    assert "· 每家企业年度上限：150,000.00 元 → 200,000.00 元" in notice.body
    assert "· 补贴比例：50.00% → 40.00%" in notice.body
    assert "· 申请截止日：不设 → 11-30" in notice.body
    assert "· 使用期限：12 个月 → 6 个月" in notice.body
    assert "· 须全额支付后兑现：是 → 否" in notice.body
    assert "审核" not in notice.body


def test_what_no_firm_reckons_with_is_not_told(world):
    version(lease_minutes=20)
    run()
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("change", [{"published": False}, {"effective_from": dt.date(2020, 1, 1)}])
def test_a_draft_and_what_has_long_held_are_no_news(world, change):
    new = version(annual_cap=Decimal(200_000))
    PolicyVersion.objects.filter(pk=new.pk).update(**change)
    run()
    assert not Announcement.objects.exists()


def test_the_first_version_of_all_is_no_news(world):
    first = PolicyVersion.objects.order_by("effective_from").first()
    assert changes(first) == []
    assert announce_policy(first) is None


@pytest.mark.django_db(transaction=True)
def test_two_clocks_tell_it_once(world):
    version(annual_cap=Decimal(200_000))
    at_once(tasks.announce_policies, tasks.announce_policies)
    assert Announcement.objects.count() == 1
