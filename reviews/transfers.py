"""转办: a district hands a case that belongs to another district to that district's office (domain.md §4)."""

from notifications.services import notify
from records.doors import door
from records.people import Person
from records.rules import NOT_HERE, RuleBroken, StaleCase
from records.steps import write
from reviews.claims.permissions import check_free_for
from reviews.models import Office, Turn
from reviews.notices import TRANSFERRED, TRANSFERRED_TO_OFFICE
from reviews.permissions import is_reviewer_in_turn
from reviews.services import close_turn, hold_turn, open_turn
from reviews.stand_ins import note_stand_in, signature


@door
def transfer(turn: Turn, office: Office, *, by: Person, text: str, seen: int | None = None) -> Turn:
    """End this district's turn, open one at the other district's office, tell both sides; return the new turn.

    The state, the round and what was reserved stay; the promised time begins anew (docs/adr/0040).
    seen: the version of the case on the reviewer's screen. Raises RuleBroken or StaleCase.
    """
    case, turn = hold_turn(turn, by=by)
    if seen is not None and seen != case.version:
        raise StaleCase
    if not is_reviewer_in_turn(case, by):
        raise RuleBroken(*NOT_HERE)
    check_free_for(turn, by)
    check_transfer(turn, office, text)
    close_turn(turn, "transfer", case.state)
    case.district, case.version = office.district, case.version + 1
    case.save(update_fields=["district", "version", "updated_at"])
    following = open_turn(case, office, turn.round)
    words = f"由{turn.office}转办至{office}：{text.strip()}"
    line = write(case, "transfer", by=by, text=words, office=signature(turn))
    note_stand_in(case, turn, by=by, after=line)
    notify(TRANSFERRED_TO_OFFICE, following, text=words)
    notify(TRANSFERRED, case, turn=following, text=words)
    return following


def check_transfer(turn: Turn, office: Office, text: str) -> None:
    """Only from one district to another one that is at work, and with words."""
    districts = {Office.Kind.DISTRICT}
    if {turn.office.kind, office.kind} != districts or not office.is_active or office.pk == turn.office_id:
        raise RuleBroken("R-TRANSFER", "只有区初审环节的事项可以转办，并且只能转给另一个区的受理单位。")
    if not text.strip():
        raise RuleBroken("R-WORDS", "转办时必须写明理由，申请单位和接收单位都会看到。")
