"""A credit code with a wrong check digit that stands on the paper all the same: real ones exist (domain.md §6.2)."""

from django.utils import timezone

from accounts.models import Unit
from accounts.permissions import is_code_sound, is_platform
from accounts.uscc import is_off_by_check_digit
from accounts.workflow import State
from records.doors import door
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.steps import lock, write


def may_admit_code(unit: Unit, user: Person) -> bool:
    """A reviewer of the platform, while the certification lies there and only its check digit stands in the way."""
    waits = unit.state == State.PENDING and is_off_by_check_digit(unit.uscc) and not is_code_sound(unit)
    return waits and is_platform(unit, user)


@door
def admit_code(unit: Unit, *, by: Person, text: str, seen: int | None = None) -> Unit:
    """核验代码: the platform takes the code as it stands on the paper, and says why; the trail keeps it."""
    words, unit = text.strip(), lock(unit)
    if not words:
        raise RuleBroken("R-WORDS", "核验代码时必须写明依据，例如核对了哪份证照、向哪里核实。")
    if seen is not None and seen != unit.version:
        raise StaleCase
    if not is_platform(unit, by):
        raise RuleBroken("R-PERM", "只有科服网平台的审核人员可以核验代码，并且不能核验本人所在单位的代码。")
    if not may_admit_code(unit, by):
        raise RuleBroken("R-CODE", "这个代码现在不需要核验：校验位相符、已经核验过，或者单位还没有提交审核。")
    unit.code_admitted_at, unit.code_admitted_by, unit.code_admitted_words = timezone.now(), by, words
    unit.save(update_fields=["code_admitted_at", "code_admitted_by", "code_admitted_words", "updated_at"])
    write(unit, "admit_code", by=by, text=f"{unit.uscc}：{words}")
    return unit
