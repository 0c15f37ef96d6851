"""服务机构入驻: every state and every arrow. Drawn in docs/states.md."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django_fsm import FSMField

from accounts.cases.models import UnitCase
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
from records.arrows import arrow
from records.people import Person
from records.states import S, States
from reviews.models import Office
from reviews.permissions import is_clock, is_reviewer_in_turn


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


class AdmissionWorkflow(UnitCase):
    """The machine of 服务机构入驻."""

    STATES: ClassVar[States] = {
        State.DRAFT: S("draft", line="填写入驻资料", editable=True),
        State.PENDING: S(
            "underway",
            line="平台审核",
            stage="服务机构入驻审核",
            office=Office.Kind.PLATFORM,
            promise="promised_admission",
        ),
        State.RETURNED: S("yours", editable=True, returned=True),
        State.REJECTED: S("refused", dead=True),
        State.ADMITTED: S("done", line="已入驻"),
        State.SUSPENDED: S("ended"),
        State.EXPIRED: S("ended", dead=True),
        State.WITHDRAWN: S("ended", dead=True),
    }
    IN_FORCE = frozenset({State.ADMITTED, State.SUSPENDED})
    UNDER_WAY = frozenset({State.DRAFT, State.PENDING, State.RETURNED})

    state = FSMField("状态", choices=State, default=State.DRAFT, protected=True)

    class Meta:
        abstract = True

    def begin(self) -> None:
        """Set the first and the last day of the admission; the model, which knows the earlier ones, says how."""

    @arrow(
        source=[State.DRAFT, State.RETURNED],
        target=State.PENDING,
        permission=is_admission_writer,
        conditions=[is_unit_certified, is_admission_complete, has_scope, has_pledged],
    )
    def submit(self, *, by: Person) -> None:
        """Hand the papers to the platform."""
        self.submitted_at = self.submitted_at or timezone.now()

    @arrow(
        source=State.PENDING,
        target=State.ADMITTED,
        permission=is_reviewer_in_turn,
        conditions=[is_unit_certified, is_not_suspended],
    )
    def pass_review(self, *, by: Person) -> None:
        """已入驻: from today until the day that the setting gives."""
        self.begin()

    @arrow(source=State.PENDING, target=State.RETURNED, permission=is_reviewer_in_turn)
    def send_back(self, *, by: Person) -> None:
        """退回修改."""

    @arrow(source=State.PENDING, target=State.REJECTED, permission=is_reviewer_in_turn)
    def reject(self, *, by: Person) -> None:
        """不通过: final for this case; the unit may begin another."""

    @arrow(
        source=[State.DRAFT, State.PENDING, State.RETURNED],
        target=State.WITHDRAWN,
        permission=is_admission_writer,
    )
    @arrow(source=State.ADMITTED, target=State.WITHDRAWN, permission=is_admission_administrator)
    def withdraw(self, *, by: Person) -> None:
        """The unit takes its application back; an admitted one gives its admission up."""

    @arrow(source=State.ADMITTED, target=State.SUSPENDED, permission=is_platform_over)
    def suspend(self, *, by: Person) -> None:
        """The platform suspends the admission: the marks rest."""

    @arrow(source=State.SUSPENDED, target=State.ADMITTED, permission=is_platform_over, conditions=[is_still_valid])
    def resume(self, *, by: Person) -> None:
        """The platform lifts the suspension: the marks come back."""

    @arrow(source=[State.ADMITTED, State.SUSPENDED], target=State.EXPIRED, permission=is_clock)
    def expire(self, *, by: Person) -> None:
        """The last day is past, or a renewal has taken its place."""
