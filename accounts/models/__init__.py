"""People, the ways in, the units."""

from accounts.models.entrance import SignInEvent, TextMessage
from accounts.models.people import Consent, DataExport, Duty, User
from accounts.models.units import Honour, Invitation, JoinRequest, Unit, UnitKind, UnitMember

__all__ = [
    "Consent", "DataExport", "Duty", "Honour", "Invitation", "JoinRequest", "SignInEvent", "TextMessage", "Unit", "UnitKind",
    "UnitMember", "User",
]  # fmt: skip
