"""Verbs of 内部备注."""

from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from reviews.models import Remark, Turn
from reviews.permissions import OWN_CASE

NEEDS_REMARK = "R-WORDS", "请填写备注的内容。"


@door
def add_remark(turn: Turn, *, by: Person, text: str) -> Remark:
    """Write a note beside the turn's case, in the name of the turn's office.

    Raises RuleBroken without words, and for who belongs to the applicant.
    """
    if not text.strip():
        raise RuleBroken(*NEEDS_REMARK)
    if turn.case.has_member(by):
        raise RuleBroken("R-REL", OWN_CASE)
    kept = Remark(case_type=turn.case_type, case_id=turn.case_id, author=by, office=turn.office, text=text.strip())
    kept.save(force_insert=True)
    return kept
