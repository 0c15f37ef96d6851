"""The menu of 用户中心: what this person may do, with counts. At most three queries, and none before a page shows it."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.members.switching import acting_in, carried
from accounts.models import Duty, Invitation, JoinRequest, UnitMember, User, memberships_of
from accounts.workflow import State
from catalog.models import Provider
from notifications.models import Notice
from records.about import tell
from records.people import PersonRequest
from reviews.lists.find import finds_cases
from reviews.lists.scope import asked_at, count_words, keep_waiting, seats_of, waiting_at, waiting_count, waiting_known
from reviews.models import Office, OfficeMember
from reviews.permissions import GIVES
from tten.menu import (
    ACCOUNT,
    ADMIN,
    ADMISSION,
    ADMISSIONS,
    ANNOUNCING,
    ASKED,
    AUDIT,
    DECIDING,
    DUTIES,
    FIRMS,
    GROUPING,
    ICONS,
    INVITATIONS,
    JOINS,
    KEEPING,
    OFFICES,
    PLACES,
    PLAIN_ICON,
    POLICY,
    PROVIDER,
    PURCHASES,
    REVIEW,
    REVIEWING,
    SHARE,
    STAFF,
    UNITS,
    pages_of,
)
from ui.addresses import address_of
from ui.limited import kept_row, number_of
from ui.paging import MOST

WORKING = "base_work.html"


class Desk:
    """One person's menu on one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = getattr(request, "menu_at", request.path)  # a page of several lists may say to which it belongs
        self.posted = acting_in(request.POST) if request.method == "POST" else None
        self.user: Any = getattr(request, "user", None)
        self.is_known = bool(self.user and self.user.is_authenticated)
        match = getattr(request, "resolver_match", None)
        self.has_menu = match is None or getattr(match.func, "login_required", True)  # no page for everybody has it

    @cached_property
    def waits(self) -> dict[str, int]:
        """How many notices, invitations and requests wait for the person or of him, and providers stand behind him."""
        if not self.is_known:
            return dict.fromkeys(("unread", "invited", "asked", "joining", "providing"), 0)
        place = self.current
        key = (self.user.pk, self.user.phone, self.user.phone_verified_at, place and (place.unit_id, place.role))
        found = kept_row(("waits", *key, tuple(self.seats), *waiting_known(self.user)), self.waiting_columns)
        keep_waiting(self.user, found)
        return found

    def waiting_columns(self) -> QuerySet[Any]:
        """The question of `waits`."""
        place = self.current
        rows: dict[str, Any] = {
            "unread": Notice.objects.visible_to(self.user).unread(),
            "invited": Invitation.objects.open_to(self.user),
            "asked": JoinRequest.objects.open().filter(user=self.user),
            "joining": JoinRequest.objects.open().filter(
                unit=place.unit_id if place and place.role == UnitMember.Role.ADMIN else None
            ),
            "providing": Provider.objects.filter(unit=place.unit_id) if place else Provider.objects.none(),
        }
        if Office.Kind.PLATFORM in self.kinds:
            rows["orphaned"] = JoinRequest.objects.for_platform()
        more: dict[str, Any] = waiting_count(self.user) if self.kinds & DECIDING else {}
        counts = {name: number_of(found) for name, found in rows.items()} | more
        return User.objects.filter(pk=self.user.pk).values(**counts)

    @property
    def unread(self) -> int:
        """How many notices wait to be read; a page without the menu asks for nothing else."""
        if self.is_known and not self.has_menu:
            return Notice.objects.visible_to(self.user).unread().count()
        return self.waits["unread"]

    @cached_property
    def memberships(self) -> list[UnitMember]:
        """What the person is in units, the first that he took before the others."""
        return memberships_of(self.user) if self.is_known else []

    @property
    def current(self) -> UnitMember | None:
        """The membership in the unit that the person acts for, as accounts.members.switching.current_unit chooses it."""
        living = [membership for membership in self.memberships if membership.unit.state != State.REJECTED]
        return next(
            (membership for membership in living if membership.unit_id == self.user.acting_for_id),
            living[0] if living else None,
        )

    @property
    def others(self) -> list[Any]:
        """The further units between which the person may switch."""
        here = self.current
        return [m.unit for m in self.memberships if m != here and m.unit.state != State.REJECTED]

    @property
    def may_write(self) -> bool:
        """Whether buttons are offered: not to a person who only reads in his unit."""
        return self.current is None or self.current.role != UnitMember.Role.READER

    @property
    def acting(self) -> str:
        """What a form carries of the unit on screen; a form that comes back refused keeps the one it was filled in for."""
        return self.posted or carried(self.current.unit if self.current else None)

    @cached_property
    def seats(self) -> list[tuple[int, str, str]]:
        """(office, its kind, the role there; "" of a stand-in) of the places where the person is at work today."""
        found = seats_of(self.user) if self.is_known else []
        tell(seats=",".join(str(office) for office, _, _ in found))
        return found

    @property
    def kinds(self) -> set[str]:
        """The kinds of offices where the person is at work today."""
        return {kind for _, kind, _ in self.seats}

    @property
    def is_apart(self) -> bool:
        """Whether the person is at an office, or keeps something, and acts for no unit: he applies for nothing."""
        return (bool(self.kinds) or self.is_keeper) and self.current is None

    def frame(self) -> str:
        """The template of the frame in which a page that applicants and offices share is shown to this person."""
        return WORKING if self.is_known and self.is_apart else "base_desk.html"

    def frame_refused(self) -> str:
        """The same of a page that says what cannot be: without the firm's menu, which leads past it."""
        return WORKING if self.is_known and self.is_apart else "base.html"

    @property
    def finds_cases(self) -> bool:
        """Whether the head of the working frame looks for cases by words."""
        return self.is_known and finds_cases(self.user)

    @property
    def unit_name(self) -> str:
        """The name of the person's unit, for the top line."""
        return self.current.unit.name if self.current else ""

    def menu(self) -> list[dict[str, Any]]:
        """[{title, url, items: [{label, url, active, count}]}] of what the person may do; empty for a visitor."""
        if not self.is_known:
            return []
        return self.mark([self.group(*entry) for entry in self.entries()])

    def entries(self) -> Any:
        """(title, pages, counts) of the groups in their order."""
        kinds, apart = self.kinds, self.is_apart
        yield "我的帐号", self.own_pages(STAFF if apart else ACCOUNT), self.waits_by_page()
        if not apart:
            yield "科淘平台", PURCHASES, {}
            yield "科技创新券", pages_of("科技创新券"), {}
        is_provider = bool(self.waits["providing"])
        if is_provider or not apart:
            yield "服务机构", (PROVIDER if is_provider else ()) + ADMISSION, {}
        if kinds & REVIEWING:
            yield self.review_pages(kinds)
        yield from self.group_pages(kinds)
        if Office.Kind.MUNICIPAL in kinds:
            pages = REVIEW[:2] + pages_of("市科技局") + POLICY + UNITS + ADMISSIONS + FIRMS + ANNOUNCING
            yield "市科技局", pages, {"turn_list": self.waiting_words}
        if people := self.people_pages():
            yield "人员管理", people, {}
        yield from self.kept_pages()

    def review_pages(self, kinds: set[str]) -> Any:
        """The group of the review desk; what firms ask their office is named only while one waits."""
        joins = JOINS if Office.Kind.PLATFORM in kinds else ()
        counts: dict[str, Any] = {"join_desk": self.waits["orphaned"]} if joins else {}
        leads = {kind for _, kind, role in self.seats if role == OfficeMember.Role.LEAD} & REVIEWING
        asks = ASKED if asked_at(self.user) else ()
        counts |= {name: count_words(asked_at(self.user)) for _, name in asks}
        pages = REVIEW + asks + (SHARE if leads else ()) + (UNITS + joins + ADMISSIONS if joins else ()) + FIRMS
        pages += ANNOUNCING + pages_of("平台") if joins else ()
        return "审核工作台", pages, {"turn_list": self.waiting_words, **counts}

    def group_pages(self, kinds: set[str]) -> Any:
        """The group of experts; that of those who form groups of them, or keep the pool."""
        if Office.Kind.EXPERT in kinds:
            yield "专家评审", pages_of("专家评审"), {}
        if kinds & GROUPING:
            groups = pages_of("专家评审组") if Office.Kind.BODY in kinds else ()
            yield "评审专家", groups + pages_of("评审专家"), {}

    def kept_pages(self) -> Any:
        """The groups of whoever keeps the catalog, and of all with a duty."""
        if self.user.duty == Duty.CATALOG:
            yield "产品与机构", pages_of("产品与机构"), {}
        if self.is_keeper:
            more = pages_of("系统") if self.user.duty != Duty.CATALOG else ()
            yield "系统", ADMIN + (AUDIT + FIRMS if self.user.duty == Duty.AUDIT else ()) + more, {}

    @property
    def is_keeper(self) -> bool:
        """Whether the person has a duty of the portal, or sets it up."""
        return bool(self.user.duty or self.user.is_superuser)

    def people_pages(self) -> tuple[tuple[str, str], ...]:
        """The pages of those who keep the people of offices, and of those who give duties."""
        leads = {kind for _, kind, role in self.seats if role == OfficeMember.Role.LEAD}
        keeps = self.user.duty == Duty.ACCOUNTS or self.user.is_superuser
        duties = DUTIES if keeps or Office.Kind.MUNICIPAL in leads else ()
        return (OFFICES if leads & set(GIVES) else ()) + (KEEPING if keeps else ()) + duties

    def own_pages(self, pages: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """The pages of the account, with the invitations before the notices while there are some."""
        return (*pages[:-1], *INVITATIONS, pages[-1]) if self.waits["invited"] else pages

    def waits_by_page(self) -> dict[str, int]:
        """The counts beside the pages of the account."""
        waits = self.waits
        return {"notice_list": waits["unread"], "invitation_list": waits["invited"], "unit_list": waits["joining"]}

    @cached_property
    def waiting(self) -> int:
        """How many turns wait for the person's offices, up to one more than are counted."""
        return waiting_at(self.user)

    @property
    def waiting_words(self) -> int | str:
        """The same as the menu says it."""
        return self.waiting if self.waiting <= MOST else count_words(self.waiting)

    def group(self, title: str, pages: tuple[tuple[str, str], ...], counts: dict[str, int]) -> dict[str, Any]:
        """One group of the menu."""
        items = [
            {"label": label, "url": address_of(name), "count": counts.get(name, 0), "icon": ICONS.get(name, PLAIN_ICON)}
            for label, name in pages
        ]
        return {"title": title, "url": reverse(PLACES[title]) if title in PLACES else "", "items": items}

    def mark(self, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The groups with `active` set on the one page whose address reaches furthest into the present one."""
        items = [item for group in groups for item in group["items"]]
        here = max((item["url"] for item in items if self.path.startswith(item["url"])), key=len, default=None)
        for item in items:
            item["active"] = item["url"] == here
        return groups


class DeskRequest(PersonRequest):
    """A request whose view asks its menu, too: the frame of the page then asks no second one."""

    desk: Desk
