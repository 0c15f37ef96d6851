"""The menu of 用户中心: what this person may do, with counts. At most four queries, and none before a page shows it."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import UnitMember
from catalog.models import Provider
from notifications.models import Notice
from reviews.models import Office, OfficeMember, Turn

ACCOUNT = (
    ("用户中心", "user_center"),
    ("安全认证", "certification_view"),
    ("我的资料", "account_home"),
    ("消息", "notice_list"),
)
STAFF = tuple(page for page in ACCOUNT if page[1] != "certification_view")  # an office certifies, it is not certified
PURCHASES = (("我买到的产品", "order_list"),)
VOUCHERS = (("创新券申请", "application_list"), ("创新券兑现", "claim_list"))
PROVIDER = (("我的产品", "provider_product_list"), ("收到的订单", "provider_order_list"))
REVIEW = (("待办", "turn_list"), ("已办", "turn_done_list"))
EXPERT = (("评审任务", "seat_list"),)
MUNICIPAL = (("全部事项", "turn_all_list"),)
POLICY = (("政策版本", "admin:policy_policyversion_changelist"),)
ADMIN = (("后台管理", "admin:index"),)
REVIEWING = {Office.Kind.PLATFORM, Office.Kind.DISTRICT, Office.Kind.BODY}


class Desk:
    """One person's menu on one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.user: Any = getattr(request, "user", None)
        self.is_known = bool(self.user and self.user.is_authenticated)

    @cached_property
    def unread(self) -> int:
        """How many notices wait to be read."""
        return Notice.objects.visible_to(self.user).unread().count() if self.is_known else 0

    @cached_property
    def units(self) -> list[Any]:
        """The units that the person acts for."""
        if not self.is_known:
            return []
        return [membership.unit for membership in UnitMember.objects.filter(user=self.user).select_related("unit")]

    @cached_property
    def seats(self) -> list[tuple[int, str]]:
        """(office, its kind) of the person's places at offices in use."""
        places = OfficeMember.objects.filter(user=self.user, office__is_active=True)
        return list(places.values_list("office_id", "office__kind")) if self.is_known else []

    @property
    def unit_name(self) -> str:
        """The name of the person's unit, for the top line."""
        return self.units[0].name if self.units else ""

    def menu(self) -> list[dict[str, Any]]:
        """[{title, items: [{label, url, active, count}]}] of what the person may do; empty for a visitor."""
        if not self.is_known:
            return []
        return self.mark([self.group(*entry) for entry in self.entries()])

    def entries(self) -> Any:
        """(title, pages, counts) of the groups in their order."""
        kinds = {kind for _, kind in self.seats}
        yield "我的帐号", STAFF if kinds else ACCOUNT, {"notice_list": self.unread}
        if not kinds:
            yield "科淘平台", PURCHASES, {}
            yield "科技创新券", VOUCHERS, {}
        if self.units and Provider.objects.filter(unit__in=self.units).exists():
            yield "服务机构", PROVIDER, {}
        if kinds & REVIEWING:
            yield "审核工作台", REVIEW, {"turn_list": self.waiting()}
        if Office.Kind.EXPERT in kinds:
            yield "专家评审", EXPERT, {}
        if Office.Kind.MUNICIPAL in kinds:
            yield "市科技局", MUNICIPAL + (POLICY if self.user.is_staff else ()), {}
        if self.user.is_staff:
            yield "系统", ADMIN, {}

    def waiting(self) -> int:
        """How many open turns lie at the person's offices."""
        return Turn.objects.open().filter(office__in=[office for office, _ in self.seats]).count()

    def group(self, title: str, pages: tuple[tuple[str, str], ...], counts: dict[str, int]) -> dict[str, Any]:
        """One group of the menu."""
        items = [{"label": label, "url": reverse(name), "count": counts.get(name, 0)} for label, name in pages]
        return {"title": title, "items": items}

    def mark(self, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The groups with `active` set on the one page whose address reaches furthest into the present one."""
        items = [item for group in groups for item in group["items"]]
        here = max((item["url"] for item in items if self.path.startswith(item["url"])), key=len, default=None)
        for item in items:
            item["active"] = item["url"] == here
        return groups
