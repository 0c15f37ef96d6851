"""What the certificates themselves say, beside the rows of 入驻 in which they stand (ADR 0132)."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from catalog.admissions.rows import Rows
from catalog.models import QualificationKind
from papers.offering import Taken, filled, for_good, is_ticked, offered_by, offering_of, typed_in, with_day
from papers.services import readings_of
from papers.values import FOR_GOOD
from records.models import Document
from ui.paging import NUMBER

READ = "read-"  # with the slot of the row: what the button sends that fills in what was read
SOURCE = "证书上"
KNOWN = {
    "资质认定": QualificationKind.CMA,
    "认可证书": QualificationKind.CNAS,
    "高新技术企业": QualificationKind.HIGH_TECH,
}


def kind_of(title: str) -> str:
    """The kind of 资质 that the title of a certificate names."""
    return next((kind.value for word, kind in KNOWN.items() if word in title), QualificationKind.OTHER.value)


def other_name(title: str) -> str:
    """The name that a certificate of another kind has; "" of the kinds that need none."""
    return title if kind_of(title) == QualificationKind.OTHER else ""


TAKES = {
    "kind": Taken("title", "资质类型", kind_of),
    "name": Taken("title", "资质名称", other_name),
    "number": Taken("number", "证书编号"),
    "valid_from": Taken("valid_from", "有效期自", instead="granted_on"),
    "valid_until": Taken("valid_until", "有效期至", with_day),
    "permanent": Taken("valid_until", "长期有效", for_good, is_ticked),
}


def typed_of(values: dict[str, str]) -> dict[str, str]:
    """What stands in either box of the end of a term answers for both: a day and 长期有效 say otherwise."""
    until, permanent = values["valid_until"], values["permanent"]
    return values | {"valid_until": until or (permanent and FOR_GOOD), "permanent": permanent or until}


def read_beside(rows: Rows) -> None:
    """Let each row with a paper show what was read of it, in one question for all."""
    with_paper = {form: form.paper for form in rows if form.paper is not None}
    found = readings_of(with_paper.values()) if with_paper else {}
    for form, paper in with_paper.items():
        typed = typed_of(typed_in((name, form[name].value()) for name in TAKES))
        form.offering = offered_by(found.get(paper), TAKES, typed, source=SOURCE)
        form.reads = form.offering.hints
        form.read_url = f"{reverse('admission_read', args=[paper.pk])}?slot={form.slot}"


def read_into(rows: Rows, typed: QueryDict, slot: str) -> tuple[QueryDict, str]:
    """What was typed with what was read in the empty boxes of one row, and a sentence of what was filled in; "" for no row."""
    read_beside(rows)
    form = next((form for form in rows if form.slot == slot and form.reads), None)
    if form is None:
        return typed, ""
    data, said = filled(QueryDict(mutable=True), form.offering, TAKES)
    whole = typed.copy()
    for name, value in data.items():
        whole[form.add_prefix(name)] = str(value)
    return whole, f"已读取证书，{said}，并保存。"


def said_meanwhile(paper: Document, data: QueryDict) -> dict[str, Any]:
    """Context of components/read.html: what was read, beside what stands in the fields of the row while one waits."""
    slot = data.get("slot", "")
    prefix = f"row{slot if NUMBER.fullmatch(slot) else 0}"
    typed = typed_of(typed_in((name, data.get(f"{prefix}-{name}", "")) for name in TAKES))
    offering = offering_of(paper, TAKES, typed, source=SOURCE)
    return {
        "offering": offering,
        "url": f"{reverse('admission_read', args=[paper.pk])}?slot={prefix[3:]}",
        "slot": prefix[3:],
        "fields": [f"id_{prefix}-{name}" for name in TAKES],
        "hints": [(f"id_{prefix}-{name}", hint) for name, hint in offering.hints.items()],
        "may_fill": True,
    }
