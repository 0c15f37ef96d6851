"""Everything that lower floors ask of 单位认证."""

from accounts.cases.acts import Rows, acts_on
from accounts.certification import services
from accounts.certification.dossier import (
    NEXT_WORDS,
    compared_sections,
    facts_of,
    findings_of,
    papers_of,
    sections_of,
    warnings_of,
)
from accounts.certification.forms import CertificationForm
from accounts.certification.notices import ON_REACHING
from accounts.certification.registered import register_findings, register_section
from accounts.models import Unit, User
from accounts.workflow import State
from records.kinds import kind_of
from records.models import Document
from reviews.kinds import Dossier, Lines, ReviewedKind
from reviews.models import Opinion
from reviews.reasons import Reason
from ui.forms import Row, Sections


@kind_of(Unit)
class CertificationKind(ReviewedKind):
    """A unit, whose own certification is the case; what happens to its people stands in the same trail."""

    matter = export_title = "单位认证"
    reasons = (Reason.QUAL, Reason.PARTY, Reason.LATE)
    notices = ON_REACHING
    form = CertificationForm
    form_given = {"by": User(), "draft": True}  # nobody: no paper is kept when a proposal is judged
    amendable = ("address", "founded_on", "industry", "staff_count", "handler_name", "handler_phone")
    meanwhile = {State.PENDING: "可以先在【科淘平台】挑选服务产品并下单；认证通过后就能为订单申请创新券。"}
    endings = {}  # a certification has no end that the unit chooses
    steps = ReviewedKind.steps | {
        "reopen": "转为需重新认证",
        "expire": "到期",
        "admit_code": "核验代码",
        "update": "更新资料",
        "freeze": "冻结",
        "unfreeze": "解除冻结",
        "member_role": "调整角色",
        "handed_over": "移交管理员",
        "member_left": "离开单位",
        "member_removed": "移出单位",
        "invited": "发出邀请",
        "invitation_accepted": "接受邀请",
        "invitation_declined": "谢绝邀请",
        "invitation_withdrawn": "撤回邀请",
        "join_asked": "申请加入",
        "join_admitted": "同意加入",
        "join_declined": "未同意加入",
    }

    def sections(self, case: Unit, *, own: bool) -> Sections:
        """The certification as the platform reviews it; the unit reads here what reviewers read among the checks."""
        return [*compared_sections(case), *(register_section(case) if own else [])]

    def facts(self, case: Unit) -> list[Row]:
        """Name, code, person, place, figures and the licence's days."""
        return facts_of(case)

    def handed_in(self, case: Unit, _step: str) -> Dossier:
        """The certification as it is, with the licence that counts."""
        return Dossier(sections=sections_of(case), documents=[case.licence] if case.licence else [])

    def documents(self, case: Unit) -> list[Document]:
        """The unit's licence, newest first, with those that it replaced."""
        return papers_of(case)

    def findings(self, case: Unit) -> Lines:
        """What the machine has checked, and what a person has to."""
        return [*findings_of(case), *register_findings(case)]

    def warnings(self, case: Unit) -> list[str]:
        """What every reviewer should see."""
        return warnings_of(case)

    def next_words(self, case: Unit, *, own: bool) -> str:
        """What the unit does next, and what others read of a frozen one."""
        if not own and case.is_frozen:
            return "冻结期间该单位不能提交新的事项，由科服网平台解除冻结。"
        return NEXT_WORDS.get(State(case.state), "") if own else ""

    def after_verdict(self, case: Unit, opinion: Opinion) -> None:
        """What was certified is written down for good."""
        services.after_verdict(case, opinion)

    def export(self, user: User) -> Rows:
        """What the person did with units' certifications."""
        return acts_on(Unit, user)

    def keeps(self, _unit: Unit) -> bool:
        """A certification alone keeps nobody: the cases that stand on it do."""
        return False
