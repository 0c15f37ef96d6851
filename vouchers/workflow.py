"""创新券申请: every state and every arrow. Drawn in docs/states.md."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django_fsm import GET_STATE, FSMField

from accounts.cases.models import TermsCase
from policy.models import PolicyVersion
from records.arrows import Condition, arrow
from records.people import Person
from records.states import S, States
from reviews.appeals.permissions import in_appeal_window, is_first_appeal
from reviews.models import Office
from reviews.permissions import is_clock, is_portal, is_reviewer_in_turn
from vouchers.permissions import (
    has_clean_credit,
    has_declared,
    has_no_live_claim,
    in_window,
    is_applicant,
    is_complete,
    is_marked,
    is_order_alive,
    is_order_free,
    is_unit_certified,
    is_unit_eligible,
    is_unit_free,
    is_unrelated,
    was_taken_away,
)

MAY_SUBMIT: list[Condition] = [
    is_complete,
    is_unit_eligible,
    is_marked,
    is_order_alive,
    is_unrelated,
    has_declared,
]
MAY_BEGIN: list[Condition] = [
    is_unit_free,
    is_unit_certified,
    has_clean_credit,
    *MAY_SUBMIT,
]  # a running case goes on whatever becomes of the unit


MAY_APPEAL: list[Condition] = [is_first_appeal, in_appeal_window, is_order_alive, is_order_free, has_no_live_claim]


class State(models.TextChoices):
    """Where an application stands (domain.md §5.3)."""

    DRAFT = "draft", "草稿"
    DISTRICT = "district", "待初审"
    DISTRICT_RETURNED = "district_returned", "初审退回修改"
    DISTRICT_REJECTED = "district_rejected", "初审不通过"
    BODY = "body", "待复审"
    BODY_RETURNED = "body_returned", "复审退回修改"
    BODY_REJECTED = "body_rejected", "复审不通过"
    APPROVED = "approved", "复审通过"
    REDEEMED = "redeemed", "已兑现"
    APPEAL = "appeal", "复核中"
    UPHELD = "upheld", "维持原决定"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已逾期"
    VOIDED = "voided", "已作废"


def back_to_body(application: TermsCase, **_: object) -> str:
    """A mended case goes back to the stage that returned it, unless money, provider or contract changed (§5)."""
    return State.DISTRICT if application.terms_changed else State.BODY


def where_it_led(application: TermsCase, **_: object) -> str:
    """复核通过: where the step would have led that was refused; a voucher stays one, with its amount set anew."""
    return State.BODY if application.appealed_from == State.DISTRICT_REJECTED else State.APPROVED


def as_decided(application: TermsCase, **_: object) -> str:
    """维持原决定: the end, but a voucher with a lowered amount lives on."""
    return State.APPROVED if application.appealed_from == State.APPROVED else State.UPHELD


def as_before(application: TermsCase, **_: object) -> str:
    """撤回复核: as if nothing had been asked."""
    return application.appealed_from


DISTRICT, BODY = Office.Kind.DISTRICT, Office.Kind.BODY
APPEALED = [State.DISTRICT_REJECTED, State.BODY_REJECTED, State.APPROVED]


class ApplicationWorkflow(TermsCase):
    """The machine of 创新券申请."""

    STATES: ClassVar[States] = {
        State.DRAFT: S("draft", line="填写申请", editable=True),
        State.DISTRICT: S("underway", line="区初审", stage="区初审", office=DISTRICT, promise="promised_district"),
        State.DISTRICT_RETURNED: S("yours", editable=True, returned=True),
        State.DISTRICT_REJECTED: S("refused", dead=True),
        State.BODY: S("underway", line="专业机构复审", stage="专业机构复审", office=BODY, promise="promised_body"),
        State.BODY_RETURNED: S("yours", editable=True, returned=True),
        State.BODY_REJECTED: S("refused", dead=True),
        State.APPROVED: S("done", line="复审通过"),
        State.REDEEMED: S("done", line="兑现"),
        State.APPEAL: S("underway", stage="复核", office=Office.Kind.MUNICIPAL, promise="promised_appeal"),
        State.UPHELD: S("refused", dead=True),
        State.WITHDRAWN: S("ended", dead=True),
        State.LAPSED: S("ended", dead=True),
        State.VOIDED: S("ended", dead=True),
    }

    state = FSMField("状态", choices=State, default=State.DRAFT, protected=True)

    class Meta:
        abstract = True

    @arrow(source=State.DRAFT, target=State.DISTRICT, permission=is_applicant, conditions=[in_window, *MAY_BEGIN])
    @arrow(source=State.DISTRICT_RETURNED, target=State.DISTRICT, permission=is_applicant, conditions=MAY_SUBMIT)
    @arrow(
        source=State.BODY_RETURNED,
        target=GET_STATE(back_to_body, states=[State.DISTRICT, State.BODY]),
        permission=is_applicant,
        conditions=MAY_SUBMIT,
    )
    def submit(self, *, by: Person) -> None:
        """Hand the case in; the first time fixes the cycle, the policy version and what the unit was."""
        if self.submitted_at is None:
            self.submitted_at = timezone.now()
            self.policy = PolicyVersion.objects.in_force(self.submitted_at)
            self.snapshot = self.unit.certified_as

    @arrow(source=State.DISTRICT, target=State.BODY, permission=is_reviewer_in_turn)
    @arrow(source=State.BODY, target=State.APPROVED, permission=is_reviewer_in_turn)
    @arrow(
        source=State.APPEAL,
        target=GET_STATE(where_it_led, states=[State.BODY, State.APPROVED]),
        permission=is_reviewer_in_turn,
    )
    def pass_review(self, *, by: Person) -> None:
        """区初审通过, 专业机构复审通过, 复核通过."""

    @arrow(source=State.DISTRICT, target=State.DISTRICT_RETURNED, permission=is_reviewer_in_turn)
    @arrow(source=State.BODY, target=State.BODY_RETURNED, permission=is_reviewer_in_turn)
    def send_back(self, *, by: Person) -> None:
        """退回修改: the quota stays reserved until the deadline."""

    @arrow(source=State.DISTRICT, target=State.DISTRICT_REJECTED, permission=is_reviewer_in_turn)
    @arrow(source=State.BODY, target=State.BODY_REJECTED, permission=is_reviewer_in_turn)
    @arrow(
        source=State.APPEAL,
        target=GET_STATE(as_decided, states=[State.APPROVED, State.UPHELD]),
        permission=is_reviewer_in_turn,
    )
    def reject(self, *, by: Person) -> None:
        """不通过: final for this case, unless 复核 is asked for in time. 维持原决定: final."""

    @arrow(source=APPEALED, target=State.APPEAL, permission=is_applicant, conditions=MAY_APPEAL)
    def appeal(self, *, by: Person) -> None:
        """申请复核 after 不通过 or a lowered amount: once a decision, within the days of the policy."""
        self.appealed_from, self.due_on = str(self.state), None

    @arrow(source=State.APPEAL, target=GET_STATE(as_before, states=APPEALED), permission=is_applicant)
    def drop_appeal(self, *, by: Person) -> None:
        """撤回复核: what was decided stands, and cannot be held against again."""

    @arrow(
        source=[State.DRAFT, State.DISTRICT, State.DISTRICT_RETURNED, State.BODY_RETURNED],
        target=State.WITHDRAWN,
        permission=is_applicant,
    )
    def withdraw(self, *, by: Person) -> None:
        """Until the first decision, or while returned."""

    @arrow(
        source=[State.DISTRICT_RETURNED, State.BODY_RETURNED],
        target=State.LAPSED,
        permission=is_clock,
    )
    @arrow(source=State.APPROVED, target=State.LAPSED, permission=is_clock, conditions=[has_no_live_claim])
    def lapse(self, *, by: Person) -> None:
        """The correction deadline or the redeem-by date has passed."""

    @arrow(source=State.APPROVED, target=State.VOIDED, permission=is_applicant, conditions=[has_no_live_claim])
    def give_back(self, *, by: Person) -> None:
        """The enterprise gives the voucher back (作废)."""

    @arrow(
        source=[
            State.DRAFT,
            State.DISTRICT,
            State.DISTRICT_RETURNED,
            State.BODY,
            State.BODY_RETURNED,
            State.APPROVED,
            State.APPEAL,
        ],
        target=State.VOIDED,
        permission=is_portal,
    )
    def void(self, *, by: Person) -> None:
        """The order has died, or the redemption was refused for fraud, related parties or double funding."""

    @arrow(source=State.APPROVED, target=State.REDEEMED, permission=is_portal)
    def redeem(self, *, by: Person) -> None:
        """专家评审通过: the voucher is used."""

    @arrow(
        source=[State.VOIDED, State.LAPSED],
        target=State.APPROVED,
        permission=is_portal,
        conditions=[was_taken_away, is_order_alive, is_order_free],
    )
    def restore(self, *, by: Person) -> None:
        """复核 of the redemption with whose refusal the voucher ended, or beside which it lapsed."""
