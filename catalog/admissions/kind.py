"""Everything that lower floors ask of 服务机构入驻."""

from accounts.cases.acts import Rows, acts_on
from accounts.models import Unit, User
from catalog.admissions import services
from catalog.admissions.dossier import NEXT_WORDS, ROWS, facts_of, findings_of, sections_of, table_of, warnings_of
from catalog.admissions.forms import AdmissionForm
from catalog.admissions.notices import ON_REACHING
from catalog.models import Admission
from catalog.workflow import State
from records.kinds import kind_of
from records.models import Document
from reviews.kinds import Ending, Lines, ReviewedKind
from reviews.marks import is_row, list_of, row_key
from reviews.models import Opinion
from reviews.reasons import Reason
from ui.forms import Row, Sections


@kind_of(Admission)
class AdmissionKind(ReviewedKind):
    """An admission: unit, answers, scope and certificates."""

    matter = export_title = "服务机构入驻"
    reasons = (Reason.QUAL, Reason.REL, Reason.SCOPE, Reason.DATE, Reason.PARTY, Reason.LATE)
    notices = ON_REACHING
    meanwhile = {State.PENDING: "可以先准备产品的名称、说明、价格和图片，入驻后就能发布。"}
    form = AdmissionForm
    amendable = ("summary", "region", "city", "address", "contact", "phone")
    steps = ReviewedKind.steps | {
        "withdraw": "撤回",
        "suspend": "暂停资格",
        "resume": "恢复资格",
        "expire": "到期",
    }
    endings = {
        "withdraw": Ending(
            "撤回申请",
            "撤回后这份申请结束，可以重新申请入驻。确定要撤回吗？",
            "确认撤回",
            "入驻申请已撤回，需要时可以重新申请。",
        ),
        "suspend": Ending(
            "暂停入驻",
            "暂停期间，机构的产品不显示创新券标识，新订单不能申请创新券；已有订单和创新券不受影响。",
            "确认暂停",
            "已暂停，并通知了机构的全部成员。",
        ),
        "resume": Ending(
            "恢复入驻", "恢复后，机构的产品重新显示创新券标识。", "确认恢复", "已恢复，并通知了机构的全部成员。"
        ),
    }

    def sections(self, case: Admission, *, own: bool) -> Sections:
        """The certified unit, then what was typed, the scope and the pledge."""
        return sections_of(case)

    def facts(self, case: Admission) -> list[Row]:
        """The institution, its scope and its certificates."""
        return facts_of(case)

    def tables(self, case: Admission) -> Lines:
        """The certificates."""
        return [table_of(case.certificates)]

    def documents(self, case: Admission) -> list[Document]:
        """The papers of the certificates, each once."""
        return list(dict.fromkeys(row.document for row in case.certificates))

    def findings(self, case: Admission) -> Lines:
        """What the machine has checked, while the platform has the case."""
        return findings_of(case) if case.state == State.PENDING else []

    def warnings(self, case: Admission) -> list[str]:
        """What the platform should look at twice, while it has the case."""
        return warnings_of(case) if case.state == State.PENDING else []

    def corrections(self, _case: Admission) -> list[tuple[str, str]]:
        """The scope, and the certificates."""
        return [("scope", "服务范围"), (ROWS, "资质")]

    def place_of_mark(self, mark: str) -> str:
        """A field, the certificates, or one of them."""
        if list_of(mark) != ROWS:
            return super().place_of_mark(mark)
        return f"#row-{row_key(mark)}" if is_row(mark) else "#rows"

    def next_words(self, case: Admission, *, own: bool) -> str:
        """What comes next, or until when the admission is valid."""
        if case.state == State.ADMITTED:
            until = f"有效期至 {case.last_day:%Y-%m-%d}"
            return f"{until}，{case.renewal_words}。" if own else f"{until}。"
        return NEXT_WORDS.get(State(case.state), "") if own else ""

    def after_verdict(self, case: Admission, opinion: Opinion) -> None:
        """The earlier admission gives way, the unit's provider carries what was admitted."""
        services.after_verdict(case, opinion)

    def export(self, user: User) -> Rows:
        """What the person did with admissions; their content is the unit's."""
        return acts_on(Admission, user)

    def keeps(self, unit: Unit) -> bool:
        """An admission under way or in force: somebody has to answer the orders."""
        return Admission.objects.live().filter(unit=unit).exclude(state=State.DRAFT).exists()
