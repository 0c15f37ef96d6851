"""What the registers say of a unit, beside what it says of itself: compared anew each time that it is read."""

from collections.abc import Mapping
from typing import NamedTuple

from accounts.models import Unit
from accounts.permissions import is_on_register
from records.rules import RuleBroken, require
from registers.kinds import Register, Status, is_connected
from registers.models import Reply
from registers.standing import WAITING, Standing, standing_of, standings_of
from reviews.kinds import Lines
from ui.forms import Row, Sections
from ui.names import same_name

COMPARED = {"name": "单位名称", "legal_representative": "法定代表人"}
TOLD = {"address": "注册地址"}  # shown, and left to the reader: an address is written in many ways
ENDED = frozenset({Status.CANCELLED, Status.REVOKED})
REGISTERS = (Register.ENTERPRISE, Register.CREDIT)
MEMORY = "registers"  # of a unit: what was read of it once


class Compared(NamedTuple):
    """One fact of the register beside what was typed; agrees is None where nobody judges."""

    label: str
    typed: str
    registered: str
    agrees: bool | None


def standings_of_unit(unit: Unit) -> dict[str, Standing]:
    """Register → how the unit's code stands there; read once."""
    if MEMORY not in unit.memory:
        found = standings_of(REGISTERS, [unit.uscc])
        unit.memory[MEMORY] = {register: standing for (register, _), standing in found.items()}
    known: dict[str, Standing] = unit.memory[MEMORY]
    return known


def compare(typed: Mapping[str, str], reply: Reply) -> list[Compared]:
    """Each fact that the register has sent, beside what was typed."""
    judged = [
        Compared(label, typed.get(name, ""), reply.facts[name], same_name(typed.get(name, ""), reply.facts[name]))
        for name, label in COMPARED.items()
        if name in reply.facts
    ]
    told = [
        Compared(label, typed.get(name, ""), reply.facts[name], None)
        for name, label in TOLD.items()
        if name in reply.facts
    ]
    return judged + told


def typed_in(unit: Unit) -> dict[str, str]:
    """What the unit says of itself, as far as the register says it, too."""
    return {name: getattr(unit, name) for name in (*COMPARED, *TOLD)}


def differences(unit: Unit, reply: Reply) -> list[str]:
    """A sentence for each fact that does not agree."""
    return [
        f"{one.label}与企业登记信息不一致：填写的是“{one.typed}”，登记的是“{one.registered}”"
        for one in compare(typed_in(unit), reply)
        if one.agrees is False
    ]


def register_findings(unit: Unit) -> Lines:
    """What both registers say of the unit, for components/checks.html; nothing of one that was never asked."""
    standings = standings_of_unit(unit)
    return [*enterprise_findings(unit, standings[Register.ENTERPRISE]), *credit_findings(standings[Register.CREDIT])]


def enterprise_findings(unit: Unit, standing: Standing) -> Lines:
    """State, name and person at the register of firms."""
    found = waiting(standing)
    if standing.reply is None:
        return found
    status, told, differ = Status(standing.reply.status), standing.told, differences(unit, standing.reply)
    if status in ENDED:
        found.append({"tone": "bad", "text": f"企业登记信息显示该单位已{status.label}", "detail": told})
    elif status == Status.MOVED:
        found.append({"tone": "warn", "text": "企业登记信息显示该单位已从原登记机关迁出，请核对证照", "detail": told})
    elif status == Status.ABSENT:
        found.append({"tone": "warn", "text": "企业登记信息里没有查到这个代码，请核对证照", "detail": told})
    elif not differ:
        found.append({"tone": "ok", "text": "企业登记信息：存续，单位名称和法定代表人一致", "detail": told})
    return found + [{"tone": "warn", "text": sentence, "detail": told} for sentence in differ]


def credit_findings(standing: Standing) -> Lines:
    """Whether the unit has a record of bad credit (domain.md §3)."""
    found = waiting(standing)
    if standing.reply is None:
        return found
    if standing.reply.status == Status.HIT:
        record = standing.reply.facts.get("record", "")
        text = f"信用信息显示该单位有失信记录{f'：{record}' if record else ''}"
        return [*found, {"tone": "bad", "text": text, "detail": standing.told}]
    return [*found, {"tone": "ok", "text": "信用信息：无失信记录", "detail": standing.told}]


def credit_of(unit: Unit) -> Lines:
    """The same for a case of the unit: its credit alone."""
    return credit_findings(standing_of(Register.CREDIT, unit.uscc))


def credit_section(unit: Unit) -> Sections:
    """信用核验, as the unit reads it in its case; nothing where it was never asked."""
    standing = standing_of(Register.CREDIT, unit.uscc)
    rows = rows_of(standing, credit_findings(standing))
    return [("信用核验", rows)] if rows else []


def rows_of(standing: Standing, said: Lines) -> list[Row]:
    """What is known of one register, as rows to read: when it was asked, and what it said."""
    if not (standing.reply or standing.question):
        return []
    told = [Row("核验结果", line["text"], "text") for line in said if line["tone"] != "todo"]
    return [Row(Register(standing.register).label, standing.words, "text"), *told]


def waiting(standing: Standing) -> Lines:
    """待核验 with its reason, or 尚未核验 of a register that could be asked."""
    name = Register(standing.register).label
    if standing.question is not None:
        return [{"tone": "todo", "text": f"{name}{WAITING}", "detail": standing.waits}]
    if standing.reply is None and is_connected(standing.register):
        return [{"tone": "todo", "text": f"{name}尚未核验，提交时自动查询"}]
    return []


def register_section(unit: Unit) -> Sections:
    """登记信息核验, for the unit as for its reviewers; nothing where no register was ever asked."""
    rows: list[Row] = []
    for standing in standings_of_unit(unit).values():
        rows += [*rows_of(standing, said_of(unit, standing)), *place_of(standing)]
    return [("登记信息核验", rows)] if rows else []


def place_of(standing: Standing) -> list[Row]:
    """Where the register has the unit, to be read beside its own address and district."""
    facts = standing.reply.facts if standing.reply else {}
    place = "，".join(facts[name] for name in ("district", "address") if name in facts)
    return [Row("登记的地址", place, "text")] if place else []


def refusal_of(unit: Unit) -> str:
    """Why the unit cannot be handed in by what the register says; "" where it can."""
    try:
        require(is_on_register, unit)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


def said_of(unit: Unit, standing: Standing) -> Lines:
    """What one register says of the unit."""
    if standing.register == Register.ENTERPRISE:
        return enterprise_findings(unit, standing)
    return credit_findings(standing)
