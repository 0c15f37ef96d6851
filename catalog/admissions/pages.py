"""What the pages of an admission show and offer."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from accounts.cases import pages
from accounts.cases.pages import Crumbs
from accounts.certification.forms import ReasonForm
from accounts.members.switching import carried
from accounts.models import Unit
from accounts.permissions import can_write_for
from catalog.models import Admission, Provider
from catalog.permissions import FROZEN
from catalog.workflow import State
from policy.models import PolicyVersion
from records.people import Person
from records.steps import may_take
from reviews.case_pages import case_context, ending_of
from reviews.kinds import Ending, kind_of_review

HERE, LIST = ("服务机构入驻", "admission_home"), ("服务机构", "admission_list")
EDIT_LABELS = {State.DRAFT: "继续填写", State.RETURNED: "按意见修改"}
LEAVE = Ending(
    "退出入驻",
    "退出后产品不再显示创新券标识，不能恢复，需要时重新申请；已有订单和创新券不受影响。确定要退出吗？",
    "确认退出",
    "已退出入驻，产品不再显示创新券标识。",
)


def move_of(admission: Admission, step: str) -> Ending:
    """How the step is asked; 404 for a step that no person takes here."""
    return LEAVE if step == "withdraw" and admission.state == State.ADMITTED else ending_of(admission, step)


def reason_form(step: str, data: QueryDict | None = None) -> ReasonForm | None:
    """The words that the step needs, if it needs any."""
    return ReasonForm(data, auto_id=f"id_{step}_%s") if step != "withdraw" else None


def crumbs(admission: Admission, user: Person, here: str = "") -> Crumbs:
    """(label, url) to this page: the unit comes from 用户中心, the platform and the city from their list."""
    if admission.has_member(user):
        return pages.crumbs(HERE, admission, here)
    case = (admission.number, admission.get_absolute_url())
    return [(LIST[0], reverse(LIST[1])), case, *([(here, "")] if here else [])]


def menu_at(admission: Admission, user: Person) -> str:
    """The page of the menu to which the pages of the admission belong."""
    return reverse(HERE[1] if admission.has_member(user) else LIST[1])


def home_context(unit: Unit | None, user: Person) -> dict[str, Any]:
    """服务机构入驻: what stands, what is under way, what was before, and laboratories that wait for their 依托单位."""
    cases = list(unit.admissions.select_related("unit", "provider")) if unit else []
    under_way = next((case for case in cases if case.state in {*Admission.EDITABLE, State.PENDING}), None)
    standing = next((case for case in cases if case.state in {State.ADMITTED, State.SUSPENDED}), None)
    may_write = unit is not None and can_write_for(unit, user)
    certified = unit is not None and unit.is_certified
    may_start = may_write and certified and under_way is None and (standing is None or standing.may_renew)
    labs = Provider.objects.laboratories_of(unit) if unit and may_write and certified else Provider.objects.none()
    return {
        "unit": unit,
        "acting": carried(unit),
        "certified": certified,
        "admissions": cases,
        "why_frozen": FROZEN[1] if unit is not None and unit.is_frozen else "",
        "under_way": under_way,
        "standing": standing,
        "may_start": may_start,
        "may_write": may_write,
        "renewal_days": PolicyVersion.objects.remembered().renewal_days,
        "labs": labs.order_by("pk"),
        "crumbs": pages.crumbs(here=HERE[0]),
    }


def detail_context(admission: Admission, user: Person) -> dict[str, Any]:
    """The case: who has it, until when, what can be done now; its content, papers, opinions and progress."""
    admission.unit.known_roles = {user.pk: admission.role_of(user)}  # one page asks this many times
    moves = moves_of(admission, user)
    return case_context(admission, user) | {
        "admission": admission,
        "said": said_of(admission),
        "moves": moves,
        "crumbs": crumbs(admission, user),
        "actions": actions_of(admission, user, moves),
    }


def said_of(admission: Admission) -> str:
    """Why an admission is suspended or has ended."""
    if admission.state not in {State.SUSPENDED, State.EXPIRED}:
        return ""
    last = admission.events.order_by("-sequence").first()
    return f"{admission.get_state_display()}：{last.text}" if last is not None and last.text else ""


def moves_of(admission: Admission, user: Person) -> list[dict[str, Any]]:
    """The steps beside the review that the person may take now, each with the address that asks and acts."""
    return [
        {
            "ending": move_of(admission, step),
            "url": reverse("admission_move", args=[admission.number, step]),
            "id": f"move-{step}",
            "form": reason_form(step),
            "tone": "" if step == "resume" else "refuse",
        }
        for step in kind_of_review(admission).endings
        if may_take(admission, step, user)
    ]


def actions_of(admission: Admission, user: Person, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The buttons of the page: exactly what the person may do."""
    acts: list[dict[str, Any]] = []
    writes = can_write_for(admission.unit, user)
    if writes and admission.state in Admission.EDITABLE:
        edit = reverse("admission_edit", args=[admission.number])
        acts.append({"label": EDIT_LABELS[State(admission.state)], "url": edit, "primary": True})
    if writes and admission.may_renew and not Admission.objects.under_way().filter(unit=admission.unit).exists():
        acts.append(
            {
                "label": "申请续期",
                "url": reverse("admission_start"),
                "post": True,
                "primary": True,
                "acting": carried(admission.unit),
            }
        )
    if admission.provider is not None:
        acts.append({"label": "公开页面", "url": admission.provider.get_absolute_url()})
    return acts + [{"label": move["ending"].title, "url": move["url"], "dialog": move["id"]} for move in moves]
