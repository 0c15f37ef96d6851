"""Everything that lower floors ask of 创新券申请."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.cases.acts import Rows, acts_on
from accounts.certification.registered import credit_of, credit_section
from accounts.certification.snapshots import name_of, standing_warnings
from accounts.models import Unit, User
from orders.models import Order
from papers.evidence import way
from records.kinds import Act, Fact, kind_of
from records.models import Document
from records.people import Person
from reviews.appeals.pages import DROP_APPEAL, window_words
from reviews.kinds import LATER, Dossier, Ending, Lines, ReviewedKind
from reviews.models import Opinion, ReviewedCase
from reviews.reasons import Reason
from ui.forms import Row, Sections
from vouchers import services
from vouchers.checks import tie_warnings
from vouchers.facts import voucher_acts, voucher_facts
from vouchers.findings import findings_of
from vouchers.forms import ApplicationForm
from vouchers.ledger import as_one, counting_for, held, others
from vouchers.models import Application, QuotaAccount
from vouchers.notices import ON_REACHING
from vouchers.pages import sections_of
from vouchers.workflow import State

FREE = "目前可用"


@kind_of(Application)
class ApplicationKind(ReviewedKind):
    """A voucher application: applicant, order, answers, papers, and the quota."""

    matter = export_title = "创新券申请"
    reasons = (
        Reason.QUAL,
        Reason.REL,
        Reason.DUP,
        Reason.SCOPE,
        Reason.DATE,
        Reason.PARTY,
        Reason.DESC,
        Reason.LATE,
    )
    asked = "申请补贴金额"
    form = ApplicationForm
    amendable = ("project_name", "planned_from", "planned_to", "content", "contact", "phone")
    frozen_in = frozenset({State.APPEAL})
    notices = ON_REACHING
    meanwhile = dict.fromkeys(
        (State.DISTRICT, State.BODY), "可以先备好兑现时要用的材料：合同、发票、银行回单和服务成果证明。"
    )
    base, start, start_words = Order, "application_start", "申请创新券"
    steps = ReviewedKind.steps | {
        "withdraw": "撤回",
        "lapse": "逾期",
        "void": "作废",
        "give_back": "交回",
        "redeem": "兑现",
        "restore": "恢复",
    }
    endings = {
        "withdraw": Ending(
            "撤回申请",
            "撤回后这份申请结束，占用的额度立即退回；同一个订单可以重新申请。确定要撤回吗？",
            "确认撤回",
            "申请已撤回，占用的额度已退回。需要时可以在【创新券申请】里重新申请。",
        ),
        "give_back": Ending(
            "作废创新券",
            "作废后这张创新券不能再兑现，批准的额度退回本年度；此操作不能恢复。确定要作废吗？",
            "确认作废",
            "创新券已作废，批准的额度已退回。",
        ),
        "drop_appeal": DROP_APPEAL,
    }

    def sections(self, case: Application, *, own: bool) -> Sections:
        """The application as it was typed, and what other cases hold of the quota; for the unit what is known of its credit."""
        return [*sections_of(case), *quota_section(case), *(credit_section(case.unit) if own else [])]

    def facts(self, case: Application) -> list[Row]:
        """Parties, sums, what the year still holds, and the planned days."""
        return facts_of(case)

    def handed_in(self, case: Application, _step: str) -> Dossier:
        """The application without the quota of other cases."""
        return Dossier(sections=sections_of(case), documents=self.documents(case))

    def documents(self, case: Application) -> list[Document]:
        """The draft of the contract, where there is one."""
        return [case.contract_draft] if case.contract_draft else []

    def findings(self, case: Application) -> Lines:
        """The unit's credit, sums, days, the mark, and earlier applications that may be for the same work."""
        return [*credit_of(case.unit), *findings_of(case)]

    def warnings(self, case: Application) -> list[str]:
        """How the unit stands, and the signs of a tie to the provider."""
        return [*standing_warnings(case.unit), *tie_warnings(case, case.order.provider)]

    def limit(self, case: Application) -> Decimal | None:
        """At 复审, and where it is looked at once more, what was applied for."""
        return case.applied_amount if case.state == State.BODY or led_to_voucher(case) else None

    def next_words(self, case: Application, *, own: bool) -> str:
        """The voucher's two dates; the way back after an end; how long 复核 may be asked for."""
        window = window_words(case) if own else ""
        if case.state == State.APPROVED and own:
            return f"请在 {case.voucher.use_by} 前完成服务，在 {case.voucher.redeem_by} 前申请兑现。{window}"
        if case.state in Application.DEAD and own and case.order.is_alive:
            return f"{window}可以在【创新券申请】里对同一个订单重新申请。"
        return ""

    def appealed(self, case: Application, *, by: Person) -> None:
        """What the decision has given back of the quota is reserved again."""
        services.reserve_again(case, by=by)

    def weigh(self, case: Application, opinion: Opinion) -> None:
        """Deadline, amount and dates of the voucher."""
        services.weigh_verdict(case, opinion)

    def give_number(self, case: ReviewedCase) -> None:
        """The number of the voucher."""
        if isinstance(case, Application):
            services.give_number(case)

    def foretell(self, case: Application, _opinion: Opinion) -> None:
        """The number of the voucher comes later."""
        case.voucher_number = LATER if case.state == State.APPROVED else None

    def after_verdict(self, case: Application, opinion: Opinion) -> None:
        """The quota."""
        services.after_verdict(case, opinion)

    def facts_on(self, things: Sequence[Order]) -> dict[int, list[Fact]]:
        """What buyer and provider of an order read of its voucher."""
        return voucher_facts(things)

    def acts_on(self, things: Sequence[Order], user: Person) -> dict[int, list[Act]]:
        """How the buyer of an order goes on."""
        return voucher_acts(things, user)

    def export(self, user: User) -> Rows:
        """What the person did with applications; their content is the unit's."""
        return acts_on(Application, user)

    def keeps(self, unit: Unit) -> bool:
        """An application under way, or a voucher that may still be used."""
        return Application.objects.live().filter(unit=unit).exclude(state__in=(State.DRAFT, State.REDEEMED)).exists()


def led_to_voucher(case: Application) -> bool:
    """Whether 复核通过 gives the voucher, or sets its amount anew."""
    return bool(case.state == State.APPEAL and case.appealed_from != State.DISTRICT_REJECTED)


def facts_of(application: Application) -> list[Row]:
    """What decides an application: both parties, sums, what the year still holds, and the planned days."""
    quota = {row.label: row for _, rows in quota_section(application) for row in rows}
    draft, granted = application.contract_draft, application.approved_amount
    nothing = "—" if application.state in application.DEAD else "待审核"
    return [
        Row("申请单位", name_of(application)),
        Row("服务机构", application.order.provider.legal_name),
        Row("预计合同金额", application.contract_amount, "money", way=way(draft) if draft else None),
        Row("申请补贴金额", application.applied_amount, "money"),
        Row("批准金额", granted or nothing, "money" if granted else ""),
        *(quota[label] for label in ("年度上限", FREE) if label in quota),
        Row("计划开始日期", application.planned_from, "date"),
        Row("计划结束日期", application.planned_to, "date"),
    ]


def quota_section(application: Application) -> Sections:
    """What the unit's other cases hold of the year's quota; read once for strip and dossier."""
    if "quota" not in application.memory:
        application.memory["quota"] = read_quota(application)
    read: Sections = application.memory["quota"]
    return read


def read_quota(application: Application) -> Sections:
    """The same, as it stands now."""
    accounts = list(counting_for(application, QuotaAccount.objects.all()))
    if not accounts:
        return []
    other, account = others(accounts, held(application)), as_one(accounts)
    rows = [
        Row("年度", str(account.cycle)),
        Row("年度上限", account.cap, "money"),
        Row("其他申请占用", other.reserved, "money"),
        Row("其他已批准", other.approved, "money"),
        Row("其他已兑现", other.used, "money"),
        Row(FREE, account.free, "money"),
    ]
    return [("年度额度", rows)]
