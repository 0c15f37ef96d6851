"""What the licence itself says, beside the form of 单位认证: also where no register is connected (ADR 0132)."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from accounts.certification.forms import CertificationForm
from accounts.certification.lookups import Lookup
from accounts.models import Unit
from accounts.uscc import normalise
from papers.capital import ten_thousands
from papers.offering import Offering, Taken, filled, for_good, is_ticked, offering_of, typed_in, with_day
from papers.values import FOR_GOOD
from records.models import Document
from records.people import Person
from ui.names import same_name

READ = "read"  # what the button sends that fills in what was read
SOURCE = "证照上"


def same_code(one: str, other: str) -> bool:
    """Whether both are one credit code: O is not 0 here."""
    return normalise(one) == normalise(other)


def same_amount(one: str, other: str) -> bool:
    """Whether both are one figure."""
    try:
        return Decimal(one.replace(",", "")) == Decimal(other)
    except InvalidOperation:
        return False


TAKES = {
    "name": Taken("name", "单位名称", alike=same_name),
    "uscc": Taken("uscc", "统一社会信用代码", alike=same_code),
    "licence_until": Taken("valid_until", "证照有效期至", with_day),
    "licence_permanent": Taken("valid_until", "长期有效", for_good, is_ticked),
    "address": Taken("address", "注册地址"),
    "founded_on": Taken("founded_on", "成立日期"),
    "legal_representative": Taken("legal_representative", "法定代表人", alike=same_name),
    "capital": Taken("capital", "注册资本", ten_thousands, same_amount),
}


def one_term(until: str, permanent: str) -> dict[str, str]:
    """What stands in either box answers for both: a day and 长期有效 say otherwise."""
    return {"licence_until": until or (permanent and FOR_GOOD), "licence_permanent": permanent or until}


def said_by_licence(form: CertificationForm) -> dict[str, Any]:
    """What the page shows of the licence: how far its reading is, and at each field what it says."""
    typed = typed_in((name, form[name].value()) for name in TAKES)
    typed |= one_term(typed["licence_until"], typed["licence_permanent"])
    offering = offering_of(form.paper, TAKES, typed, source=SOURCE)
    form.reads = offering.hints
    return shown(form.paper, offering) if form.paper else {}


def said_meanwhile(paper: Document, typed: QueryDict) -> dict[str, Any]:
    """The same of what stands in the fields while the paper is read."""
    texts = typed_in((name, typed.get(name, "")) for name in TAKES)
    texts |= one_term(texts["licence_until"], texts["licence_permanent"])
    return shown(paper, offering_of(paper, TAKES, texts, source=SOURCE))


def shown(paper: Document, offering: Offering) -> dict[str, Any]:
    """Context of components/read.html."""
    return {
        "offering": offering,
        "url": reverse("certification_read", args=[paper.pk]),
        "fields": [f"id_{name}" for name in TAKES],
        "hints": [(f"id_{name}", hint) for name, hint in offering.hints.items()],
        "may_fill": True,
    }


def read_into(typed: QueryDict, unit: Unit, *, by: Person) -> Lookup:
    """The form as it was typed, with what the licence says in the boxes that are empty."""
    form = CertificationForm(typed, instance=unit, by=by, draft=True)
    said_by_licence(form)
    offering = Offering(hints=form.reads)
    data, said = filled(typed, offering, TAKES)
    return Lookup(data, words=f"已读取证照，{said}，并保存为草稿。")
