"""What the pages of the box show."""

from typing import Any

from django.urls import reverse

from accounts.box.forms import BoxForm
from accounts.models import BoxPaper, Unit
from accounts.permissions import can_write_for
from papers.offering import Offering, offering_of, typed_in
from papers.values import FOR_GOOD
from records.people import Person

HERE = ("材料箱", "box_list")
SOURCE = "材料上"


def crumbs(*here: str) -> list[tuple[str, str]]:
    """(label, url) from 用户中心 over the box to this page."""
    way = [("用户中心", reverse("user_center")), (HERE[0], reverse(HERE[1]) if here else "")]
    return [*way, *((label, "") for label in here)]


def said_of(paper: BoxPaper, form: BoxForm) -> Offering:
    """What was read of the paper, beside what stands in the form; the form shows it at its fields."""
    typed = typed_in((name, form[name].value()) for name in form.takes)
    if form["permanent"].value() and "valid_until" in typed:
        typed["valid_until"] = typed["valid_until"] or FOR_GOOD
    if "permanent" in typed:
        typed["permanent"] = typed["permanent"] or typed["valid_until"]
    offering = offering_of(paper.document, form.takes, typed, source=SOURCE)
    form.reads = offering.hints
    return offering


def edit_context(paper: BoxPaper, form: BoxForm, user: Person) -> dict[str, Any]:
    """The page of one paper."""
    offering = said_of(paper, form)
    may_write = can_write_for(paper.unit, user)
    return {
        "paper": paper,
        "form": form,
        "offering": offering,
        "url": reverse("box_read", args=[paper.pk]),
        "fields": [form[name].auto_id for name in form.takes],
        "hints": [(form[name].auto_id, hint) for name, hint in offering.hints.items()],
        "may_write": may_write,
        "may_fill": may_write,
        "crumbs": crumbs(paper.called),
    }


def list_context(unit: Unit | None, user: Person) -> dict[str, Any]:
    """Whose box it is, and whether papers may be put in."""
    return {"unit": unit, "may_write": unit is not None and can_write_for(unit, user), "crumbs": crumbs()}
