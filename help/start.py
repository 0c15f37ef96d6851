"""开始之前: may I apply. Six questions, no account, nothing is kept; an answer that stands against it names its rule (domain.md §3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.permissions import INSTITUTIONS
from help.figures import figures_of
from policy.models import ContractDateRule, PolicyVersion
from ui.forms import SayingMixin

YES, NO = "yes", "no"
ANSWERS = ((YES, "是"), (NO, "否"))


@dataclass(frozen=True)
class Question:
    """What is asked, which answer fits, the rule, and what can be done where it does not."""

    name: str
    words: str
    fits: str
    rule: str
    way: str
    hint: str = ""


QUESTIONS = (
    Question(
        "firm",
        "单位是在天津市登记的企业吗？",
        YES,
        f"申请单位须是在天津市登记的企业法人。{INSTITUTIONS}。",
        "事业单位、外地的机构可以申请服务机构入驻，为企业提供服务。",
        "看营业执照上的登记机关；事业单位选“否”",
    ),
    Question(
        "credit",
        "单位有失信记录吗？",
        NO,
        "申请单位须没有失信记录。",
        "先办信用修复；修复以后提交申请时会重新查询。",
        "可以在信用中国网站上查询",
    ),
    Question(
        "tie",
        "单位与要选的服务机构有隶属、共建或产权纽带关系吗？",
        NO,
        "申请单位与服务机构之间不得有隶属、共建、产权纽带等关联关系。",
        "换一家没有关联关系的服务机构。",
        "例如母公司与子公司、同一法定代表人",
    ),
    Question(
        "research",
        "这项服务用于本单位的研发活动吗？",
        YES,
        "支持与研发活动相关的服务；法定检验检测和没有创新内容的日常例行工作不支持。",
        "选与研发项目有关的服务；同一项目里的例行检测不要列入。",
        "产品出厂检验、强制认证、计量检定选“否”",
    ),
    Question(
        "funds",
        "这个项目已经得到其他财政科技资金吗？",
        NO,
        "已由其他财政科技资金支持的项目，不重复支持；同一张发票只能兑现一次。",
        "可以用没有得到财政资金的另一个项目申请。",
    ),
    Question(
        "contract",
        "与服务机构的合同已经签了吗？",
        NO,
        "先申请，再签合同：合同签订日期不得早于申请日期。",
        "已经签的合同不能用来申请；新的服务请先提交申请，再签合同。",
        "正在商谈、只有草案的，选“否”",
    ),
)


class StartForm(SayingMixin, forms.Form):
    """The six questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.name] = forms.ChoiceField(
                label=question.words,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                help_text=question.hint,
                error_messages={"required": "请选择“是”或“否”。"},
            )


@dataclass(frozen=True)
class Verdict:
    """What the answers come to: what stands against it, and what is only to be noted."""

    against: tuple[Question, ...]
    noted: tuple[Question, ...]


def verdict_of(answers: dict[str, str], policy: PolicyVersion) -> Verdict:
    """Hold each answer against its rule; the date of the contract as the policy does."""
    wrong = tuple(question for question in QUESTIONS if answers[question.name] != question.fits)
    noted = tuple(question for question in wrong if is_only_noted(question, policy))
    dropped = noted if policy.contract_date_rule == ContractDateRule.WARN else ()
    return Verdict(tuple(question for question in wrong if question not in noted), dropped)


def is_only_noted(question: Question, policy: PolicyVersion) -> bool:
    """Whether the policy lets an application go on all the same."""
    return question.name == "contract" and policy.contract_date_rule != ContractDateRule.HARD


def asked(data: QueryDict) -> StartForm:
    """The form with the answers that the address carries; empty at first."""
    return StartForm(data if any(question.name in data for question in QUESTIONS) else None)


def terms_told(policy: PolicyVersion) -> Iterator[tuple[str, str]]:
    """(label, words) of what may be got, under the policy in force."""
    figures = figures_of(policy)
    yield (
        "补贴多少",
        f"不超过合同金额的 {figures['ratio']}，每家企业每个自然年度不超过 {figures['cap']}；{figures['minimum']}",
    )
    yield "什么时候申请", figures["apply_window"]
    yield "多久审完", f"区初审 {policy.promised_district} 个工作日，专业机构复审 {policy.promised_body} 个工作日"
