"""What the page of a certification shows and offers."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.certification.code.services import may_admit_code
from accounts.certification.forms import CertificationForm
from accounts.certification.particulars.services import may_keep_particulars
from accounts.members.switching import NOBODY, acting_in, carried, check_acting, current_unit, own_unit_of
from accounts.models import Unit, UnitSnapshot
from accounts.permissions import FROZEN_MEANS
from accounts.uscc import normalise
from accounts.workflow import State
from records.people import Person
from records.steps import may_take
from reviews.kinds import tell
from reviews.pace.pages import pace_of
from reviews.progress import OpinionRow, header_of, opinions_of, steps_of
from reviews.questions import rows as questions
from reviews.questions.pages import talk_on_case
from reviews.receipts import receipts_of

EDIT_LABELS = {State.RETURNED: "按意见修改", State.EXPIRED: "更新认证资料"}
TABS = (
    ("内容", "content"),
    ("材料", "papers"),
    ("审核意见", "opinions"),
    ("认证记录", "records"),
    ("进度", "progress"),
)
RECORD_HEAD = ("序号", "事由", "时间", "单位名称", "法定代表人", "证照有效期", "证照")


def unit_to_edit(user: Person, data: Mapping[str, str], query: Mapping[str, str]) -> Unit:
    """The unit whose certification the person fills in: the one on screen, or named by the address, or a new one.

    Http404 for a unit that is not his; RuleBroken where a new one was filled in and he has come to a unit since.
    """
    named = acting_in(data) or query.get("unit", "")
    if named and named != NOBODY:
        return get_object_or_404(Unit.objects.of(user).alive(), number=named[:24])
    unit = own_unit_of(user, data.get("uscc", "")) or current_unit(user)
    if unit is not None and unit.uscc != normalise(data.get("uscc", "")):
        check_acting(unit, named or None)
    return unit or Unit()


def address(name: str, unit: Unit, user: Person) -> str:
    """The address of a page of 安全认证; it names the unit where that is not the present one."""
    known = unit == current_unit(user)
    return reverse(name) if known else f"{reverse(name)}?unit={unit.number}"


def carried_by(form: CertificationForm) -> dict[str, Any]:
    """What the form carries of the unit on screen, and the code as typed if a unit has it already: one may join it."""
    known = normalise(form.data.get("uscc", "")) if form.has_error("uscc", "known") else ""
    unit = form.instance
    return {"acting": carried(unit if unit.pk else None), "known": known, "seen": form.seen(unit.version)}


def typed_before(user: Person) -> dict[str, Any]:
    """What stood in the person's last refused certification, so that a new one does not ask for it again."""
    refused = Unit.objects.of(user).filter(state=State.REJECTED).order_by("-updated_at").first()
    if refused is None:
        return {"handler_name": user.name, "handler_phone": user.phone}
    return model_to_dict(refused, fields=CertificationForm.Meta.fields)


def page_of(unit: Unit, user: Person) -> dict[str, Any]:
    """Context of the certification's page."""
    unit.known_roles = {user.pk: unit.role_of(user)}  # one page asks this many times
    opinions = opinions_of(unit)
    dossier = tell(unit, user)
    records, said = records_of(unit), questions.said_of(unit)
    counts = {"papers": len(dossier.documents), "opinions": len(said), "records": len(records["lines"])}
    return {
        "case": unit,
        "crumbs": crumbs_of(unit, user),
        "facts": header_of(unit, user).facts,
        "actions": actions_of(unit, user),
        "steps": steps_of(unit, user),
        "pace": pace_of(unit, user),
        "opinions": said,
        "talk": talk_on_case(unit, user),
        "dossier": dossier,
        "records": records,
        "said": said_of(unit, opinions),
        "receipts": receipts_of(unit),
        "tabs": [{"label": label, "url": f"#{part}", "count": counts.get(part)} for label, part in TABS],
    }


def crumbs_of(unit: Unit, user: Person) -> list[tuple[str, str]]:
    """(label, url) to this page: from 用户中心 for the unit itself, from the list of units for everybody else."""
    if unit.has_member(user):
        way = [("用户中心", reverse("user_center")), ("安全认证", reverse("certification_view"))]
    else:
        way = [("单位", reverse("certification_list"))]
    return [*way, (unit.number, "")]


def said_of(unit: Unit, opinions: list[OpinionRow]) -> str:
    """Why the certification stands where it stands, where somebody decided against it."""
    if unit.state in {State.RETURNED, State.REJECTED} and opinions:
        return f"审核意见：{opinions[-1].text}"
    step = {State.FROZEN: "freeze", State.EXPIRED: "expire"}.get(State(unit.state))
    event = unit.events.filter(step=step).order_by("-sequence").first() if step else None
    if unit.state == State.FROZEN and event:
        return f"冻结原因：{event.text.rstrip('。')}。{FROZEN_MEANS}"
    return event.text if event and event.sequence == last_move(unit) else ""


def last_move(unit: Unit) -> int:
    """The number of the trail's last line that moved the unit."""
    return int(unit.events.exclude(to_state="").aggregate(last=Max("sequence"))["last"])


def records_of(unit: Unit) -> dict[str, Any]:
    """What was certified each time, the latest first, for components/rows_table.html."""
    snapshots = unit.snapshots.select_related("licence").order_by("-number")
    lines = [[(label, *cell) for label, cell in zip(RECORD_HEAD, cells_of(row), strict=True)] for row in snapshots]
    return {"title": "认证记录", "head": RECORD_HEAD, "lines": lines, "total": None}


def cells_of(row: UnitSnapshot) -> list[tuple[Any, str]]:
    """[(value, how it is shown)] of one record, as RECORD_HEAD names them."""
    plain = [row.number, row.get_occasion_display()]
    facts = [row.name, row.legal_representative, row.licence_term]
    return [
        *((value, "") for value in plain),
        (row.at, "time"),
        *((value, "") for value in facts),
        (row.licence, "document"),
    ]


def steps_offered(unit: Unit, user: Person) -> dict[str, dict[str, Any]]:
    """Step → its button."""
    number, edit = [unit.number], EDIT_LABELS.get(unit.state, "填写认证资料")
    freeze = reverse("certification_freeze", args=number)
    return {
        "submit": {"label": edit, "url": address("certification_edit", unit, user), "primary": True},
        "reopen": {"label": "需重新认证", "url": reverse("certification_reopen", args=number)},
        "freeze": {"label": "冻结单位", "url": freeze, "tone": "refuse"},
        "unfreeze": {"label": "解除冻结", "url": freeze},
    }


def actions_of(unit: Unit, user: Person) -> list[dict[str, Any]]:
    """The buttons of the page: exactly the steps that the person may take."""
    open_steps = {step: act for step, act in steps_offered(unit, user).items() if may_take(unit, step, user)}
    acts = list(open_steps.values())
    if (unit.is_certified and "reopen" in open_steps) or (unit.is_frozen and may_keep_particulars(unit, user)):
        acts.insert(0, {"label": "更新资料", "url": reverse("certification_particulars", args=[unit.number])})
    if may_admit_code(unit, user):
        url = reverse("certification_admit", args=[unit.number])
        acts.append({"label": "核验代码", "url": url, "primary": True})
    if unit.state == State.REJECTED and unit.has_member(user) and current_unit(user) is None:
        acts.append({"label": "重新申请认证", "url": reverse("certification_edit"), "primary": True})
    return acts
