"""The lines of a firm's file: its cases, what was said of them, their papers, the quota they moved, what the firm was told.

All lines are found and sorted by one question; what a page shows of them is fetched by one more for each sort of line.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models import Unit, UnitMember
from catalog.models import Admission
from notifications.models import Notice
from orders.models import Order
from records.kinds import CaseKind, case_kinds
from records.models import Case, Document
from redemption.models import Claim
from reviews.models import Opinion, Question, Remark, ReviewedCase
from tten.firm.readers import Reader, key_of_unit
from vouchers.models import Application, LedgerEntry

CASE, OPINION, PAPER, MONEY, NOTICE = "case", "opinion", "paper", "money", "notice"
TALK, REMARK = "talk", "remark"
SORTS = (
    (CASE, "事项"),
    (OPINION, "审核意见"),
    (TALK, "询问与更正"),
    (REMARK, "内部备注"),
    (PAPER, "材料"),
    (MONEY, "额度变动"),
    (NOTICE, "消息"),
)
COLUMNS = ("sort", "moment", "key", "model", "number", "named", "state")
AT_ONCE = dt.timedelta(minutes=1)  # within which one message is written for all whom it tells
SAMPLE = "20260000001"  # stands in an address for the number of a case
NAMES: dict[type[Case], Combinable] = {  # what a line calls a case of the kind
    Unit: F("name"),
    Admission: Value(""),
    Order: F("product_name"),
    Application: F("project_name"),
    Claim: F("application__project_name"),
}
EMPTY = Value("", output_field=CharField())


@dataclass(frozen=True)
class Firm:
    """One firm as one person reads it. keys: of its units, of which all but one were refused."""

    unit: Unit
    keys: Sequence[int]
    reader: Reader

    def cases(self, kind: CaseKind) -> QuerySet[Any]:
        """Its cases of the kind that the reader may see."""
        rows = self.reader.cases(kind.model)
        return rows.filter(**{f"{key_of_unit(kind.model)}__in": self.keys})


@dataclass(frozen=True)
class Asked:
    """What the file is narrowed by; "" where by nothing."""

    sort: str = ""
    matter: str = ""  # the name of a model
    year: str = ""  # of the line, in Shanghai
    result: str = ""  # a verdict: then opinions alone


def told(rows: QuerySet[Any], sort: str, at: Combinable, model: str = "", **columns: Combinable) -> QuerySet[Any]:
    """The rows as lines: their sort, moment and key, and what the page says of their case."""
    said = {name: Cast(columns.get(name, EMPTY), CharField()) for name in ("number", "named", "state")}
    keys = {"sort": Value(sort, CharField()), "moment": Cast(at, DateTimeField()), "key": Cast("pk", CharField())}
    own = {f"{name}_of": value for name, value in (keys | {"model": Value(model, CharField())} | said).items()}
    lines: QuerySet[Any] = rows.order_by().annotate(**own).values_list(*[f"{name}_of" for name in COLUMNS])
    return lines


def kind_name(kind: CaseKind) -> str:
    """How an address names the kind."""
    return str(kind.model._meta.model_name)


def hung_on(kind: CaseKind, cases: QuerySet[Any]) -> dict[str, Any]:
    """Condition on rows that hang on one of the cases by `case_type` and `case_id`."""
    return {"case_type": ContentType.objects.get_for_model(kind.model), "case_id__in": cases.values("pk")}


def cases_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any]:
    """A line for each case, on the day on which it was handed in, or begun where that is not kept."""
    cases, name = firm.cases(kind), kind_name(kind)
    fields = {field.name for field in kind.model._meta.fields}
    at: Combinable = Coalesce("submitted_at", "created_at") if "submitted_at" in fields else F("created_at")
    return told(cases, CASE, at, name, number=F("number"), named=NAMES.get(kind.model, EMPTY), state=F("state"))


def opinions_told(firm: Firm, kind: CaseKind, asked: Asked) -> QuerySet[Any] | None:
    """A line for each word that decided a turn; experts' own words are no opinions and stay sealed."""
    if not issubclass(kind.model, ReviewedCase):
        return None
    hung = {f"turn__{name}": value for name, value in hung_on(kind, firm.cases(kind)).items()}
    rows = Opinion.objects.filter(**hung)
    rows = rows.filter(verdict=asked.result) if asked.result else rows
    return told(rows, OPINION, F("at"), kind_name(kind), number=F("turn__number"), named=F("turn__title"))


def talk_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any] | None:
    """A line for each 询问 and 更正建议, with its answer."""
    if not issubclass(kind.model, ReviewedCase):
        return None
    hung = {f"turn__{name}": value for name, value in hung_on(kind, firm.cases(kind)).items()}
    rows = Question.objects.filter(**hung)
    return told(rows, TALK, F("at"), kind_name(kind), number=F("turn__number"), named=F("turn__title"))


def remarks_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any] | None:
    """A line for each note of a case whose notes the reader sees at his desk."""
    rule = firm.reader.rule_of_remarks(kind.model)
    if rule is None:
        return None
    rows = Remark.objects.filter(**hung_on(kind, firm.cases(kind).filter(rule)))
    return told(rows, REMARK, F("at"), kind_name(kind), number=number_of_case(kind))


def number_of_case(kind: CaseKind) -> Subquery:
    """The number of the case on which the row at hand hangs."""
    return Subquery(kind.model._default_manager.filter(pk=OuterRef("case_id")).order_by().values("number")[:1])


def papers_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any]:
    """A line for each paper that a case names."""
    cases = firm.cases(kind)
    rows = Document.objects.filter(dropped_at=None, **hung_on(kind, cases))
    return told(rows, PAPER, F("created_at"), kind_name(kind), number=number_of_case(kind))


def money_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any] | None:
    """A line for each entry of the quota."""
    if kind.model is not Application:
        return None
    rows = LedgerEntry.objects.filter(application__in=firm.cases(kind).values("pk"))
    return told(
        rows,
        MONEY,
        F("at"),
        kind_name(kind),
        number=F("application__number"),
        named=F("application__project_name"),
    )


def notices_told(firm: Firm, kind: CaseKind, _asked: Asked) -> QuerySet[Any]:
    """A line for each message that told people of the firm of the case: one, however many of them it went to."""
    sample = kind.model.PREFIX + SAMPLE
    before, _, after = address_of(kind, sample).partition(sample)
    url = Concat(Value(before), F("number"), Value(after), output_field=CharField())
    urls = firm.cases(kind).annotate(url_of=url).values("url_of")
    people = people_of(firm)
    before_it = Notice.objects.filter(same_message(), recipient__in=people, pk__lt=OuterRef("pk"))
    rows = Notice.objects.filter(
        ~Exists(before_it.filter(at__gte=OuterRef("at") - AT_ONCE)), recipient__in=people, url__in=urls
    )
    return told(rows, NOTICE, F("at"), kind_name(kind))


def people_of(firm: Firm) -> QuerySet[Any]:
    """The keys of the people of the firm."""
    return UnitMember.objects.filter(unit__in=firm.keys).values("user")


def same_message() -> Q:
    """Condition on messages: of the same words on the same case as the one outside."""
    return Q(kind=OuterRef("kind"), url=OuterRef("url"), body=OuterRef("body"))


def address_of(kind: CaseKind, number: str) -> str:
    """The page of a case, by its number alone."""
    case: Any = kind.model(number=number)
    return str(case.get_absolute_url())


TELLERS: dict[str, Callable[[Firm, CaseKind, Asked], QuerySet[Any] | None]] = {
    CASE: cases_told,
    OPINION: opinions_told,
    TALK: talk_told,
    REMARK: remarks_told,
    PAPER: papers_told,
    MONEY: money_told,
    NOTICE: notices_told,
}


def lines_of(firm: Firm, asked: Asked) -> QuerySet[Any]:
    """(sort, moment, key, model, number, name, state) of every line, the latest first."""
    sorts = {OPINION} if asked.result else {asked.sort} if asked.sort else set(TELLERS)
    kinds = [kind for kind in case_kinds() if not asked.matter or kind_name(kind) == asked.matter]
    told_by = [TELLERS[sort](firm, kind, asked) for sort in TELLERS if sort in sorts for kind in kinds]
    found = [rows.filter(of_year(asked)) for rows in told_by if rows is not None]
    if not found or (asked.result and asked.sort not in {"", OPINION}):
        return told(Opinion.objects.none(), OPINION, F("at"))
    first, *others = found
    return first.union(*others, all=True).order_by("-moment_of", "sort_of", "key_of")


def of_year(asked: Asked) -> Q:
    """Condition on lines: of the asked year."""
    return Q(moment_of__year=int(asked.year)) if asked.year else Q()
