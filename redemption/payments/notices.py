"""The firm hears that its money was sent, and that a line about it was wrong."""

from notifications.kinds import Kind
from notifications.matters import VERDICTS
from reviews.notices import applicants

PAID = Kind("claim_paid", applicants, by_text=True, matter=VERDICTS)
STRUCK = Kind("claim_payment_struck", applicants, by_text=True, matter=VERDICTS)
