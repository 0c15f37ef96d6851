"""People, the ways in, the units."""

from accounts.models.box import BoxPaper
from accounts.models.entrance import AccountMail, Sending, SignInEvent, TextMessage
from accounts.models.exports import ListExport
from accounts.models.facts import FACTS, Honour, UnitKind, UnitSnapshot
from accounts.models.joining import Invitation, JoinRequest
from accounts.models.keeping import FormDraft, KeptForm
from accounts.models.people import Consent, DataExport, Duty, User
from accounts.models.units import Unit, UnitMember, memberships_of

__all__ = [
    "FACTS",
    "AccountMail",
    "BoxPaper",
    "Consent",
    "DataExport",
    "Duty",
    "FormDraft",
    "Honour",
    "Invitation",
    "JoinRequest",
    "KeptForm",
    "ListExport",
    "Sending",
    "SignInEvent",
    "TextMessage",
    "Unit",
    "UnitKind",
    "UnitMember",
    "UnitSnapshot",
    "User",
    "memberships_of",
]
