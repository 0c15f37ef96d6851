"""What an admission shows to those who read it, and what the platform should look at twice."""

from typing import Any

from django.conf import settings

from accounts.cases.pages import CORRECT, FILL_IN
from catalog.admissions.forms import AdmissionForm
from catalog.admissions.on_papers import paper_lines
from catalog.mall.pages import scope_rows
from catalog.models import Admission, Provider, Qualification
from catalog.workflow import State
from reviews.kinds import Lines
from reviews.marks import keyed
from ui.forms import Row, Sections, read_sections

ROWS = "qualifications"  # the name of the list of certificates
TYPED = ("机构介绍", "联系人")
NEXT_WORDS = {  # what comes next for the unit itself; the common words say the rest
    State.DRAFT: FILL_IN,
    State.RETURNED: CORRECT,
    State.REJECTED: "本次申请已结束；情况有变化的，可以重新申请入驻。",
    State.SUSPENDED: f"暂停期间产品不显示创新券标识，已有订单照常办理；有异议请联系政策咨询 {settings.POLICY_PHONE}。",
    State.EXPIRED: "产品不再显示创新券标识，已有订单照常办理；可以重新申请入驻。",
    State.WITHDRAWN: "可以重新申请入驻。",
}


def sections_of(admission: Admission) -> Sections:
    """The certified unit, then what was typed, the scope and the pledge."""
    unit, typed = admission.unit, dict(read_sections(AdmissionForm, admission))
    applicant = [
        Row("单位名称", unit.name),
        Row("统一社会信用代码", unit.uscc),
        Row("单位类型", unit.get_kind_display()),
        Row("法定代表人", unit.legal_representative),
        Row("单位认证", unit.get_state_display()),
    ]
    pledge = [
        Row("服务机构承诺", "已承诺" if admission.pledged_at else ""),
        Row("承诺时间", admission.pledged_at, "time"),
    ]
    terms = [Row("有效期自", admission.valid_from, "date"), Row("有效期至", admission.valid_until, "date")]
    return [
        ("申请单位", applicant),
        *((title, typed[title]) for title in TYPED),
        ("服务范围", scope_rows(admission)),
        ("承诺", pledge),
        *([("入驻有效期", terms)] if admission.valid_until else []),
    ]


def facts_of(admission: Admission) -> list[Row]:
    """What decides an admission: who, where, for what, and how long the certificates hold."""
    unit, rows = admission.unit, admission.certificates
    ends = [row.valid_until for row in rows if row.valid_until]
    return [
        Row("申请单位", unit.name),
        Row("统一社会信用代码", unit.uscc),
        Row("法定代表人", unit.legal_representative),
        Row("单位认证", unit.get_state_display()),
        Row("地区", f"{admission.get_region_display()} {admission.city}".strip()),
        Row("资质", f"{len(rows)} 件"),
        Row("资质最早到期", min(ends, default="长期" if rows else None), "date" if ends else ""),
        Row("入驻有效期至", admission.valid_until or "审核后确定", "date" if admission.valid_until else ""),
    ]


def table_of(certificates: list[Qualification]) -> dict[str, Any]:
    """The certificates as a table of components/rows_table.html."""
    lines = [
        [
            ("类型", row.label, ""),
            ("证书编号", row.number, ""),
            ("有效期", row.validity, ""),
            ("文件", row.document, "document"),
        ]
        for row in certificates
    ]
    head = ["类型", "证书编号", "有效期", "文件"]
    keys = keyed(ROWS, certificates)
    return {"title": "资质", "keys": keys, "head": head, "lines": lines, "total": None, "note": ""}


def findings_of(admission: Admission) -> Lines:
    """What the machine has checked, and what a person has to."""
    certified, certificates = admission.unit.is_certified, admission.certificates
    ended = [str(row) for row in certificates if row.has_ended]
    return [
        *paper_lines(admission),
        {"tone": "ok" if certified else "bad", "text": f"单位认证：{admission.unit.get_state_display()}"},
        {"tone": "bad", "text": f"已过期的资质：{'、'.join(ended)}"}
        if ended
        else {"tone": "ok" if certificates else "warn", "text": "资质都在有效期内" if certificates else "没有填写资质"},
        {"tone": "todo", "text": "证书上的名称与单位名称一致，编号、有效期与证书一致"},
        {"tone": "todo", "text": "服务范围与资质、人员和设备相称"},
    ]


def warnings_of(admission: Admission) -> list[str]:
    """What every reviewer should see."""
    unit, said = admission.unit, []
    found = Provider.objects.to_carry(unit).first()
    if found is not None:
        said.append(f"科淘已有同一代码的服务机构“{found}”：通过后更新这家机构，不另建。")
    labs = Provider.objects.laboratories_of(unit).count()
    if labs:
        said.append(f"该单位是 {labs} 家京津冀开放实验室的依托单位，通过后由该单位办理这些实验室的订单。")
    if unit.admissions.filter(state__in=(State.SUSPENDED, State.EXPIRED)).exclude(pk=admission.pk).exists():
        said.append("该单位以前入驻过，请查看历次入驻的情况。")
    if unit.uscc[2:4] not in {"11", "12", "13"}:
        said.append("代码的登记机关不在京津冀，请核对证照。")
    return said
