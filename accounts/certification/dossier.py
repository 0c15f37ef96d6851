"""What the platform reads of a certification, and what it should look at twice."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.cases.pages import CORRECT, FILL_IN
from accounts.certification.forms import CertificationForm
from accounts.certification.on_licence import is_confirmed, licence_lines
from accounts.certification.snapshots import Change
from accounts.models import Unit, UnitKind, UnitSnapshot
from accounts.permissions import INSTITUTIONS, is_code_sound, is_licence_in_force
from accounts.uscc import problems
from accounts.workflow import State
from records.models import Document
from reviews.kinds import Lines
from ui.forms import Row, Sections, read_sections
from ui.templatetags.ui import day, figure

STANDING = frozenset({State.CERTIFIED, State.FROZEN, State.UNCERTIFIED})  # nothing is under way that could differ
TEN_THOUSAND = frozenset({"capital", "revenue", "research_spend"})  # their labels say 万元 already
TIANJIN = "12"
NEXT_WORDS = {  # what comes next for the unit itself; the common words say the rest
    State.UNCERTIFIED: FILL_IN,
    State.RETURNED: CORRECT,
    State.REJECTED: "本次认证已结束；情况有变化的，可以重新申请认证。",
    State.CERTIFIED: "可以下单并申请创新券；单位名称或证照有变化时，请重新认证。",
    State.EXPIRED: "请更新认证资料并提交审核，通过前不能提交新的申请；已提交的事项照常办理。",
    State.FROZEN: f"冻结期间不能新下订单、申请和兑现，已提交的事项照常办理；有异议请联系政策咨询 {settings.POLICY_PHONE}。",
}


def sections_of(facts: Unit | UnitSnapshot) -> Sections:
    """The form's sections, read only; amounts in 万元 are shown as plain figures, the licence's term in one row."""
    return [
        (title, [plain(row, facts) for row in rows if row.name != "licence_permanent"])
        for title, rows in read_sections(CertificationForm, facts)
    ]


def facts_of(unit: Unit) -> list[Row]:
    """What decides a certification: who it is, where, what it has and how long its licence holds."""
    return [
        Row("单位名称", unit.name),
        Row("统一社会信用代码", unit.uscc),
        Row("单位类型", unit.get_kind_display()),
        Row("法定代表人", unit.legal_representative),
        Row("所在区", str(unit.district or "")),
        Row("成立日期", unit.founded_on, "date"),
        Row("注册资本（万元）", figure(unit.capital) if unit.capital is not None else ""),
        Row("证照有效期至", unit.licence_term),
    ]


def plain(row: Row, facts: Unit | UnitSnapshot) -> Row:
    """A row whose label already says 万元; 长期 for a licence without an end."""
    if row.name == "licence_until":
        return row._replace(value=facts.licence_term, kind="")
    if row.name in TEN_THOUSAND:
        return row._replace(value=figure(row.value) if row.value is not None else "", kind="")
    return row


def compared_sections(unit: Unit) -> Sections:
    """The sections; while the unit certifies again, what differs from what was certified last shows both values."""
    told, before = sections_of(unit), unit.certified_as
    if before is None or unit.state in STANDING:
        return told
    old = {row.name: row.value for _, rows in sections_of(before) for row in rows}
    return [(title, [compared(row, old[row.name]) for row in rows]) for title, rows in told]


def compared(row: Row, before: Any) -> Row:
    """The row as it is, or with both values where it has changed."""
    return row if before == row.value else row._replace(value=Change(before, row.value, row.kind), kind="changed")


def changes_of(unit: Unit) -> list[str]:
    """The labels of what differs from the last certification."""
    return [row.label for _, rows in compared_sections(unit) for row in rows if row.kind == "changed"]


def papers_of(unit: Unit) -> list[Document]:
    """The unit's licence, newest first, with those that it replaced."""
    return list(unit.documents.order_by("-created_at"))


def findings_of(unit: Unit) -> Lines:
    """What the machine has checked, and what a person has to."""
    changed = changes_of(unit)
    again = {"tone": "warn", "text": f"与上次认证相比有 {len(changed)} 项变化：{'、'.join(changed)}"}
    return [
        code_finding(unit),
        term_finding(unit),
        *([again] if changed else []),
        *licence_lines(unit),
        *([] if is_confirmed(unit) else [{"tone": "todo", "text": "单位名称、代码、法定代表人与证照一致"}]),
        {"tone": "todo", "text": "证照清晰、四角完整，有效期与填写的一致"},
        {"tone": "todo", "text": f"所属区与注册地址一致：{unit.district or '未选择'}，{unit.address or '未填写'}"},
    ]


def code_finding(unit: Unit) -> dict[str, str]:
    """The check digit: right, admitted on paper proof, or still to be admitted on a page of its own."""
    if not problems(unit.uscc):
        return {"tone": "ok", "text": "统一社会信用代码校验通过"}
    if unit.code_admitted_at:
        words = f"校验位不符，平台已于 {day(unit.code_admitted_at)} 凭证照核验：{unit.code_admitted_words}"
        return {"tone": "warn", "text": "统一社会信用代码", "detail": words}
    finding = {"tone": "bad", "text": "统一社会信用代码的校验位不符，申请单位称证照上确为此代码；核验之前不能通过"}
    if unit.state == State.PENDING:
        finding |= {"url": reverse("certification_admit", args=[unit.number]), "label": "核验代码"}
    return finding


def term_finding(unit: Unit) -> dict[str, str]:
    """How long the licence lasts."""
    if not unit.licence_term:
        return {"tone": "todo", "text": "证照有效期未填写"}
    if unit.licence_permanent:
        return {"tone": "todo", "text": "申请单位填写证照长期有效，请对照证照"}
    ended = not is_licence_in_force(unit)
    return {"tone": "bad" if ended else "ok", "text": f"证照有效期至 {unit.licence_term}{'，已过期' if ended else ''}"}


def warnings_of(unit: Unit) -> list[str]:
    """What every reviewer should see."""
    said = []
    if not is_code_sound(unit):
        said.append(
            "统一社会信用代码的校验位不符，核验之前不能通过：请对照证照，在【核对】里点“核验代码”，或者退回修改。"
        )
    if unit.uscc[2:4] != TIANJIN:
        said.append("代码的登记机关不在天津。在津注册的单位才能申请创新券，请核对证照。")
    if unit.kind == UnitKind.INSTITUTION:
        said.append(f"{INSTITUTIONS}。")
    if unit.handler_phone and Unit.objects.filter(handler_phone=unit.handler_phone).exclude(pk=unit.pk).exists():
        said.append("经办人手机号与另一家已登记单位相同，请核对是否为代办或关联单位。")
    return said
