"""提交回执: one for every submission of every kind of case, in every round; written with the submission itself."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.http import Http404
from django.shortcuts import get_object_or_404

from records.models import Document, Event
from records.people import Person
from records.steps import LAST_LINE
from reviews.appeals.reading import BROUGHT, TITLE, rows_of
from reviews.course import course_of
from reviews.kinds import Dossier, Lines, kind_of_review
from reviews.models import APPEAL, ReviewedCase, SubmissionReceipt
from reviews.progress import office_words
from ui.forms import Sections
from ui.masked import Masked
from ui.printing import print_pdf

Content = dict[str, Any]
HANDED_OVER = "已提交，等待办理。"


def give_receipt(case: ReviewedCase) -> SubmissionReceipt:
    """Write the receipt of the submission that the case has just taken; the notice of that move encloses it."""
    event: Event = case.memory[LAST_LINE]
    content, turn = content_of(case, event.step), case.latest_turn
    receipt = SubmissionReceipt(
        event=event,
        number=next_number(case, event),
        content=content,
        digest=digest_of(content),
        title=case.title[:200],
        kind=kind_of_review(case).matter + (f"（{TITLE}）" if event.step == APPEAL else ""),
        unit=case.unit_name[:200],
        following=office_words(turn) if turn is not None and turn.is_open else HANDED_OVER,
    )
    receipt.save(force_insert=True)
    case.memory["receipt"] = receipt
    return receipt


def next_number(case: ReviewedCase, event: Event) -> str:
    """The case's number and which of its submissions this is; the case is held. Older receipts have holes: it goes on after the last."""
    machine: Any = case._meta
    if event.from_state == machine.get_field("state").get_default():
        return f"{case.number}-1"  # nothing was handed in before
    of_case = SubmissionReceipt.objects.filter(event__case_type=event.case_type_id, event__case_id=case.pk)
    last = of_case.aggregate(last=Max(Cast(Substr("number", len(case.number) + 2), IntegerField())))["last"]
    return f"{case.number}-{(last or 0) + 1}"


def where_it_lies(case: ReviewedCase) -> str:
    """What the page says of the receipt after a submission."""
    return f"提交回执 {case.memory['receipt'].number} 可在【材料】里下载。"


def content_of(case: ReviewedCase, step: str = "submit") -> Content:
    """What the step has handed in as plain values: answers, rows, and the papers with their hashes."""
    handed_in = appeal_handed_in(case) if step == APPEAL else kind_of_review(case).handed_in(case, step)
    return {
        "number": case.number,
        "sections": plain_sections(handed_in.sections),
        "tables": plain_tables(handed_in.tables),
        "marks": marks_in(handed_in.tables),
        "files": [told_paper(paper) for paper in handed_in.documents],
    }


def appeal_handed_in(case: ReviewedCase) -> Dossier:
    """What 申请复核 has just brought: the decision, the reasons and the papers."""
    latest, papers = case.memory[BROUGHT]
    return Dossier(sections=[(TITLE, rows_of(latest, papers))], documents=papers)


def told_paper(paper: Document) -> dict[str, str]:
    """{name, sha256} of what is kept; `received` as well where something else came: a photograph's position was taken out."""
    told = {"name": paper.name, "sha256": paper.sha256}
    return told | ({"received": paper.received_sha256} if paper.received_sha256 not in {"", paper.sha256} else {})


def plain_sections(sections: Sections) -> list[Any]:
    """[[title, [[label, value], …]], …]."""
    return [[title, [[row.label, plain(row.value)] for row in rows]] for title, rows in sections]


def plain_tables(tables: Lines) -> list[Any]:
    """[[title, [[value, …], …]], …]."""
    return [[table["title"], [[plain(value) for _, value, _ in line] for line in table["lines"]]] for table in tables]


def plain(value: object) -> Any:
    """A value as JSON holds it; a paper as its hash, what is shown in part with that of the whole."""
    if isinstance(value, Masked):
        return [str(value), value.mark]
    if isinstance(value, Document):
        return value.sha256
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else str(value)


def marks_in(tables: Lines) -> dict[str, list[str]]:
    """Title of a list → the marks of its rows, by which the next round is compared row by row."""
    return {table["title"]: [mark for mark, _ in table["keys"]] for table in tables if "keys" in table}


def digest_of(content: Content) -> str:
    """SHA-256 over the content, as 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def receipts_of(case: ReviewedCase) -> list[SubmissionReceipt]:
    """The receipts of all rounds, the latest first; read with the lines of the trail."""
    lines = [event for event in course_of(case).moves if hasattr(event, "receipt")]
    for line in lines:
        line.receipt.event = line  # so that its instant is not asked for again
    return [line.receipt for line in reversed(lines)]


def find_receipt(number: str, user: Person) -> SubmissionReceipt:
    """The receipt, for whoever may see its case; 404 for anybody else."""
    found = get_object_or_404(
        SubmissionReceipt.objects.select_related("event__case_type", "event__actor"), number=number
    )
    model: Any = found.event.case_type.model_class()
    if not model._default_manager.visible_to(user).filter(pk=found.event.case_id).exists():
        raise Http404
    return found


def print_receipt(receipt: SubmissionReceipt) -> bytes:
    """The receipt as PDF; equal receipts give equal bytes."""
    return print_pdf(
        "pdf/receipt.html", {"receipt": receipt, "sum": sum_of(receipt)}, mark=f"{receipt.number} {receipt.digest}"
    )


def sum_of(receipt: SubmissionReceipt) -> tuple[str, Decimal] | None:
    """What the sum is called that was asked for with the submission, and the yuan; None where none was."""
    model: Any = receipt.event.case_type.model_class()
    label = kind_of_review(model()).asked
    rows = [row for _, rows in receipt.content["sections"] for row in rows if label and row[0] == label]
    return (label, Decimal(rows[0][1])) if rows and rows[0][1] else None
