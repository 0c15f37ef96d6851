"""Who hears what when a redemption moves: the unit of every move of its case, the office when a case arrives."""

from notifications.kinds import Kind
from redemption.models import Claim
from redemption.workflow import State
from reviews.notices import applicants, office_in_turn

ARRIVED = Kind("claim_arrived", office_in_turn, by_mail=False)
ON_REACHING = {
    state: (Kind(f"claim_{state.value}", applicants), *((ARRIVED,) if state in Claim.TURN else ()))
    for state in State
    if state not in Claim.DRAFTS
}

REMINDERS = {name: Kind(name, applicants) for name in ("claim_due_soon", "claim_form_soon")}
