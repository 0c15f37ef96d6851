"""Verbs of units."""

from django.db import IntegrityError

from accounts.certification.snapshots import take_snapshot
from accounts.models import Unit, UnitMember
from accounts.permissions import FROZEN_MEANS, is_unit_administrator, refusal_plain
from notifications.services import announce
from records.changes import guard_version
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.services import attach, let_papers_go
from records.steps import lock, may_take
from registers.kinds import Register, is_connected
from registers.services import ask_later, ask_now
from reviews.models import Opinion, Verdict
from reviews.services import advance

KNOWN = "这个统一社会信用代码的单位已经在本站登记，一个代码只对应一个单位。您可以申请加入该单位，管理员同意后一起办理。"
CODE_HELD = "unit_one_per_credit_code"  # the constraint that holds it
LICENCE, OLD_LICENCE = "营业执照或法人证书", "以前的证照"  # what each is for; at most one is in force


@door
def save_certification(unit: Unit, *, by: Person, seen: int | None = None) -> Unit:
    """Keep what was typed in 安全认证; a new unit gets the person as its administrator.

    seen: the version of the unit on screen.
    """
    if unit.pk is None:
        unit.save()
        UnitMember.objects.create(unit=unit, user=by, role=UnitMember.Role.ADMIN)
    else:
        stored = check_editable(unit, by=by)
        guard_version(stored, unit, seen, by=by)
        if stored.uscc != unit.uscc:  # another code needs a proof of its own
            unit.code_admitted_at, unit.code_admitted_by, unit.code_admitted_words = None, None, ""
        unit.save()
    unit.documents.filter(purpose=LICENCE).exclude(pk=unit.licence_id).update(purpose=OLD_LICENCE)
    let_papers_go(unit)
    attach(unit, [unit.licence], LICENCE)
    return unit


def not_editable() -> RuleBroken:
    """The refusal of a change to what was handed in, or holds."""
    return RuleBroken("R-STATE", "认证资料已提交审核或已通过，现在不能修改。资料有变化时，请先申请重新认证。")


def check_editable(unit: Unit, *, by: Person) -> Unit:
    """Hold the unit's row and return it; refuse where it has moved on, is under review, or belongs to others."""
    now = lock(unit)
    if now.state not in Unit.EDITABLE:
        raise not_editable()
    if not is_unit_administrator(now, by):
        raise RuleBroken(*refusal_plain("修改认证资料"))
    return now


def submit_certification(unit: Unit, *, by: Person, seen: int | None = None) -> Unit:
    """Ask the register of firms, as long as anybody waits, and hand the unit's papers to the platform.

    Where the register does not answer, what was typed is taken, and it is asked again by itself (docs/adr/0121).
    """
    if is_connected(Register.ENTERPRISE) and may_take(unit, "submit", by):
        ask_now(Register.ENTERPRISE, unit.uscc)
    return take_certification(unit, by=by, seen=seen)


@door
def take_certification(unit: Unit, *, by: Person, seen: int | None = None) -> Unit:
    """Hand the unit's papers to the platform; from now on its credit code is the unit's, and nobody else's."""
    try:
        unit = advance(unit, "submit", by=by, seen=seen, before_save=hold_code)
    except IntegrityError as error:  # two units with one code, handed in at once
        if CODE_HELD not in str(error):
            raise
        raise RuleBroken("R-CODE", KNOWN) from error
    ask_later(Register.CREDIT, unit.uscc)
    announce(unit)
    return unit


def hold_code(unit: Unit) -> None:
    """Take the code for the unit that is handed in; raise RuleBroken where another one has it."""
    if Unit.objects.holding(unit.uscc).exclude(pk=unit.pk).exists():
        raise RuleBroken("R-CODE", KNOWN)
    unit.held_uscc = unit.uscc


def after_verdict(unit: Unit, opinion: Opinion) -> None:
    """What was certified is written down for good: cases handed in from now on keep it."""
    if opinion.verdict == Verdict.PASS:
        take_snapshot(unit)


@door
def reopen_certification(unit: Unit, *, by: Person, seen: int | None = None) -> Unit:
    """The unit's name or licence has changed: it certifies again; running cases keep their snapshot."""
    unit = advance(unit, "reopen", by=by, seen=seen)
    announce(unit)
    return unit


@door
def set_frozen(unit: Unit, *, frozen: bool, by: Person, text: str, seen: int | None = None) -> Unit:
    """Freeze a unit for misconduct, or lift the freeze; both need words."""
    if not text.strip():
        raise RuleBroken("R-WORDS", "冻结或解冻单位时必须写明理由。")
    unit = advance(unit, "freeze" if frozen else "unfreeze", by=by, note=text, seen=seen)
    announce(unit, text=text, means=FROZEN_MEANS)
    return unit
