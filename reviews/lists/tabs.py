"""The tabs of the desk: one list of what each is called, where its turns lie, and what narrows them further."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from records.people import Person
from reviews.lists.scope import (
    CLOSED,
    OPEN,
    Scope,
    count_waiting,
    count_words,
    in_work,
    owes,
    scope_of,
    unsigned,
    waits,
)
from reviews.models import Lies, Turn
from reviews.querysets import alive, aside
from reviews.soon import soon_until
from ui.limited import MANY, Question, asked, question
from ui.paging import MOST


def everything(_user: Person) -> Q:
    """No further condition."""
    return Q()


def claimed(user: Person) -> Q:
    """The person has it now, by a lease or because it was given to him."""
    return Q(Exists(Turn.objects.all().claims().filter(alive(), person=user).exclude(aside()))) & in_work()


def put_aside(_user: Person) -> Q:
    """It waits for a day that has not come, whoever has put it aside."""
    return Q(Exists(Turn.objects.all().claims().filter(aside())))


def due_soon(_user: Person) -> Q:
    """The promised day is near, and not past."""
    return Q(due_on__range=(timezone.localdate(), soon_until())) & in_work()


def overdue(_user: Person) -> Q:
    """The promised day is past."""
    return Q(due_on__lt=timezone.localdate()) & in_work()


@dataclass(frozen=True)
class Tab:
    """One tab: what it is called, where its turns lie, which of them it shows, and how they are sorted unless it is asked for."""

    key: str
    label: str
    lies: tuple[str, ...]
    narrowed: Callable[[Person], Q] = everything
    sort: str = "due_on"
    none: str = "没有待办事项"  # what an empty one says
    nothing: str = ""
    is_work: bool = True  # whether its cases wait for a decision of the office, so that 下一件 follows it
    picks: bool = True  # whether several of them can be decided together
    always: bool = True  # whether it is shown where it is empty

    @property
    def url(self) -> str:
        """Its address."""
        if self.key == "done":
            return reverse("turn_done_list")
        return reverse("turn_list") + (f"?tab={self.key}" if self.key != TABS[0].key else "")

    def scope(self, user: Person) -> Scope:
        """What lies so at the person's offices."""
        return scope_of(user, self.lies)

    def rows(self, user: Person) -> QuerySet[Turn]:
        """The turns that it shows the person, in no order."""
        return self.scope(user).rows.filter(self.narrowed(user))


TABS = (
    Tab("desk", "待办", (Lies.DESK,), waits, nothing="有新的事项到达时，会发消息提醒您。"),
    Tab(
        "sign",
        "待复核签",
        (Lies.DESK,),
        unsigned,
        none="没有等您复核签的决定",
        nothing="同事对较大金额作出的决定会列在这里，复核签后才生效。",
        picks=False,
        always=False,
    ),
    Tab(
        "asked",
        "企业询问",
        OPEN,
        owes,
        none="没有等待答复的企业询问",
        nothing="申请单位就事项提出的询问会列在这里，答复后自动移出。",
        is_work=False,
        always=False,
    ),
    Tab("soon", "即将到期", (Lies.DESK,), due_soon, nothing="近几天没有到期的事项。"),
    Tab("past", "超期", (Lies.DESK,), overdue, nothing="没有超过承诺日期的事项。"),
    Tab("mine", "我认领的", (Lies.DESK, Lies.EXPERTS), claimed, nothing="您打开或者分派给您的事项会列在这里。"),
    Tab(
        "aside",
        "已搁置",
        (Lies.DESK,),
        put_aside,
        nothing="搁置到某一天的事项会列在这里，到期自动回到待办。",
        is_work=False,
    ),
    Tab("experts", "等专家", (Lies.EXPERTS,), nothing="专家组还没有说完的事项会列在这里。", is_work=False),
    Tab(
        "returned",
        "等待补正",
        (Lies.RETURNED,),
        sort="-closed_at",
        none="没有等待补正的事项",
        nothing="由您所在单位退回、申请单位还没有重新提交的事项会列在这里。",
        is_work=False,
    ),
    Tab(
        "done", "已办", CLOSED, sort="-closed_at", none="还没有办结的事项", nothing="办结后会列在这里。", is_work=False
    ),
)
DONE = TABS[-1]


def tab_of(query: QueryDict) -> Tab:
    """The tab that an address asks for; 待办 where it asks for none."""
    return next((tab for tab in TABS[:-1] if tab.key == query.get("tab")), TABS[0])


def work_of(query: QueryDict) -> Tab:
    """The tab whose cases are decided one after the other; 待办 where the address is of one that has none to decide."""
    tab = tab_of(query)
    return tab if tab.is_work else TABS[0]


def counting(user: Person) -> Question:
    """The statement that counts the tabs of this person, kept for the minute: to put it together costs more than its answer.

    A lease that ends within the minute is counted to its end.
    """
    minute = timezone.localtime().replace(second=0, microsecond=0)
    key = ("tabs", user.pk, scope_of(user, ()), minute)
    said: Question | None = MANY.fresh(key)
    if said is None:
        said = question([tab.rows(user) for tab in TABS[:-1]], MOST + 1)
        MANY.keep(key, said)
    return said


def tabs_shown(user: Person, here: Tab) -> list[dict[str, Any]]:
    """[{label, url, active, count}] for components/tabs.html; 已办 is not counted: how many there were is no work."""
    counted = TABS[:-1]
    counts = asked(counting(user), len(counted))
    by_key = dict(zip((tab.key for tab in counted), counts, strict=True))
    count_waiting(user, by_key["desk"], by_key["sign"], by_key["asked"])  # the menu says it, too
    shown = zip(TABS, [*map(count_words, counts), ""], strict=True)
    return [
        {"label": tab.label, "url": tab.url, "active": tab is here, "count": "" if count == "0" else count}
        for tab, count in shown
        if tab.always or tab is here or count != "0"
    ]
