"""What the pages of every case of a unit share."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.cases.models import UnitCase
from records.people import Person, PersonRequest
from records.steps import arrow_of

CENTER = ("用户中心", "user_center")
FILL_IN = "请填写完整并提交科服网平台审核。"  # what comes next for a unit that has handed nothing in
CORRECT = "请按审核意见修改，然后重新提交。"
KEPT = "已保存。您可以随时回来继续填写，填好后点“申请”。"
Crumbs = list[tuple[str, str]]


def own(model: type[UnitCase], request: PersonRequest, number: str) -> Any:
    """The case of this number of a unit that the person acts for; 404 for anybody else, 只读 included."""
    cases: Any = model._default_manager
    case = get_object_or_404(cases.written_by(request.user).to_read(), number=number)
    request.part = part_of_own(case)
    return case


def crumbs(listed: tuple[str, str] | None = None, case: UnitCase | None = None, here: str = "") -> Crumbs:
    """(label, url) from 用户中心 over the list of such cases to this page."""
    way = [(label, reverse(name)) for label, name in (CENTER, *([listed] if listed else []))]
    if case is not None:
        way.append((case.number, case.get_absolute_url()))
    return [*way, (here, "")] if here else way


def part_in(case: UnitCase, user: Person) -> str:
    """In what part the person reads the pages of a case: of an own one that was returned, of an own one, at an office."""
    return part_of_own(case) if case.has_member(user) else "office"


def part_of_own(case: UnitCase) -> str:
    """In what part somebody of its unit reads the pages of a case."""
    return "returned" if case.state in case.RETURNED else ""


def refusals_of(case: UnitCase, more: Iterable[str] = ()) -> list[str]:
    """Why the case cannot be handed in now: the sentence of each condition that does not hold, then what else stands."""
    arrow = arrow_of(case, "submit")
    conditions: Any = arrow.conditions if arrow else ()
    return [*(condition.broken[1] for condition in conditions if not condition(case)), *more]
