"""Who hears what when a redemption moves."""

from accounts.cases.notices import on_moves
from notifications.kinds import Kind
from notifications.matters import DEADLINES
from redemption.models import Claim
from reviews.notices import applicants

ON_REACHING = on_moves(Claim)

REMINDERS = {
    name: Kind(name, applicants, by_text=True, matter=DEADLINES)
    for name in ("claim_due_soon", "claim_form_soon", "claim_window_ends")
}
