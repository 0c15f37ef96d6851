"""What a unit was when it was certified, and what has changed since (docs/adr/0065)."""

from dataclasses import dataclass
from typing import Any

from accounts.cases.models import UnitCase
from accounts.models import FACTS, Unit, UnitSnapshot
from ui.names import same_name

Occasion = UnitSnapshot.Occasion


@dataclass(frozen=True)
class Change:
    """One value of a certification that differs from the one certified last; `kind` as components/value.html knows it."""

    old: Any
    new: Any
    kind: str = ""


def take_snapshot(unit: Unit, occasion: str = Occasion.CERTIFIED) -> UnitSnapshot:
    """Write down the unit as it stands; its row is locked by the step or the change that this follows."""
    number = unit.certified_as.number + 1 if unit.certified_as else 1
    facts = {name: getattr(unit, name) for name in FACTS}
    snapshot = UnitSnapshot.objects.create(unit=unit, number=number, occasion=occasion, **facts)
    unit.certified_as = snapshot
    unit.save(update_fields=["certified_as"])
    return snapshot


def name_of(case: UnitCase) -> str:
    """The unit's name as the case keeps it, with the present one where it was certified under another name since."""
    then, unit = case.certified, case.unit
    if same_name(then.name, unit.name) or not (unit.is_certified or unit.is_frozen):
        return then.name
    return f"{then.name}（现名 {unit.name}）"


def standing_warnings(unit: Unit) -> list[str]:
    """What a reviewer of the unit's running cases should know of its certification."""
    if unit.is_frozen:
        freeze = unit.events.filter(step="freeze").order_by("-sequence").first()
        reason = f"（原因：{freeze.text}）" if freeze else ""
        return [f"申请单位已被平台冻结{reason}，不能提交新的事项；本事项照常办理，请留意。"]
    if unit.state in Unit.RENEWING:
        return ["申请单位的名称或证照有变化，正在重新认证；本事项沿用提交时认证的资料。"]
    return []
