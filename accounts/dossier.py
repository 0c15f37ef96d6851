"""What the platform reads of a certification, and what it should look at twice."""

from typing import Any

from accounts.certification_form import CertificationForm
from accounts.models import Unit, UnitKind
from accounts.uscc import problems
from accounts.workflow import State
from records.models import Document
from reviews.dossiers import dossier_of
from reviews.progress import next_words_of
from ui.forms import read_sections

TEN_THOUSAND = {"注册资本（万元）", "上年销售收入（万元）", "上年研发投入（万元）"}
TIANJIN = "12"
NEXT_WORDS = {  # what comes next for the unit itself; the common words say the rest
    State.UNCERTIFIED: "请填写完整并提交科服网平台审核。",
    State.RETURNED: "请按审核意见修改，然后重新提交。",
    State.REJECTED: "本次认证已结束；情况有变化的，可以重新申请认证。",
    State.CERTIFIED: "可以下单并申请创新券；单位名称或证照有变化时，请重新认证。",
    State.EXPIRED: "请更新认证资料并提交审核，通过前不能提交新的申请。",
    State.FROZEN: "冻结期间不能新下订单、申请和兑现；有异议请联系政策咨询 23532900-836/821。",
}


def sections_of(unit: Unit) -> list[tuple[str, list[Any]]]:
    """The form's sections, read only; amounts in 万元 are shown as plain figures."""
    return [(title, [plain(row) for row in rows]) for title, rows in read_sections(CertificationForm, unit)]


def plain(row: Any) -> Any:
    """A row whose label already says 万元."""
    label, value, kind = row
    return (label, f"{value:,.2f}" if value is not None else "", "") if label in TEN_THOUSAND else (label, value, kind)


def papers_of(unit: Unit) -> list[Document]:
    """The unit's licence, newest first, with those that it replaced."""
    return list(unit.documents.order_by("-created_at"))


@dossier_of(Unit)
def tell_unit(unit: Unit, _user: Any) -> dict[str, Any]:
    """The certification as the platform reviews it."""
    return {
        "sections": sections_of(unit),
        "documents": papers_of(unit),
        "findings": findings_of(unit),
        "warnings": warnings_of(unit),
    }


@next_words_of(Unit)
def next_words(unit: Unit, own: bool) -> str:
    """What the unit does next."""
    return NEXT_WORDS.get(unit.state, "") if own else ""


def findings_of(unit: Unit) -> list[dict[str, str]]:
    """What the machine has checked, and what a person has to."""
    sound = not problems(unit.uscc)
    return [
        {"tone": "ok" if sound else "bad", "text": f"统一社会信用代码校验{'通过' if sound else '不通过'}"},
        {"tone": "todo", "text": "单位名称、代码、法定代表人与证照一致"},
        {"tone": "todo", "text": "证照清晰、四角完整、在有效期内"},
        {"tone": "todo", "text": f"所属区与注册地址一致：{unit.district or '未选择'}，{unit.address or '未填写'}"},
    ]


def warnings_of(unit: Unit) -> list[str]:
    """What every reviewer should see."""
    said = []
    if unit.uscc[2:4] != TIANJIN:
        said.append("代码的登记机关不在天津。在津注册的单位才能申请创新券，请核对证照。")
    if unit.kind == UnitKind.INSTITUTION:
        said.append("事业单位可以作为服务机构，但不能申请创新券。")
    if unit.handler_phone and Unit.objects.filter(handler_phone=unit.handler_phone).exclude(pk=unit.pk).exists():
        said.append("经办人手机号与另一家已登记单位相同，请核对是否为代办或关联单位。")
    return said
