"""People, the ways in, the units."""

from accounts.models.entrance import SignInEvent, TextMessage
from accounts.models.facts import FACTS, Honour, UnitKind, UnitSnapshot
from accounts.models.joining import Invitation, JoinRequest
from accounts.models.people import Consent, DataExport, Duty, User
from accounts.models.units import Unit, UnitMember

__all__ = [
    "FACTS",
    "Consent",
    "DataExport",
    "Duty",
    "Honour",
    "Invitation",
    "JoinRequest",
    "SignInEvent",
    "TextMessage",
    "Unit",
    "UnitKind",
    "UnitMember",
    "UnitSnapshot",
    "User",
]
