"""服务机构入驻: every state and every arrow. Drawn in docs/states.md."""

from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone
from django_fsm import FSMField, transition

from catalog.permissions import (
    has_pledged,
    has_scope,
    is_admission_administrator,
    is_admission_complete,
    is_admission_writer,
    is_not_suspended,
    is_platform_over,
    is_still_valid,
    is_unit_certified,
)
from reviews.models import Office, ReviewedCase
from reviews.permissions import is_clock, is_reviewer_in_turn
from reviews.reasons import Reason

arrow = partial(transition, field="state")  # one @arrow is one arrow of the drawing


class State(models.TextChoices):
    """Where an admission stands."""

    DRAFT = "draft", "草稿"
    PENDING = "pending", "待审核"
    RETURNED = "returned", "退回修改"
    REJECTED = "rejected", "不通过"
    ADMITTED = "admitted", "已入驻"
    SUSPENDED = "suspended", "已暂停"
    EXPIRED = "expired", "已到期"
    WITHDRAWN = "withdrawn", "已撤回"


class AdmissionWorkflow(ReviewedCase):
    """The machine of 服务机构入驻."""

    MATTER = "服务机构入驻"
    REASONS = (Reason.QUAL, Reason.REL, Reason.SCOPE, Reason.DATE, Reason.PARTY, Reason.LATE)
    TURN = {State.PENDING: Office.Kind.PLATFORM}
    STAGES = {State.PENDING: "服务机构入驻审核"}
    RETURNED = frozenset({State.RETURNED})
    EDITABLE = frozenset({State.DRAFT, State.RETURNED})
    DEAD = frozenset({State.REJECTED, State.EXPIRED, State.WITHDRAWN})
    LINE = ((State.DRAFT, "填写入驻资料"), (State.PENDING, "平台审核"), (State.ADMITTED, "已入驻"))
    TONES = {
        State.DRAFT: "draft", State.PENDING: "underway", State.RETURNED: "yours", State.REJECTED: "refused",
        State.ADMITTED: "done", State.SUSPENDED: "ended", State.EXPIRED: "ended", State.WITHDRAWN: "ended",
    }  # fmt: skip

    submitted_at: Any  # columns of the model: the first submission and the admission fill them
    valid_from: Any
    valid_until: Any
    term: Any
    state = FSMField("状态", choices=State, default=State.DRAFT, protected=True)

    class Meta:
        abstract = True

    @arrow(
        source=[State.DRAFT, State.RETURNED],
        target=State.PENDING,
        permission=is_admission_writer,
        conditions=[is_unit_certified, is_admission_complete, has_scope, has_pledged],
    )
    def submit(self, *, by: Any) -> None:
        """Hand the papers to the platform."""
        self.submitted_at = self.submitted_at or timezone.now()

    @arrow(
        source=State.PENDING,
        target=State.ADMITTED,
        permission=is_reviewer_in_turn,
        conditions=[is_unit_certified, is_not_suspended],
    )
    def pass_review(self, *, by: Any) -> None:
        """已入驻: from today until the day that the setting gives."""
        self.valid_from, self.valid_until = self.term()

    @arrow(source=State.PENDING, target=State.RETURNED, permission=is_reviewer_in_turn)
    def send_back(self, *, by: Any) -> None:
        """退回修改."""

    @arrow(source=State.PENDING, target=State.REJECTED, permission=is_reviewer_in_turn)
    def reject(self, *, by: Any) -> None:
        """不通过: final for this case; the unit may begin another."""

    @arrow(
        source=[State.DRAFT, State.PENDING, State.RETURNED],
        target=State.WITHDRAWN,
        permission=is_admission_writer,
    )
    @arrow(source=State.ADMITTED, target=State.WITHDRAWN, permission=is_admission_administrator)
    def withdraw(self, *, by: Any) -> None:
        """The unit takes its application back; an admitted one gives its admission up."""

    @arrow(source=State.ADMITTED, target=State.SUSPENDED, permission=is_platform_over)
    def suspend(self, *, by: Any) -> None:
        """The platform suspends the admission: the marks rest."""

    @arrow(source=State.SUSPENDED, target=State.ADMITTED, permission=is_platform_over, conditions=[is_still_valid])
    def resume(self, *, by: Any) -> None:
        """The platform lifts the suspension: the marks come back."""

    @arrow(source=[State.ADMITTED, State.SUSPENDED], target=State.EXPIRED, permission=is_clock)
    def expire(self, *, by: Any) -> None:
        """The last day is past, or a renewal has taken its place."""
