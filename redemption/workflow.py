"""创新券兑现: every state and every arrow. Drawn in docs/states.md."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django_fsm import GET_STATE, FSMField

from accounts.cases.models import TermsCase
from records.arrows import Condition, arrow
from records.people import Person
from records.states import S, States
from redemption.permissions import (
    has_group_agreed,
    has_group_refused,
    has_no_other_claim,
    has_nothing_dropped,
    has_papers,
    has_stamped_form,
    in_time,
    in_window,
    is_claimant,
    is_complete,
    is_group_heard,
    is_group_silent,
    is_order_confirmed,
    is_unit_certified,
    is_voucher_alive,
    is_voucher_standing,
)
from reviews.appeals.permissions import in_appeal_window, is_first_appeal
from reviews.models import Office
from reviews.permissions import is_clock, is_reviewer_in_turn
from vouchers.permissions import is_unit_free

MAY_SUBMIT: list[Condition] = [is_complete, has_papers, has_nothing_dropped, is_voucher_alive, is_order_confirmed]
MAY_BEGIN: list[Condition] = [
    is_unit_free,
    is_unit_certified,
    *MAY_SUBMIT,
]  # a running case goes on whatever becomes of the unit


class State(models.TextChoices):
    """Where a redemption stands (domain.md §5.4)."""

    DRAFT = "draft", "草稿"
    DISTRICT = "district", "待初审"
    DISTRICT_RETURNED = "district_returned", "初审退回修改"
    DISTRICT_REJECTED = "district_rejected", "初审不通过"
    FORMAL = "formal", "待形式审查"
    FORMAL_RETURNED = "formal_returned", "形式审查退回修改"
    FORMAL_REJECTED = "formal_rejected", "形式审查不通过"
    ACCEPTED = "accepted", "市级受理"
    EXPERTS = "experts", "专家评审中"
    FORM_RETURNED = "form_returned", "申请表退回重传"
    PASSED = "passed", "专家评审通过"
    EXPERTS_REJECTED = "experts_rejected", "专家评审不通过"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已逾期"
    APPEAL = "appeal", "复核中"
    UPHELD = "upheld", "维持原决定"


def back_to_formal(claim: TermsCase, **_: object) -> str:
    """A mended case goes back to the stage that returned it, unless money or contract changed (§5)."""
    return State.DISTRICT if claim.terms_changed else State.FORMAL


def where_it_led(claim: TermsCase, **_: object) -> str:
    """复核通过: where the step would have led that was refused; what was paid out stays so, with its amount set anew."""
    led = {State.DISTRICT_REJECTED: State.FORMAL, State.FORMAL_REJECTED: State.ACCEPTED}
    return led.get(State(claim.appealed_from), State.PASSED)


def as_decided(claim: TermsCase, **_: object) -> str:
    """维持原决定: the end, but a lowered amount is paid."""
    return State.PASSED if claim.appealed_from == State.PASSED else State.UPHELD


def as_before(claim: TermsCase, **_: object) -> str:
    """撤回复核: as if nothing had been asked."""
    return claim.appealed_from


REFUSED = [State.DISTRICT_REJECTED, State.FORMAL_REJECTED, State.EXPERTS_REJECTED]
DISTRICT, BODY = Office.Kind.DISTRICT, Office.Kind.BODY
HAND_IN_FORM = "导出兑现申请表，签字盖章后上传扫描件"


class ClaimWorkflow(TermsCase):
    """The machine of 创新券兑现."""

    STATES: ClassVar[States] = {
        State.DRAFT: S("draft", line="填写兑现申请", editable=True),
        State.DISTRICT: S("underway", line="区初审", stage="区初审", office=DISTRICT, promise="promised_district"),
        State.DISTRICT_RETURNED: S("yours", editable=True, returned=True),
        State.DISTRICT_REJECTED: S("refused", dead=True),
        State.FORMAL: S(
            "underway", line="专业机构形式审查", stage="专业机构形式审查", office=BODY, promise="promised_formal"
        ),
        State.FORMAL_RETURNED: S("yours", editable=True, returned=True),
        State.FORMAL_REJECTED: S("refused", dead=True),
        State.ACCEPTED: S("yours", line="市级受理", asks=HAND_IN_FORM),
        State.EXPERTS: S(
            "underway", line="专家评审", stage="专家评审", office=BODY, promise="promised_experts", panel=True
        ),
        State.FORM_RETURNED: S("yours", returned=True, asks=HAND_IN_FORM),
        State.PASSED: S("done", line="专家评审通过"),
        State.EXPERTS_REJECTED: S("refused", dead=True),
        State.APPEAL: S("underway", stage="复核", office=Office.Kind.MUNICIPAL, promise="promised_appeal"),
        State.UPHELD: S("refused", dead=True),
        State.WITHDRAWN: S("ended", dead=True),
        State.LAPSED: S("ended", dead=True),
    }
    AWAITS_FORM = frozenset({State.ACCEPTED, State.FORM_RETURNED})

    application: Any  # a column of the model
    state = FSMField("状态", choices=State, default=State.DRAFT, protected=True)

    class Meta:
        abstract = True

    @arrow(
        source=State.DRAFT, target=State.DISTRICT, permission=is_claimant, conditions=[in_window, in_time, *MAY_BEGIN]
    )
    @arrow(source=State.DISTRICT_RETURNED, target=State.DISTRICT, permission=is_claimant, conditions=MAY_SUBMIT)
    @arrow(
        source=State.FORMAL_RETURNED,
        target=GET_STATE(back_to_formal, states=[State.DISTRICT, State.FORMAL]),
        permission=is_claimant,
        conditions=MAY_SUBMIT,
    )
    def submit(self, *, by: Person) -> None:
        """Hand the claim in; it keeps the policy version of its voucher, and what the unit was the first time."""
        if self.submitted_at is None:
            self.submitted_at, self.policy = timezone.now(), self.application.policy
            self.snapshot = self.unit.certified_as

    @arrow(source=State.DISTRICT, target=State.FORMAL, permission=is_reviewer_in_turn, conditions=[is_voucher_alive])
    @arrow(source=State.FORMAL, target=State.ACCEPTED, permission=is_reviewer_in_turn, conditions=[is_voucher_alive])
    @arrow(
        source=State.EXPERTS,
        target=State.PASSED,
        permission=is_reviewer_in_turn,
        conditions=[is_voucher_alive, is_group_heard, has_group_agreed],
    )
    @arrow(
        source=State.APPEAL,
        target=GET_STATE(where_it_led, states=[State.FORMAL, State.ACCEPTED, State.PASSED]),
        permission=is_reviewer_in_turn,
        conditions=[is_voucher_standing],
    )
    def pass_review(self, *, by: Person) -> None:
        """区初审通过; 形式审查通过 freezes the content; 专家评审通过 ends the review; 复核通过."""

    @arrow(source=State.DISTRICT, target=State.DISTRICT_RETURNED, permission=is_reviewer_in_turn)
    @arrow(source=State.FORMAL, target=State.FORMAL_RETURNED, permission=is_reviewer_in_turn)
    def send_back(self, *, by: Person) -> None:
        """退回修改."""

    @arrow(source=State.DISTRICT, target=State.DISTRICT_REJECTED, permission=is_reviewer_in_turn)
    @arrow(source=State.FORMAL, target=State.FORMAL_REJECTED, permission=is_reviewer_in_turn)
    @arrow(
        source=State.EXPERTS,
        target=State.EXPERTS_REJECTED,
        permission=is_reviewer_in_turn,
        conditions=[is_group_heard, has_group_refused],
    )
    @arrow(
        source=State.APPEAL,
        target=GET_STATE(as_decided, states=[State.PASSED, State.UPHELD]),
        permission=is_reviewer_in_turn,
    )
    def reject(self, *, by: Person) -> None:
        """不通过: the voucher lives on until its redeem-by date, except after a grave reason. 维持原决定: final."""

    @arrow(
        source=REFUSED,
        target=State.APPEAL,
        permission=is_claimant,
        conditions=[is_first_appeal, in_appeal_window, has_no_other_claim],
    )
    @arrow(
        source=State.PASSED,
        target=State.APPEAL,
        permission=is_claimant,
        conditions=[is_first_appeal, in_appeal_window],
    )
    def appeal(self, *, by: Person) -> None:
        """申请复核 after 不通过 or a lowered amount: once a decision, within the days of the policy."""
        self.appealed_from, self.due_on = str(self.state), None

    @arrow(source=State.APPEAL, target=GET_STATE(as_before, states=[*REFUSED, State.PASSED]), permission=is_claimant)
    def drop_appeal(self, *, by: Person) -> None:
        """撤回复核: what was decided stands, and cannot be held against again."""

    @arrow(
        source=[State.ACCEPTED, State.FORM_RETURNED],
        target=State.EXPERTS,
        permission=is_claimant,
        conditions=[has_stamped_form],
    )
    def upload_form(self, *, by: Person) -> None:
        """The signed and stamped form is uploaded: the upload itself moves the case on to the experts."""

    @arrow(
        source=State.EXPERTS, target=State.FORM_RETURNED, permission=is_reviewer_in_turn, conditions=[is_group_silent]
    )
    def return_form(self, *, by: Person) -> None:
        """申请表退回重传: the scan is not the frozen form, or is not signed or stamped."""

    @arrow(
        source=[State.DRAFT, State.DISTRICT, State.DISTRICT_RETURNED, State.FORMAL_RETURNED],
        target=State.WITHDRAWN,
        permission=is_claimant,
    )
    def withdraw(self, *, by: Person) -> None:
        """Until the first decision, or while returned."""

    @arrow(
        source=[State.DISTRICT_RETURNED, State.FORMAL_RETURNED, State.ACCEPTED, State.FORM_RETURNED],
        target=State.LAPSED,
        permission=is_clock,
    )
    @arrow(source=State.DRAFT, target=State.LAPSED, permission=is_clock)
    def lapse(self, *, by: Person) -> None:
        """The correction deadline, the form's deadline or the voucher's redeem-by date has passed."""
