"""What the page of a certification shows and offers."""

from typing import Any

from django.forms.models import model_to_dict
from django.urls import reverse

from accounts.certification_form import CertificationForm
from accounts.models import Unit
from accounts.services import current_unit
from accounts.workflow import State
from records.steps import may_take
from reviews.dossiers import tell
from reviews.progress import header_of, opinions_of, steps_of

EDIT_LABELS = {State.RETURNED: "按意见修改", State.EXPIRED: "更新认证资料"}
TABS = (("内容", "content"), ("材料", "papers"), ("审核意见", "opinions"), ("进度", "progress"))


def unit_to_edit(user: Any) -> Unit:
    """The unit whose certification the person fills in: his own one, or a new one."""
    return current_unit(user) or Unit()


def typed_before(user: Any) -> dict[str, Any]:
    """What stood in the person's last refused certification, so that a new one does not ask for it again."""
    refused = Unit.objects.of(user).filter(state=State.REJECTED).order_by("-updated_at").first()
    if refused is None:
        return {"handler_name": user.name, "handler_phone": user.phone}
    return model_to_dict(refused, fields=CertificationForm.Meta.fields)


def page_of(unit: Unit, user: Any) -> dict[str, Any]:
    """Context of the certification's page."""
    opinions = opinions_of(unit)
    dossier = tell(unit, user)
    counts = {"papers": len(dossier["documents"]), "opinions": len(opinions)}
    return {
        "case": unit,
        "facts": header_of(unit, user).facts,
        "actions": actions_of(unit, user),
        "steps": steps_of(unit, user),
        "opinions": opinions,
        "dossier": dossier,
        "said": said_of(unit, opinions),
        "tabs": [{"label": label, "url": f"#{part}", "count": counts.get(part)} for label, part in TABS],
    }


def said_of(unit: Unit, opinions: list[Any]) -> str:
    """Why the certification stands where it stands, where somebody decided against it."""
    if unit.state in {State.RETURNED, State.REJECTED} and opinions:
        return f"审核意见：{opinions[-1].text}"
    if unit.state == State.FROZEN:
        return f"冻结原因：{unit.events.order_by('-sequence')[0].text}"
    return ""


def actions_of(unit: Unit, user: Any) -> list[dict[str, Any]]:
    """The buttons of the page: exactly the steps that the person may take."""
    offered: dict[str, dict[str, Any]] = {
        "submit": {"label": EDIT_LABELS.get(unit.state, "填写认证资料"), "url": reverse("certification_edit"), "primary": True},
        "reopen": {"label": "需重新认证", "url": reverse("certification_reopen", args=[unit.number])},
        "freeze": {"label": "冻结单位", "url": reverse("certification_freeze", args=[unit.number]), "tone": "refuse"},
        "unfreeze": {"label": "解除冻结", "url": reverse("certification_freeze", args=[unit.number])},
    }  # fmt: skip
    acts = [act for step, act in offered.items() if may_take(unit, step, user)]
    if unit.state == State.REJECTED and unit.has_member(user) and current_unit(user) is None:
        acts.append({"label": "重新申请认证", "url": reverse("certification_edit"), "primary": True})
    return acts
