"""Everything that lower floors ask of 创新券兑现."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.cases.acts import Rows, acts_on
from accounts.certification.snapshots import standing_warnings
from accounts.models import Unit, User
from records.kinds import kind_of
from records.models import Document
from records.people import Person
from redemption import services
from redemption.checks import doubts, papers_of
from redemption.dossier import (
    answers_of,
    documents_of,
    facts_of,
    insiders_in,
    kind_warnings,
    most_of,
    parties_of,
    tables_of,
    voucher_sections,
)
from redemption.findings.lines import desk_lines
from redemption.findings.ties import ties_of
from redemption.forms import ClaimForm
from redemption.models import Claim
from redemption.notices import ON_REACHING
from redemption.rows.kinds import KINDS
from redemption.verdicts import services as verdicts
from redemption.verification import verified_of
from redemption.workflow import State
from reviews.appeals.pages import DROP_APPEAL, window_words
from reviews.kinds import LATER, Dossier, Ending, Lines, Near, Party, ReviewedKind
from reviews.marks import is_row, list_of, row_key
from reviews.models import Opinion, ReviewedCase, Verdict
from ui.forms import Row, Sections
from vouchers.models import Application

FORM_COMES = "可以先约好签字和盖章：市级受理后要打印兑现申请表，签字、盖章后上传扫描件。"


@kind_of(Claim)
class ClaimKind(ReviewedKind):
    """A redemption: the voucher, the result, the row lists and what was checked."""

    matter = export_title = "创新券兑现"
    asked = "申请兑现金额"
    form = ClaimForm
    amendable = ("completed_on", "effect")
    frozen_in = frozenset({State.EXPERTS, State.APPEAL})  # the 兑现申请表 is printed and signed; what was decided on
    notices = ON_REACHING
    meanwhile = {
        State.DISTRICT: FORM_COMES,
        State.FORMAL: FORM_COMES,
        State.EXPERTS: "请保管好发票、银行回单和合同的原件，以备核对。",
    }
    base, start, start_words = Application, "claim_start", "申请兑现"
    verdicts = {Verdict.FORM_RETURN: "申请表退回重传"}
    steps = ReviewedKind.steps | {
        "withdraw": "撤回",
        "lapse": "逾期",
        "upload_form": "上传申请表",
        "return_form": "申请表退回重传",
        "export": "导出",
        "verify": "重新查验发票",
        "claim_paid": "登记拨付",
        "claim_payment_struck": "撤销拨付登记",
    }
    endings = {
        "withdraw": Ending(
            "撤回兑现申请",
            "撤回后这份兑现申请结束，发票和回单可以再用；在兑现截止日期前可以重新申请。确定要撤回吗？",
            "确认撤回",
            "兑现申请已撤回。在兑现截止日期前可以重新申请。",
        ),
        "drop_appeal": DROP_APPEAL,
    }

    handing_in = ReviewedKind.handing_in | {"upload_form"}

    def sections(self, case: Claim, *, own: bool) -> Sections:
        """The voucher with its arithmetic, and the answers."""
        return [*voucher_sections(case, papers_of(case)), *answers_of(case, whole=own)]

    def facts(self, case: Claim) -> list[Row]:
        """Parties, sums and last days."""
        return facts_of(case, papers_of(case))

    def handed_in(self, case: Claim, step: str) -> Dossier:
        """The whole claim; later its stamped form alone. What others say of the invoices was not handed in."""
        if step == "submit":
            return Dossier([], self.sections(case, own=True), tables_of(papers_of(case)), self.documents(case))
        form = [Row("申请表编号", case.form_number), Row("版本", case.form_version)]
        return Dossier(sections=[("兑现申请表", form)], documents=[case.stamped_form] if case.stamped_form else [])

    def tables(self, case: Claim) -> Lines:
        """The three row lists with their totals, and what 发票查验 says of the invoices."""
        papers = papers_of(case)
        return tables_of(papers, verified_of(case, papers.invoices))

    def documents(self, case: Claim) -> list[Document]:
        """Every paper that stands in the claim now."""
        return documents_of(case, papers_of(case))

    def findings(self, case: Claim) -> Lines:
        """What does not agree, what waits, and what does agree, with the sources."""
        return desk_lines(case, papers_of(case))

    def warnings(self, case: Claim) -> list[str]:
        """How the unit stands, ties to the provider, money that comes back, invoices of no listed kind."""
        papers = papers_of(case)
        return [
            *standing_warnings(case.unit),
            *ties_of(case, papers),
            *doubts(case, own=False),
            *kind_warnings(papers),
        ]

    def corrections(self, _case: Claim) -> list[tuple[str, str]]:
        """The papers that show the result, and the three row lists."""
        return [("result_papers", "服务成果证明"), *((kind.related, kind.title) for kind in KINDS.values())]

    def place_of_mark(self, mark: str) -> str:
        """A field, a list, or a row of one: the page opens in the part where it stands."""
        kind = next((kind for kind in KINDS.values() if kind.related == list_of(mark)), None)
        if kind is None:
            return super().place_of_mark(mark)
        name = f"{kind.name}-{row_key(mark)}"
        return f"?at={name}#row-{name}" if is_row(mark) else f"#rows-{kind.name}"

    def parties(self, case: ReviewedCase) -> list[Party]:
        """Applicant and provider."""
        return parties_of(case)

    def insiders(self, cases: Sequence[ReviewedCase]) -> list[Near]:
        """Whoever belongs to applicant or provider."""
        return insiders_in(cases)

    def limit(self, case: Claim) -> Decimal | None:
        """What may be recorded at most once the experts have the case, and where their result is looked at once more."""
        if case.state == State.APPEAL:
            return case.asked_amount if case.appealed_from in {State.EXPERTS_REJECTED, State.PASSED} else None
        return most_of(case) if case.state == State.EXPERTS else None

    def next_words(self, case: Claim, *, own: bool) -> str:
        """The money that comes; the way back after an end; how long 复核 may be asked for."""
        window = window_words(case) if own else ""
        if case.paid_on:
            return f"核定金额已于 {case.paid_on:%Y-%m-%d} 拨付到收款账户，到账时间以银行为准。"
        if case.state == State.PASSED:
            return f"核定金额由市科技局统一拨付到收款账户。{window}"
        if case.state in Claim.DEAD and own and case.application.is_voucher:
            return window + f"创新券仍然有效，可在 {case.application.voucher.redeem_by} 前重新申请兑现。"
        return window

    def appealed(self, case: Claim, *, by: Person) -> None:
        """Voucher, papers and quota are taken up again."""
        verdicts.take_up_again(case, by=by)

    def weigh(self, case: Claim, opinion: Opinion) -> None:
        """Deadline, or the amount that is paid; refuses papers that do not agree."""
        verdicts.weigh_verdict(case, opinion)

    def foretell(self, case: Claim, opinion: Opinion) -> None:
        """The number and the version of the form; a grave refusal ends the voucher."""
        if case.state == State.ACCEPTED:
            case.form_number, case.form_version = case.form_number or LATER, case.form_version + 1
        elif verdicts.is_grave(opinion) and case.application.is_voucher:
            case.application.void(by=opinion.reviewer)

    def after_verdict(self, case: Claim, opinion: Opinion) -> None:
        """Frozen form, ledger, the end of the voucher."""
        verdicts.after_verdict(case, opinion)

    def export(self, user: User) -> Rows:
        """What the person did with claims; their content is the unit's."""
        return acts_on(Claim, user)

    def keeps(self, unit: Unit) -> bool:
        """A claim that has not come to its end."""
        return Claim.objects.live().filter(unit=unit).exclude(state__in=(State.DRAFT, State.PASSED)).exists()

    def is_live_on(self, thing: Application) -> bool:
        """Whether a redemption of the voucher is under way beyond its draft."""
        return services.has_live_claim(thing)
