import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.certification.services import reopen_certification
from accounts.members.invitations.services import invite
from accounts.members.joining.services import ask_to_join
from policy.models import PolicyVersion
from tests.factories import (
    World,
    drive_application,
    drive_claim,
    make_category,
    make_laboratory,
    make_product,
    make_user,
)
from tests.helpers import new_policy
from tten import center, front
from tten.desk import Desk

pytestmark = pytest.mark.django_db
PUBLIC = ("home", "policy_page", "help_page", "terms_page", "privacy_page", "site_map", "voucher_home")
WORDS = ("terms_page", "privacy_page")  # nothing of them stands in the database


def center_of(user):
    """What 用户中心 shows to the person."""
    return center.center_of(Desk(SimpleNamespace(path="/center/", method="GET", user=user)))


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in WORDS])
def test_a_visitor_reads_the_public_pages_on_an_empty_portal(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.bare
@pytest.mark.parametrize("name", WORDS)
def test_a_visitor_reads_the_pages_of_plain_words(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.bare
@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_pages_take_no_post(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("/Login.aspx", "account_login"),
        ("/LOGIN.ASPX", "account_login"),
        ("/login.aspx?ReturnUrl=%2fAdmin", "account_login"),
        ("/zffw/cxq/zcwj/202310/t20231016_163718.html", "lab_list"),
        ("/zffw/cxq/zcwj/202310/t20231016_163718.html?from=timeline", "lab_list"),
    ],
)
def test_an_address_of_the_manual_leads_to_the_page_of_today(client, printed, name):
    response = client.get(printed)
    assert (response.status_code, response.headers["Location"]) == (302, reverse(name))


def test_the_first_page_tells_the_policy_in_force_and_true_counts(client, world):
    make_product(world.provider, name="样例：没有标识", is_marked=False)
    make_laboratory()
    PolicyVersion.objects.create(
        name="样例版", effective_from=dt.date(2026, 1, 1), published=True, ratio=Decimal("0.6"), annual_cap=80_000
    )
    response = client.get(reverse("home"))
    page = response.content.decode()
    assert (response.context["product_count"], response.context["lab_count"]) == ("1", "1")
    assert "60 %" in page
    assert "80,000 元" in page
    assert "样例：没有标识" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_first_page_asks_few_queries(client, world, count, django_assert_max_num_queries):
    for _ in range(count):
        make_product(world.provider, make_category(parent=make_category()))
    with django_assert_max_num_queries(8):
        client.get(reverse("home"))


def test_a_card_says_what_is_left_to_pay(world):
    policy = PolicyVersion.objects.in_force()
    make_product(world.provider, price=Decimal(10_000))
    make_product(world.provider, price=Decimal(1_000))
    assert [card.after for card in front.newest(policy)[:2]] == [None, Decimal(5_000)]


def test_more_than_a_thousand_are_not_counted(client, world, monkeypatch):
    monkeypatch.setattr(front, "MOST", 1)
    assert client.get(reverse("home")).context["product_count"] == "1"
    make_product(world.provider, price=Decimal(10_000))
    assert client.get(reverse("home")).context["product_count"] == "1+"


def test_the_policy_page_says_what_the_version_in_force_holds(client):
    new_policy(annual_cap=Decimal(80_000), promised_certification=6, admission_months=24, renewal_days=60)
    page = client.get(reverse("policy_page")).content.decode()
    rows = dict(re.findall(r"<dt>(.+?)</dt>\s*<dd>\s*(.+?)\s*</dd>", page, re.DOTALL))
    assert "未填写" not in page
    assert rows["年度上限"] == "每家企业每个自然年度不超过 80,000 元"
    assert rows["单位认证"] == "6 个工作日"
    assert rows["入驻有效期"] == "24 个月，到期前 60 天起可以申请续期"


def test_the_policy_page_tells_every_published_version(client):
    PolicyVersion.objects.create(name="样例未来版", effective_from=dt.date(2099, 1, 1), published=True, minimum=None)
    PolicyVersion.objects.create(name="样例草稿版", effective_from=dt.date(2098, 1, 1))
    page = client.get(reverse("policy_page")).content.decode()
    assert "2019 版" in page
    assert "尚未生效" in page
    assert "样例草稿版" not in page


@pytest.mark.parametrize("name", ["policy_page", "voucher_home"])
def test_the_terms_of_the_policy_stand_with_their_names(client, name):
    page = client.get(reverse(name)).content.decode()
    terms = ("补贴比例", "年度上限", "最低补贴", "使用期限", "补正期限", "区初审", "专家评审")
    assert [label for label in terms if f"<dt>{label}</dt>" not in page] == []
    assert "未填写" not in page


def test_the_center_sends_a_newcomer_to_the_certification(client):
    client.force_login(make_user())
    page = client.get(reverse("user_center")).content.decode()
    assert "填写安全认证" in page
    assert "创新券额度" not in page


def test_the_center_names_what_was_returned_and_until_when(client, world):
    application = drive_application(world.make_application(), "district_returned", world)
    found = center_of(world.applicant)
    assert [(task.what, task.until) for task in found["tasks"]] == [(application.title, application.due_on)]
    assert found["quota"].free < found["quota"].cap


def test_a_voucher_is_named_when_its_last_day_comes_near(world, time_machine):
    application = drive_application(world.make_application(), "approved", world)
    assert center_of(world.applicant)["tasks"] == []
    time_machine.move_to(application.redeem_by - dt.timedelta(days=30))
    assert [task.until for task in center_of(world.applicant)["tasks"]] == [application.redeem_by]


def test_the_stamped_form_that_is_due_is_named(world):
    claim = drive_claim(world.make_claim(), "accepted", world)
    assert [(task.label, task.until) for task in center_of(world.applicant)["tasks"]] == [("上传申请表", claim.due_on)]


def test_a_provider_hears_of_orders_to_confirm(world):
    world.make_order()
    assert [task.label for task in center_of(world.provider_member)["tasks"] if task.what == "收到的订单"] == ["去确认"]


def test_reviewers_and_experts_find_their_desk(world):
    drive_application(world.make_application(), "district", world)
    assert [(desk["title"], desk["count"]) for desk in center_of(world.district)["desks"]] == [("待办", 1)]
    assert [desk["title"] for desk in center_of(world.expert_1)["desks"]] == ["评审任务"]
    assert [desk["title"] for desk in center_of(world.municipal)["desks"]] == ["待办", "政策"]
    titles = {"administrator": ["后台管理"], "curator": ["产品与机构", "后台管理"], "auditor": ["操作留痕"]}
    for who, shown in titles.items():
        assert [desk["title"] for desk in center_of(world.people[who])["desks"]] == shown
    officials = [world.people[who] for who in (*titles, "district", "municipal")]
    assert all("tasks" not in center_of(person) for person in officials)


@pytest.mark.parametrize(
    "who", ["applicant", "provider_member", "district", "expert_1", "municipal", "administrator", "auditor"]
)
def test_the_center_asks_at_most_fifteen_queries(client, world, who, django_assert_max_num_queries):
    drive_application(world.make_application(), "district_returned", world)
    client.force_login(getattr(world, who))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("user_center")).status_code == 200


def test_a_frozen_or_expired_certification_is_told(world):
    reopen_certification(world.unit, by=world.applicant)
    assert [task.label for task in center_of(world.applicant)["tasks"]] == ["更新资料"]


def test_an_invitation_comes_before_anything_else_and_instead_of_the_certification(client, world):
    guest = make_user("guest", phone="13700000001", phone_verified_at=timezone.now())
    invite(world.unit, guest.phone, "handler", by=world.applicant)
    assert [task.label for task in center_of(guest)["tasks"]] == ["查看邀请"]
    client.force_login(guest)
    page = client.get(reverse("user_center")).content.decode()
    assert "1 份邀请等您接受或谢绝" in page
    assert "填写安全认证" not in page
    assert [task.label for task in center_of(world.district).get("tasks", [])] == []


def test_an_official_who_is_invited_hears_of_it_too(world):
    type(world.district).objects.filter(pk=world.district.pk).update(
        phone="13700000001", phone_verified_at=timezone.now()
    )
    invite(world.unit, "13700000001", "reader", by=world.applicant)
    world.district.refresh_from_db()
    assert [task.label for task in center_of(world.district)["tasks"]] == ["查看邀请"]


def test_a_request_to_join_waits_for_administrators_and_spares_the_asker_the_certification(world):
    asker, reader = make_user("asker"), make_user("colleague")
    world.unit.memberships.create(user=reader)
    ask_to_join(world.unit.uscc, words="研发部，分机 8008", by=asker)
    assert center_of(asker)["tasks"] == []
    tasks = [task for task in center_of(world.applicant)["tasks"] if task.what == "加入申请"]
    assert [(task.label, task.url) for task in tasks] == [("去办理", world.unit.get_members_url())]
    assert not [task for task in center_of(reader)["tasks"] if task.what == "加入申请"]


def test_an_address_for_buttons_says_so_and_stays_405(client, world):
    client.force_login(world.applicant)
    response = client.get(reverse("unit_switch"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "这个地址不能直接打开" in response.content.decode()
    assert reverse("user_center") in response.content.decode()
    assert "这个页面只能查看" in client.post(reverse("policy_page")).content.decode()


def test_the_foot_names_terms_and_privacy(client):
    page = client.get(reverse("home")).content.decode()
    assert f'<a href="{reverse("terms_page")}">服务协议</a>' in page


def test_a_visitor_has_three_ways_in_and_nothing_that_waits(client, world):
    response = client.get(reverse("home"))
    assert "waits" not in response.context
    assert re.findall(r"<h3>(我[^<]+)</h3>", response.content.decode()) == ["我是企业", "我是服务机构", "我先了解政策"]


def test_who_has_signed_in_reads_on_the_first_page_what_waits_for_him(client, world):
    drive_claim(world.make_claim(), "accepted", world)
    client.force_login(world.applicant)
    response = client.get(reverse("home"))
    assert response.context["waits"] == client.get(reverse("user_center")).context["tasks"][:5]
    assert "导出兑现申请表，签字盖章后上传" in response.content.decode()
    assert "我是企业" not in response.content.decode()


def test_a_reviewer_finds_his_desk_on_the_first_page(client, world):
    client.force_login(world.district)
    response = client.get(reverse("home"))
    assert [desk["title"] for desk in response.context["desks"]] == ["待办"]
    assert response.context["waits"] == []
