"""What the gallery shows: invented cases with long names, empty lists and refused forms."""

import datetime as dt
import uuid
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from ui.fields import AccountNumberField, DateField, FilesField, MoneyField, NameField, PersonField, PhoneField
from ui.forms import Row, Sections, SectionsMixin, missing_of
from ui.templatetags.cards import Card
from ui.templatetags.ui import DRAWINGS
from ui.widgets import Lines

UNIT = "天津样例海河先进复合材料与智能制造联合研究院（滨海）股份有限公司"
LONG_NAME = "复合材料层合板力学与可靠性试验（含高低温环境箱）一站式服务"
STATES = {
    "draft": "草稿",
    "underway": "待复审",
    "yours": "初审退回修改",
    "done": "复审通过",
    "refused": "复审不通过",
    "ended": "已撤回",
}

LAB = {
    "title": "样例先进复合材料国家重点实验室",
    "url": "#",
    "host": UNIT,
    "region": "天津 · 西青区",
    "kind": "国家级重点实验室",
    "fields": ["新材料", "航空航天"],
    "services": "力学试验、热分析",
    "number": "TJ0001",
    "batch": "第 1 批",
}


class SampleForm(SectionsMixin, forms.Form):
    """One field of each kind."""

    sections: ClassVar = {
        "服务内容": ["title", "kind", "content", "starts_on"],
        "金额与帐号": ["amount", "account"],
        "联系人与承诺": ["contact", "phone", "honours", "mode", "papers", "promise"],
    }

    title = NameField(label="项目名称", help_text="与合同上的项目名称一致，不超过 120 字。")
    kind = forms.ChoiceField(label="单位类型", choices=[("", "请选择"), ("a", "企业"), ("b", "事业单位")])
    content = forms.CharField(
        label="服务内容及与研发活动的关系", widget=Lines(), min_length=50, max_length=2000, help_text="50 至 2000 字。"
    )
    starts_on = DateField(label="计划开始日期", ahead=0)
    amount = MoneyField(label="申请补贴金额", capitals=True, help_text="整元。最多可申请 30,000 元。")
    account = AccountNumberField(label="收款账号")
    contact = PersonField(label="联系人")
    phone = PhoneField(label="手机", required=False)
    honours = forms.MultipleChoiceField(
        label="企业资质",
        choices=[("h", "高新技术企业"), ("s", "科技型中小企业")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(label="服务评价", choices=[("5", "满意"), ("3", "一般")], widget=forms.RadioSelect)
    papers = FilesField(label="附件", required=False)
    promise = forms.BooleanField(label="本单位承诺所填内容和所传材料真实有效")


class FilterForm(forms.Form):
    """A list's filters."""

    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("body", "待复审")], required=False)
    q = forms.CharField(label="关键词", required=False)


def case(tone: str) -> Any:
    """A case of this tone."""
    return SimpleNamespace(
        number="CX20260000123", version=3, tone=tone, get_state_display=STATES[tone], title="创新券申请"
    )


def samples() -> dict[str, Any]:
    """Context of the gallery."""
    return {
        **form_samples(),
        "unit": UNIT,
        "card_samples": CARDS,
        "lab_samples": [LAB, {**LAB, "paused": "暂停", "instruments": "扫描电子显微镜"}],
        "now": timezone.now(),
        "states": [case(tone) for tone in STATES],
        "case": case("yours"),
        "facts": FACTS,
        "actions": ACTIONS,
        "steps": steps(),
        "opinions": opinions(),
        "sections": sections(),
        "page": Paginator(range(400), 20).page(7),
        "tabs": [{"label": name, "url": f"#part-{n}", "count": n} for n, name in enumerate(TABS)],
        "crumbs": [("用户中心", "#"), ("创新券申请", "#"), ("CX20260000123", "")],
        "quota": {key: Decimal(value) for key, value in QUOTA.items()},
        "categories": list(DRAWINGS),
        "checks": CHECKS,
        "events": [{"label": "提交申请", "at": timezone.now(), "by": UNIT, "note": ""}] * 2,
        "documents": [SimpleNamespace(pk=uuid.UUID(int=0), name=PAPER, size=3_400_000)],
    }


def form_samples() -> dict[str, Any]:
    """A form still empty, a form refused, a filter in use."""
    typed = {"title": "一", "amount": "-5", "phone": "123", "account": "12", "starts_on": "2999-01-01"}
    refused = SampleForm(typed, corrections=["content"])
    refused.is_valid()
    filters = FilterForm({"state": "body", "q": "检测"})
    filters.is_valid()
    return {"form": SampleForm(), "missing": missing_of(SampleForm()), "refused": refused, "filters": filters}


FACTS = [("当前办理", "您的单位"), ("请在此日期前", "2026-12-08"), ("您现在可以", "修改后重新申请")]
PAPER = "技术服务合同（盖章扫描件，共 28 页）.pdf"
ACTIONS = [
    {"label": "修改并重新申请", "url": "#", "primary": True},
    {"label": "撤回", "url": "#", "dialog": "sample-dialog"},
]
TABS = ("内容", "材料", "审核意见", "进度")
QUOTA = {"cap": "150000", "reserved": "20000", "approved": "45000", "used": "55000", "free": "30000"}
CARDS = [
    Card(LONG_NAME, "#", UNIT, "天津", Decimal(QUOTA["used"]), "检验检测", is_marked=True, after=Decimal(27500)),
    Card("智能算力租用", "#", "样例算力中心", "北京", "面议", "智能计算与数据"),
]
CHECKS = [
    {"tone": "ok", "text": "统一社会信用代码校验通过"},
    {"tone": "warn", "text": "法定代表人与服务机构相同", "detail": "请核对是否存在关联关系"},
    {"tone": "bad", "text": "合同日期早于申请日期"},
    {"tone": "todo", "text": "合同已签章、页码齐全"},
]


def steps() -> list[dict[str, Any]]:
    """A case that was returned at its second stage."""
    now = timezone.now()
    office = {"office": "天津市滨海新区科技主管部门（样例）", "arrived": now, "promised_days": 5, "used_days": 3}
    return [
        {"label": "提交申请", "state": "done", "decided": now},
        {"label": "区初审", "state": "done", "decided": now, **office},
        {"label": "专业机构复审", "state": "returned", **office, "next": "请在 2026-12-08 前补充材料"},
        {"label": "再次复审", "state": "current", **office},
        {"label": "复审通过", "state": "todo", "promised_days": 10},
    ]


def opinions() -> list[dict[str, Any]]:
    """Two opinions, one of them long."""
    words = "合同第 12 页扫描不清，乙方未盖章；请补传清晰的盖章扫描件，并说明服务内容与贵单位研发项目的关系。"
    row = {"round": 1, "office": "天津样例科技评估中心", "at": timezone.now()}
    return [
        {"sequence": 1, "stage": "区初审", "result": "通过", "text": "材料齐全。", **row},
        {"sequence": 2, "stage": "专业机构复审", "result": "退回修改", "text": words * 3, **row},
    ]


def sections() -> Sections:
    """A read-only case."""
    return [
        (
            "单位与服务",
            [
                Row("单位名称", UNIT),
                Row("统一社会信用代码", "91120116000000027M"),
                Row("预计合同金额", Decimal("120000.00"), "money"),
                Row("计划开始日期", dt.date(2026, 11, 24), "date"),
                Row("开户行", ""),
                Row("企业资质", ["高新技术企业", "雏鹰"], "list"),
                Row("服务内容及与研发活动的关系", "委托开展力学与可靠性试验。\n用于新材料的定型。", "text"),
            ],
        )
    ]
