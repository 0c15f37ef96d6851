"""The office whose decision is looked at once more hears of it."""

from notifications.kinds import Kind
from notifications.matters import ARRIVALS
from reviews.notices import office

BEGUN = Kind("appeal_begun", office, matter=ARRIVALS)
DECIDED = Kind("appeal_decided", office, matter=ARRIVALS)
