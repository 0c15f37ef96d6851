"""News of 服务机构入驻: the unit hears of every move, the platform when a case arrives."""

from catalog.workflow import State
from notifications.kinds import Kind
from notifications.matters import ARRIVALS, DEADLINES, PROGRESS, VERDICTS
from reviews.notices import applicants, office_in_turn

ON_REACHING = {
    State.PENDING: (
        Kind("admission_received", applicants, encloses=True, matter=PROGRESS),
        Kind("admission_submitted", office_in_turn, matter=ARRIVALS),
    ),
    State.RETURNED: (Kind("admission_returned", applicants, matter=VERDICTS),),
    State.REJECTED: (Kind("admission_rejected", applicants, matter=VERDICTS),),
    State.ADMITTED: (Kind("admission_admitted", applicants, matter=VERDICTS),),
    State.SUSPENDED: (Kind("admission_suspended", applicants, matter=VERDICTS),),
    State.EXPIRED: (Kind("admission_expired", applicants, matter=VERDICTS),),
    State.WITHDRAWN: (Kind("admission_withdrawn", applicants, matter=PROGRESS),),
}

REMINDER = Kind("admission_ends_soon", applicants, matter=DEADLINES)
