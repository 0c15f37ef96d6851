"""Who hears what when a redemption moves: the unit of every move of its case, the office when a case arrives."""

from notifications.kinds import Kind, on_reaching
from redemption.models import Claim
from redemption.workflow import State
from vouchers.notices import office_in_turn, unit_members

ARRIVED = Kind("claim_arrived", office_in_turn, by_mail=False)

for _state in State:
    if _state != State.DRAFT:
        on_reaching(Claim, _state, Kind(f"claim_{_state.value}", unit_members))
    if _state in Claim.TURN:
        on_reaching(Claim, _state, ARRIVED)

REMINDERS = {name: Kind(name, unit_members) for name in ("claim_due_soon", "claim_form_soon")}
