"""Who hears what when an application moves."""

from accounts.cases.notices import on_moves
from notifications.kinds import Kind
from reviews.notices import applicants
from vouchers.models import Application
from vouchers.workflow import State

ON_REACHING = on_moves(Application, quiet={State.REDEEMED})

REMINDERS = {
    name: Kind(name, applicants, by_text=True)
    for name in ("application_due_soon", "application_use_soon", "application_redeem_soon")
}
