"""What the pages of an admission show and offer."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from accounts.certification.forms import ReasonForm
from accounts.members.switching import carried
from accounts.models import Unit
from accounts.permissions import WHY_FROZEN, can_write_for
from catalog.models import Admission, Provider
from catalog.workflow import State
from records.steps import arrow_of, may_take
from reviews.case_pages import Ending, case_context

CENTER, HERE, LIST = ("用户中心", "user_center"), ("服务机构入驻", "admission_home"), ("服务机构", "admission_list")
FROZEN = f"贵单位已冻结，冻结期间不能申请入驻和续期。{WHY_FROZEN}"
EDIT_LABELS = {State.DRAFT: "继续填写", State.RETURNED: "按意见修改"}
WITHDRAW = Ending(
    "撤回申请",
    "撤回后这份申请结束，可以重新申请入驻。确定要撤回吗？",
    "确认撤回",
    "入驻申请已撤回，需要时可以重新申请。",
)
LEAVE = Ending(
    "退出入驻", "退出后产品不再显示创新券标识，不能恢复，需要时重新申请；已有订单和创新券不受影响。确定要退出吗？", "确认退出",
    "已退出入驻，产品不再显示创新券标识。",
)  # fmt: skip
MOVES = {
    "withdraw": WITHDRAW,
    "suspend": Ending(
        "暂停入驻", "暂停期间，机构的产品不显示创新券标识，新订单不能申请创新券；已有订单和创新券不受影响。", "确认暂停",
        "已暂停，并通知了机构的全部成员。",
    ),
    "resume": Ending("恢复入驻", "恢复后，机构的产品重新显示创新券标识。", "确认恢复", "已恢复，并通知了机构的全部成员。"),
}  # fmt: skip


def move_of(admission: Admission, step: str) -> Ending:
    """How the step is asked; 404 for a step that no person takes here."""
    if step not in MOVES:
        raise Http404
    return LEAVE if step == "withdraw" and admission.state == State.ADMITTED else MOVES[step]


def reason_form(step: str, data: Any = None) -> ReasonForm | None:
    """The words that the step needs, if it needs any."""
    return ReasonForm(data, auto_id=f"id_{step}_%s") if step != "withdraw" else None


def crumbs(admission: Admission | None, user: Any, here: str = "") -> list[tuple[str, str]]:
    """(label, url) to this page: the unit comes from 用户中心, the platform from its list."""
    own = admission is None or admission.has_member(user)
    trail = [(label, reverse(name)) for label, name in ((CENTER, HERE) if own else (CENTER, LIST))]
    if admission is not None:
        trail.append((admission.number, admission.get_absolute_url()))
    return [*trail, (here, "")] if here else trail


def home_context(unit: Unit | None, user: Any) -> dict[str, Any]:
    """服务机构入驻: what stands, what is under way, what was before, and laboratories that wait for their 依托单位."""
    cases = list(unit.admissions.select_related("unit", "provider")) if unit else []
    under_way = next((case for case in cases if case.state in {*Admission.EDITABLE, State.PENDING}), None)
    standing = next((case for case in cases if case.state in {State.ADMITTED, State.SUSPENDED}), None)
    may_write = unit is not None and can_write_for(unit, user)
    certified = unit is not None and unit.is_certified
    may_start = may_write and certified and under_way is None and (standing is None or standing.may_renew)
    labs = Provider.objects.laboratories_of(unit) if may_write and certified else Provider.objects.none()
    return {
        "unit": unit, "acting": carried(unit), "certified": certified, "admissions": cases,
        "why_frozen": FROZEN if unit is not None and unit.is_frozen else "", "under_way": under_way, "standing": standing,
        "may_start": may_start, "may_write": may_write, "labs": labs.order_by("pk"),
        "crumbs": [(CENTER[0], reverse(CENTER[1])), (HERE[0], "")],
    }  # fmt: skip


def detail_context(admission: Admission, user: Any) -> dict[str, Any]:
    """The case: who has it, until when, what can be done now; its content, papers, opinions and progress."""
    moves = moves_of(admission, user)
    return case_context(admission, user) | {
        "admission": admission, "said": said_of(admission), "moves": moves, "crumbs": crumbs(admission, user),
        "actions": actions_of(admission, user, moves),
    }  # fmt: skip


def said_of(admission: Admission) -> str:
    """Why an admission is suspended or has ended."""
    if admission.state not in {State.SUSPENDED, State.EXPIRED}:
        return ""
    last = admission.events.order_by("-sequence").first()
    return f"{admission.get_state_display()}：{last.text}" if last is not None and last.text else ""


def moves_of(admission: Admission, user: Any) -> list[dict[str, Any]]:
    """The steps beside the review that the person may take now, each with the address that asks and acts."""
    return [
        {
            "ending": move_of(admission, step), "url": reverse("admission_move", args=[admission.number, step]),
            "id": f"move-{step}", "form": reason_form(step), "tone": "" if step == "resume" else "refuse",
        }
        for step in MOVES
        if may_take(admission, step, user)
    ]  # fmt: skip


def actions_of(admission: Admission, user: Any, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The buttons of the page: exactly what the person may do."""
    acts: list[dict[str, Any]] = []
    writes = can_write_for(admission.unit, user)
    if writes and admission.state in Admission.EDITABLE:
        edit = reverse("admission_edit", args=[admission.number])
        acts.append({"label": EDIT_LABELS[State(admission.state)], "url": edit, "primary": True})
    if writes and admission.may_renew and not Admission.objects.under_way().filter(unit=admission.unit).exists():
        acts.append({"label": "申请续期", "url": reverse("admission_start"), "post": True, "primary": True,
                     "acting": carried(admission.unit)})  # fmt: skip
    if admission.provider is not None:
        acts.append({"label": "公开页面", "url": admission.provider.get_absolute_url()})
    return acts + [{"label": move["ending"].title, "url": move["url"], "dialog": move["id"]} for move in moves]


def refusals_of(admission: Admission) -> list[str]:
    """Why the case cannot be handed in now: the sentence of each condition."""
    arrow = arrow_of(admission, "submit")
    conditions: Any = arrow.conditions if arrow else ()
    return [condition.broken[1] for condition in conditions if not condition(admission)]
