"""单位认证: every state and every arrow. Drawn in docs/states.md."""

from typing import ClassVar

from django.db import models
from django_fsm import FSMField

from accounts.permissions import (
    has_licence_ended,
    has_licence_term,
    is_certification_complete,
    is_code_sound,
    is_licence_in_force,
    is_on_register,
    is_platform,
    is_unit_administrator,
)
from records.arrows import arrow
from records.people import Person
from records.states import S, States
from reviews.models import Office, ReviewedCase
from reviews.permissions import is_clock, is_reviewer_in_turn


class State(models.TextChoices):
    """Where a unit's certification stands (domain.md §5.1)."""

    UNCERTIFIED = "uncertified", "未认证"
    PENDING = "pending", "待审核"
    RETURNED = "returned", "退回修改"
    REJECTED = "rejected", "认证不通过"
    CERTIFIED = "certified", "认证通过"
    EXPIRED = "expired", "需重新认证"
    FROZEN = "frozen", "已冻结"


class UnitWorkflow(ReviewedCase):
    """The machine of 单位认证."""

    STATES: ClassVar[States] = {
        State.UNCERTIFIED: S("draft", line="填写认证资料", editable=True),
        State.PENDING: S(
            "underway",
            line="平台审核",
            stage="单位认证审核",
            office=Office.Kind.PLATFORM,
            promise="promised_certification",
        ),
        State.RETURNED: S("yours", editable=True, returned=True),
        State.REJECTED: S("refused", dead=True),
        State.CERTIFIED: S("done", line="认证通过"),
        State.EXPIRED: S("yours", editable=True),
        State.FROZEN: S("ended"),
    }
    RENEWING = frozenset({State.EXPIRED, State.PENDING, State.RETURNED})  # as a unit with running cases passes them

    state = FSMField("状态", choices=State, default=State.UNCERTIFIED, protected=True)

    class Meta:
        abstract = True

    @arrow(
        source=[State.UNCERTIFIED, State.RETURNED, State.EXPIRED],
        target=State.PENDING,
        permission=is_unit_administrator,
        conditions=[is_certification_complete, has_licence_term, is_licence_in_force, is_on_register],
    )
    def submit(self, *, by: Person) -> None:
        """Hand the unit's papers to the platform."""

    @arrow(
        source=State.PENDING,
        target=State.CERTIFIED,
        permission=is_reviewer_in_turn,
        conditions=[is_code_sound, is_licence_in_force],
    )
    def pass_review(self, *, by: Person) -> None:
        """认证通过."""

    @arrow(source=State.PENDING, target=State.RETURNED, permission=is_reviewer_in_turn)
    def send_back(self, *, by: Person) -> None:
        """退回修改."""

    @arrow(source=State.PENDING, target=State.REJECTED, permission=is_reviewer_in_turn)
    def reject(self, *, by: Person) -> None:
        """认证不通过: final for this certification; the person may begin another."""

    @arrow(source=State.CERTIFIED, target=State.EXPIRED, permission=is_unit_administrator)
    def reopen(self, *, by: Person) -> None:
        """The name or the licence has changed: 需重新认证."""

    @arrow(source=State.CERTIFIED, target=State.EXPIRED, permission=is_clock, conditions=[has_licence_ended])
    def expire(self, *, by: Person) -> None:
        """The licence has ended: 需重新认证 by the clock."""

    @arrow(source=State.CERTIFIED, target=State.FROZEN, permission=is_platform)
    def freeze(self, *, by: Person) -> None:
        """Misconduct: no new orders, applications or redemptions."""

    @arrow(source=State.FROZEN, target=State.CERTIFIED, permission=is_platform)
    def unfreeze(self, *, by: Person) -> None:
        """The platform lifts the freeze."""
