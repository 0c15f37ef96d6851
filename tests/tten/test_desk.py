import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import UnitMember
from notifications.models import Notice
from reviews.models import Office, OfficeMember, Turn
from tests.factories import make_office, make_provider, make_unit, make_user
from tests.helpers import afresh
from tten import context, desk
from tten import menu as pages

ENTERPRISE = ["我的帐号", "科淘平台", "科技创新券", "服务机构"]


@pytest.fixture
def menu(rf):
    def read(user, path="/"):
        request = rf.get(path)
        request.user = user
        return desk.Desk(request).menu()

    return read


def titles(groups):
    return [group["title"] for group in groups]


def labels(groups, title):
    return [item["label"] for group in groups for item in group["items"] if group["title"] == title]


def active(groups):
    return [item["label"] for group in groups for item in group["items"] if item["active"]]


def test_a_visitor_has_no_menu(menu):
    assert menu(AnonymousUser()) == []


@pytest.mark.django_db
class TestMenu:
    def test_an_enterprise_buys_applies_and_redeems(self, menu):
        assert titles(menu(make_user())) == ENTERPRISE

    def test_a_provider_keeps_its_desk(self, menu):
        user = make_user()
        make_provider(user)
        assert titles(menu(user))[-1] == "服务机构"

    @pytest.mark.parametrize(
        ("kind", "own"),
        [
            ("platform", ["审核工作台", "评审专家"]),
            ("body", ["审核工作台", "评审专家"]),
            ("expert", ["专家评审"]),
        ],
    )
    def test_an_office_sees_its_own_desk_and_no_purchases(self, menu, kind, own):
        user = make_user()
        make_office(kind, "", user)
        assert titles(menu(user)) == ["我的帐号", *own]

    def test_the_city_keeps_the_policy_and_its_leads_the_people(self, menu):
        user = make_user()
        make_office("municipal", "", user)
        assert titles(menu(user)) == ["我的帐号", "市科技局"]
        assert set(labels(menu(user), "市科技局")) == {
            *(
                "待办",
                "已办",
                "全部事项",
                "工作情况",
                "专家库",
                "外部核验",
                "防篡改",
                "拨付登记",
                "文章管理",
                "手册意见",
                "运行情况",
                "政策版本",
                "单位",
                "服务机构",
                "单位档案",
                "通知公告",
            ),
        }
        OfficeMember.objects.update(role="lead")
        assert labels(menu(afresh(user)), "人员管理") == ["单位与人员", "管理员"]

    def test_a_lead_of_the_platform_keeps_people_and_one_of_a_district_does_not(self, menu):
        lead, other = make_user(), make_user()
        make_office("platform", "", lead)
        make_office("body", "", other)
        OfficeMember.objects.update(role="lead")
        assert labels(menu(lead), "人员管理") == ["单位与人员"]
        assert "人员管理" not in titles(menu(other))

    def test_a_stand_in_has_the_desk_of_the_office_for_his_days_and_leads_nobody(self, menu):
        user, absent = make_user(), make_user()
        make_office("platform", "", absent)
        place = OfficeMember.objects.get(user=absent)
        days = {"starts_on": "2000-01-01", "ends_on": "2999-01-01"}
        stand_in = OfficeMember.objects.create(office=place.office, user=user, role="lead", stands_in_for=place, **days)
        assert titles(menu(user)) == ["我的帐号", "审核工作台", "评审专家"]
        OfficeMember.objects.filter(pk=stand_in.pk).update(ends_on="2000-01-02")
        assert titles(menu(afresh(user))) == ENTERPRISE

    def test_an_office_is_not_certified(self, menu):
        user = make_user()
        make_office("body", "", user)
        assert [item["label"] for item in menu(user)[0]["items"]] == ["用户中心", "我的资料", "消息"]

    def test_an_office_out_of_use_gives_no_desk(self, menu):
        user = make_user()
        make_office("body", "", user)
        Office.objects.update(is_active=False)
        assert titles(menu(user)) == ENTERPRISE

    def test_administrators_reach_the_admin(self, menu):
        found = {duty: titles(menu(make_user(duty=duty))) for duty in ("accounts", "catalog", "audit")}
        assert found == {
            "accounts": ["我的帐号", "人员管理", "系统"],
            "catalog": ["我的帐号", "产品与机构", "系统"],
            "audit": ["我的帐号", "系统"],
        }
        assert labels(menu(make_user(duty="audit")), "系统") == [
            "后台管理",
            "操作留痕",
            "登录记录",
            "单位档案",
            "外部核验",
            "防篡改",
            "运行情况",
        ]

    def test_an_administrator_of_an_enterprise_keeps_its_menu(self, menu):
        user = make_user(duty="catalog")
        make_unit(user)
        assert titles(menu(user)) == [*ENTERPRISE, "产品与机构", "系统"]

    @pytest.mark.parametrize("office_kind", ["body", "municipal"])
    def test_the_inbox_counts_the_open_turns_of_own_offices(self, menu, office_kind):
        user = make_user()
        unit = make_unit(make_user())
        kind = ContentType.objects.get_for_model(unit)
        for office in (make_office(office_kind, "甲", user), make_office(office_kind, "乙")):
            for n, lies, closed in ((1, "desk", None), (2, "done", dt.datetime(2099, 1, 1, tzinfo=dt.UTC))):
                case = office.pk * 10 + n
                lying = {"lies": lies, "closed_at": closed}
                Turn.objects.create(case_type=kind, case_id=case, office=office, due_on=dt.date(2026, 12, 1), **lying)
        assert menu(user)[1]["items"][0] == {
            "label": "待办",
            "url": reverse("turn_list"),
            "count": 1,
            "icon": "inbox",
            "active": False,
        }

    def test_unread_notices_are_counted(self, menu):
        user = make_user()
        Notice.objects.create(recipient=user, kind="x", subject="样例", body="样例")
        assert menu(user)[0]["items"][-1]["count"] == 1

    def test_the_nearest_page_is_the_active_one(self, menu):
        user = make_user()
        assert active(menu(user, reverse("application_list") + "SQ1/")) == ["创新券申请"]
        assert active(menu(user, "/elsewhere/")) == []

    def test_it_costs_at_most_four_queries(self, menu, django_assert_max_num_queries):
        user = make_user()
        make_provider(user)
        with django_assert_max_num_queries(4):
            menu(user)


@pytest.mark.django_db
def test_the_frame_names_unit_and_unread_only_when_asked(rf, django_assert_num_queries):
    user, unit = make_user(), make_unit(make_user())
    UnitMember.objects.create(unit=unit, user=user)
    request = rf.get(reverse("product_list"), {"q": "检测"})
    request.user = user
    with django_assert_num_queries(0):
        frame = context.frame(request)
    assert str(frame["unit_name"]) == unit.name
    assert (frame["unread"], frame["query"], len(frame["menu"])) == (0, "检测", len(ENTERPRISE))


@pytest.mark.parametrize("name", ["lab_list", "claim_list", "turn_list"])
def test_the_search_of_the_mall_does_not_hold_the_words_of_another_list(rf, name):
    request = rf.get(reverse(name), {"q": "检测"})
    request.user = AnonymousUser()
    assert context.frame(request)["query"] == ""


def test_the_column_of_the_page_is_marked():
    assert context.standing(reverse("lab_list") + "5/") == reverse("lab_list")
    assert (context.standing("/"), context.standing("/accounts/login/")) == ("/", "")


def test_every_page_of_a_menu_has_an_icon_of_its_own_kind():
    """Where the menu is folded there is nothing else to tell them apart by."""
    lists = [value for value in vars(pages).values() if isinstance(value, tuple)]
    listed = {page[1] for pages in lists for page in pages if isinstance(page, tuple) and len(page) == 2}
    titles = ("科技创新券", "产品与机构", "市科技局", "专家评审", "评审专家", "专家评审组", "系统")
    assert listed | {name for title in titles for _, name in pages.pages_of(title)} <= set(pages.ICONS)
    assert pages.PLAIN_ICON not in pages.ICONS.values()
