"""News of 服务机构入驻: the unit hears of every move, the platform when a case arrives."""

from catalog.workflow import State
from notifications.kinds import Kind
from reviews.notices import applicants, office_in_turn

ON_REACHING = {
    State.PENDING: (
        Kind("admission_received", applicants, encloses=True),
        Kind("admission_submitted", office_in_turn, by_mail=False),
    ),
    State.RETURNED: (Kind("admission_returned", applicants),),
    State.REJECTED: (Kind("admission_rejected", applicants),),
    State.ADMITTED: (Kind("admission_admitted", applicants),),
    State.SUSPENDED: (Kind("admission_suspended", applicants),),
    State.EXPIRED: (Kind("admission_expired", applicants),),
    State.WITHDRAWN: (Kind("admission_withdrawn", applicants),),
}

REMINDER = Kind("admission_ends_soon", applicants)
