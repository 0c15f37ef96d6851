"""Small changes that need no new review: what stands on no licence, and the person whom offices call (docs/adr/0065)."""

from accounts.certification.snapshots import take_snapshot
from accounts.models import Unit, UnitSnapshot
from accounts.permissions import is_unit_administrator, refusal_plain
from accounts.workflow import State
from records.changes import guard_version
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import lock, write

PARTICULARS = ("industry", "honours", "staff_count", "revenue", "research_spend", "handler_name", "handler_phone")
KEEPING = frozenset({State.CERTIFIED, State.FROZEN})  # in all other states the whole form is open, or under review


def may_keep_particulars(unit: Unit, user: Person) -> bool:
    """An administrator of a unit whose certification stands."""
    return unit.state in KEEPING and is_unit_administrator(unit, user)


@door
def save_particulars(unit: Unit, *, by: Person, seen: int | None = None) -> list[str]:
    """Keep what was typed, write it down for cases to come, and return the labels of what has changed."""
    now = lock(unit)
    if now.state not in KEEPING:
        raise RuleBroken("R-STATE", f"单位认证现在的状态是“{now.get_state_display()}”，请在认证资料里一并修改。")
    if not is_unit_administrator(now, by):
        raise RuleBroken(*refusal_plain("更新单位资料"))
    guard_version(now, unit, seen, by=by)
    changed = [name for name in PARTICULARS if getattr(now, name) != getattr(unit, name)]
    if not changed:  # a second click, or nothing but what a colleague has saved since
        return []
    for name in changed:
        setattr(now, name, getattr(unit, name))
    now.version = unit.version
    now.save()
    take_snapshot(now, UnitSnapshot.Occasion.UPDATED)
    labels = [str(field.verbose_name) for field in Unit._meta.fields if field.name in changed]
    write(now, "update", by=by, text=f"更新：{'、'.join(labels)}")
    return labels
