"""What pages say of 申请复核, and how the applicant is asked before he drops it."""

from typing import Any

from django.urls import reverse

from records.people import Person
from records.steps import arrow_of
from reviews.appeals.permissions import in_appeal_window, may_appeal
from reviews.appeals.reading import TITLE
from reviews.kinds import Ending
from reviews.models import APPEAL, ReviewedCase

DROP_APPEAL = Ending(
    "撤回复核",
    "撤回后原决定不变，这个决定不能再次申请复核；为复核保留的额度立即退回。确定要撤回吗？",
    "确认撤回",
    "复核已撤回，原决定不变。",
)


def window_words(case: ReviewedCase) -> str:
    """Until when the decision may be held against; "" where it may not; asks no database."""
    if arrow_of(case, APPEAL) is None or not in_appeal_window(case):
        return ""
    until: Any = getattr(case, "due_on", None)
    return f"对决定有异议的，可以在 {until} 前申请复核一次。"


def appeal_acts(case: ReviewedCase, user: Person, url_name: str) -> list[dict[str, Any]]:
    """The button, for whoever may press it."""
    if not may_appeal(case, user):
        return []
    return [{"label": TITLE, "url": reverse(url_name, args=[case.number])}]
