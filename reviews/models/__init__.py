"""Offices and their people; turns, opinions and seats."""

from reviews.models.appeals import Appeal
from reviews.models.bulk import BulkDecision, BulkLine
from reviews.models.claims import TurnClaim
from reviews.models.experts import ExpertProfile, ExpertTie, Specialty
from reviews.models.figures import MonthPerson, MonthReason, MonthTimes
from reviews.models.listed import Lies, Looked
from reviews.models.lists import MOST_VIEWS, ListColumns, SavedView
from reviews.models.panels import Panel, PanelCase, PanelMember
from reviews.models.phrases import Phrase
from reviews.models.places import District, Office, OfficeMember
from reviews.models.questions import Question, QuestionPaper, Reply
from reviews.models.receipts import SubmissionReceipt
from reviews.models.remarks import Remark
from reviews.models.rests import Rest
from reviews.models.seats import ExpertWord, Leaving, PanelSeat
from reviews.models.turns import APPEAL, APPEAL_VERDICTS, DUE_SOON, Opinion, ReviewedCase, Turn, Verdict
from reviews.models.usual import UsualTime

__all__ = [
    "APPEAL",
    "APPEAL_VERDICTS",
    "DUE_SOON",
    "MOST_VIEWS",
    "Appeal",
    "BulkDecision",
    "BulkLine",
    "District",
    "ExpertProfile",
    "ExpertTie",
    "ExpertWord",
    "Leaving",
    "Lies",
    "ListColumns",
    "Looked",
    "MonthPerson",
    "MonthReason",
    "MonthTimes",
    "Office",
    "OfficeMember",
    "Opinion",
    "Panel",
    "PanelCase",
    "PanelMember",
    "PanelSeat",
    "Phrase",
    "Question",
    "QuestionPaper",
    "Remark",
    "Reply",
    "Rest",
    "ReviewedCase",
    "SavedView",
    "Specialty",
    "SubmissionReceipt",
    "Turn",
    "TurnClaim",
    "UsualTime",
    "Verdict",
]
