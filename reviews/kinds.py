"""What the review, the desk, 进度 and the letters ask of a case: its kind says it, in the `kind.py` of its own app."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

from records.kinds import KINDS, CaseKind
from records.models import Case, Document
from records.people import Person
from reviews.appeals.reading import appeal_papers, appeal_sections
from reviews.marks import list_of, row_choices
from reviews.models import Opinion, PanelSeat, ReviewedCase
from reviews.reasons import Reason
from ui.forms import Row, Sections, SectionsMixin

Lines = list[dict[str, Any]]
INSIDER = "是{}的现任或原成员"
LATER = "（提交后生成）"  # stands in a preview for a number that only the real verdict gives out


@dataclass(frozen=True)
class Ending:
    """An end that the applicant can choose: the question, what follows from it, and what is said afterwards."""

    title: str
    text: str
    label: str
    done: str


@dataclass(frozen=True)
class Dossier:
    """What a case shows to one reader."""

    facts: list[Row] = field(default_factory=list)  # for reviewers alone
    sections: Sections = field(default_factory=list)
    tables: Lines = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    findings: Lines = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    corrections: list[tuple[str, str]] = field(default_factory=list)
    limit: Decimal | None = None  # yuan


@dataclass(frozen=True)
class Party:
    """One side of a case, to which no expert who hears it may belong: what it is there, its name and its credit code."""

    role: str
    name: str
    uscc: str = ""


@dataclass(frozen=True)
class Near:
    """People who are near to cases: rows of some table with its column of the person, and one that says to which case, and why.

    tells: value of that column as text → the case, and what is said of the person.
    """

    rows: QuerySet[Any]
    person: str
    column: str
    tells: Mapping[str, tuple[ReviewedCase, str]]


class ReviewedKind(CaseKind):
    """Everything that the one review of everything asks of a case; called with a case of the kind's own model."""

    reasons: ClassVar[Sequence[Reason]] = tuple(Reason)  # for which one may be refused
    asked: ClassVar[str] = ""  # the answer that says what sum is asked for, if any
    meanwhile: ClassVar[Mapping[Any, str]] = {}  # state → what the applicant can do while an office is at work
    handing_in: ClassVar[frozenset[str]] = frozenset({"submit", "appeal"})  # steps that get a 提交回执
    endings: ClassVar[Mapping[str, Ending]]  # step → how the applicant is asked about it

    form: ClassVar[type[SectionsMixin] | None] = None  # in which the case is typed
    form_given: ClassVar[Mapping[str, Any]] = {"final": True}  # what it takes beside data and case to judge a proposal
    amendable: ClassVar[tuple[str, ...]] = ()  # its fields outside money, parties, account and papers (更正建议)
    frozen_in: ClassVar[frozenset[str]] = frozenset()  # states in which a printed paper rests on what was typed

    model: ClassVar[type[ReviewedCase]]
    steps: ClassVar[dict[str, str]] = {
        "asked": "询问企业",
        "asked_answered": "企业答复",
        "firm_asked": "企业询问",
        "firm_answered": "答复企业",
        "proposed": "更正建议",
        "proposal_accepted": "接受更正",
        "proposal_declined": "不接受更正",
        "submit": "提交",
        "appeal": "申请复核",
        "drop_appeal": "撤回复核",
        "pass_review": "通过",
        "send_back": "退回修改",
        "reject": "不通过",
        "transfer": "转办",
        "stood_in": "代理办理",
        "signed": "复核签",
        "put_off": "期限顺延",
        "released": "放开",
        "taken_over": "接手",
        "handed_over": "交给同事",
        "put_aside": "搁置",
        "taken_up": "取消搁置",
    }

    @abstractmethod
    def sections(self, case: Any, *, own: bool) -> Sections:
        """What was typed, with what it rests on; own: to the applicant himself, who reads account numbers whole."""

    def handed_in(self, case: Any, _step: str) -> Dossier:
        """Answers, rows and papers that the step has handed in, for the 提交回执."""
        return Dossier([], self.sections(case, own=True), self.tables(case), self.documents(case))

    @abstractmethod
    def facts(self, case: Any) -> list[Row]:
        """What decides, for the strip above the dossier: both parties, sums, last dates; eight to eleven rows."""

    @abstractmethod
    def documents(self, case: Any) -> list[Document]:
        """Every paper that stands in the case now, in the order in which it is read."""

    @abstractmethod
    def findings(self, case: Any) -> Lines:
        """What the machine has checked, for components/checks.html: {tone: ok|warn|bad|todo, text, detail}."""

    @abstractmethod
    def warnings(self, case: Any) -> list[str]:
        """What every reviewer must see, in sentences; never shown to the applicant."""

    @abstractmethod
    def after_verdict(self, case: Any, opinion: Opinion) -> None:
        """What a verdict does beyond the case's own row: money, numbers, other cases."""

    def weigh(self, case: Any, opinion: Opinion) -> None:
        """Set what the verdict sets in the case's own row, deadline and amounts, or refuse it; writes nothing.

        Asked of the moved case before it is saved, and of the copy that a preview is made from.
        """

    def give_number(self, case: ReviewedCase) -> None:
        """Set in the moved case, before it is saved, the number that only a verdict which stands gives out."""

    def foretell(self, case: Any, opinion: Opinion) -> None:
        """Set in the copy what a verdict that stands would, as far as a letter tells it; LATER for a number."""

    def tables(self, _case: Any) -> Lines:
        """The row lists, for components/rows_table.html."""
        return []

    def appealed(self, case: Any, *, by: Person) -> None:
        """What 申请复核 takes up again beside the case's own row, of the moved case before it is saved; it may refuse."""

    def corrections(self, _case: Any) -> list[tuple[str, str]]:
        """(name, label) that a return may name beside the fields shown: lists of rows and of papers."""
        return []

    def place_of_mark(self, mark: str) -> str:
        """Where on its edit page the applicant corrects what a return has marked: the end of an address."""
        return f"#id_{list_of(mark)}"

    def parties(self, case: ReviewedCase) -> list[Party]:
        """The sides of the case, whom the experts who hear it must not be near."""
        return [Party("申请单位", case.unit_name, getattr(case.applicant, "uscc", ""))]

    def insiders(self, cases: Sequence[ReviewedCase]) -> list[Near]:
        """Everybody on the site who belongs, or belonged, to a side of these cases; asks nothing."""
        return [
            Near(case.applicant.members.all(), "pk", "", {"": (case, INSIDER.format("申请单位"))}) for case in cases
        ]

    def place_for(self, case: Case, user: Person) -> str:
        """Its own side reads it at its page, an office at the desk, an expert at his seat."""
        if case.has_member(user):
            return super().place_for(case, user)
        reviewed: Any = case
        turn = reviewed.turns.readable_by(user).order_by("-pk").first()
        seats = PanelSeat.objects.visible_to(user).filter(turn__in=reviewed.turns.all())
        seat = turn or seats.order_by("-pk").first()
        return str(seat.get_absolute_url()) if seat else super().place_for(case, user)

    def limit(self, _case: Any) -> Decimal | None:
        """The yuan that the office in turn may lower, where it may."""
        return None


def reviewed_kinds() -> list[ReviewedKind]:
    """Every kind of case that offices review."""
    return [kind for kind in KINDS.values() if isinstance(kind, ReviewedKind)]


def kind_of_review(case: ReviewedCase) -> ReviewedKind:
    """The kind of a case that offices review."""
    kind = KINDS[type(case)]
    if not isinstance(kind, ReviewedKind):
        raise ImproperlyConfigured(f"{type(case).__name__} has no kind of review")
    return kind


def tell(case: ReviewedCase, user: Person) -> Dossier:
    """The case as the person reads it: what was checked, what warns and what a verdict may name is the reviewers' alone."""
    kind, own = kind_of_review(case), case.has_member(user)
    return Dossier(
        facts=[] if own else kind.facts(case),
        sections=[*appeal_sections(case), *kind.sections(case, own=own)],
        tables=kind.tables(case),
        documents=[*appeal_papers(case), *kind.documents(case)],
        findings=[] if own else kind.findings(case),
        warnings=[] if own else kind.warnings(case),
        corrections=[] if own else kind.corrections(case),
        limit=None if own else kind.limit(case),
    )


def correction_choices(case: ReviewedCase, dossier: Dossier) -> list[tuple[str, str]]:
    """(name, label) of everything that a return may ask to correct: the applicant's own fields, the lists, their rows."""
    columns = {column.name for column in case._meta.fields}
    fields = {row.name: row.label for section in dossier.sections for row in section[1] if row.name in columns}
    return [*fields.items(), *dossier.corrections, *row_choices(dossier.tables)]
