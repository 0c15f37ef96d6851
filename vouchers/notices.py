"""Who hears what when an application moves: the unit of every move of its case, the office when a case arrives."""

from notifications.kinds import Kind
from reviews.notices import applicants, office_in_turn
from vouchers.workflow import State

ARRIVED = Kind("application_arrived", office_in_turn, by_mail=False)

ON_REACHING = {
    State.DISTRICT: (Kind("application_district", applicants), ARRIVED),
    State.DISTRICT_RETURNED: (Kind("application_district_returned", applicants),),
    State.DISTRICT_REJECTED: (Kind("application_district_rejected", applicants),),
    State.BODY: (Kind("application_body", applicants), ARRIVED),
    State.BODY_RETURNED: (Kind("application_body_returned", applicants),),
    State.BODY_REJECTED: (Kind("application_body_rejected", applicants),),
    State.APPROVED: (Kind("application_approved", applicants),),
    State.REDEEMED: (Kind("application_redeemed", applicants, by_mail=False),),
    State.WITHDRAWN: (Kind("application_withdrawn", applicants),),
    State.LAPSED: (Kind("application_lapsed", applicants),),
    State.VOIDED: (Kind("application_voided", applicants),),
}

REMINDERS = {
    name: Kind(name, applicants) for name in ("application_due_soon", "application_use_soon", "application_redeem_soon")
}
