"""How a case gets to a state: by the steps that people take, through the same services as the portal.

The demo drives its cases with real papers and a moving clock, the tests with blank ones and the clock at rest.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone

from accounts.certification.services import reopen_certification, set_frozen, submit_certification
from accounts.models import Unit
from catalog.models import Product
from orders.models import Order
from orders.services import move_order, place_order
from policy.models import PolicyVersion
from records.models import Document
from records.people import Person
from redemption.models import Claim
from redemption.permissions import NEEDED
from redemption.services import end_claim, save_claim, save_row, start_claim, submit_claim, upload_stamped_form
from reviews import panel
from reviews.appeals.services import appeal
from reviews.models import OfficeMember, ReviewedCase
from reviews.offices import hands_for
from reviews.reasons import Reason
from reviews.services import give_opinion
from tten.demo.claim_rows import ACCOUNT, rows_of
from tten.demo.stories import PLAIN, Story
from vouchers.models import Application
from vouchers.services import end_application, save_application, start_application, submit_application

RETURN_WORDS = "服务内容与研发活动的关系不够清楚，请补充检测结果将用于哪个研发环节。"
FORM_WORDS = "申请表第 2 页未盖章，请补盖后重新上传。"
REJECT_WORDS = "本次服务属于日常出厂检验，不属于研发活动，不在支持范围。"
APPEAL_WORDS = "检测针对研发中的新材料配方，不是日常出厂检验，请对照立项文件复核。"
UPHELD_WORDS = "立项文件与本次检测项目不对应，原决定依据充分。"

R = TypeVar("R", bound=ReviewedCase)


@dataclass
class Cast:
    """The people through whose hands a case goes; a subclass makes the papers and moves the clock."""

    applicant: Any = None
    provider_member: Any = None
    platform: Any = None
    district: Any = None
    body: Any = None
    body_second: Any = None
    clock: Any = None
    experts: Sequence[OfficeMember] = field(default_factory=list)
    product: Product | None = None
    story: Story = PLAIN
    contact: str = "贾经办"  # who is to be asked for the applicant, and his number
    phone: str = "13800000000"

    def paper(self, by: Person, kind: str, facts: Any) -> Document:
        """Make one paper: licence, invoice, receipt, contract, report or form."""
        raise NotImplementedError

    def pause(self, days: float = 1) -> None:
        """Let time pass; the clock is at rest unless a subclass moves it."""

    def decide(self, case: R, by: Person, verdict: str, text: str = "", **more: Any) -> R:
        """The office in turn gives its word; return the case as it then stands."""
        self.pause()
        give_opinion(case.turns.get(closed_at=None), by=by, verdict=verdict, text=text, **more)
        return type(case)._default_manager.get(pk=case.pk)

    def make_order(self, by: Person | None = None, product: Product | None = None) -> Order:
        """The applicant, or another person, orders the product, or another one."""
        order = Order(
            requirement=self.story.need,
            budget=self.story.budget,
            wanted_on=timezone.localdate() + dt.timedelta(60),
            contact=self.contact,
            phone=self.phone,
        )
        chosen: Any = product or self.product
        return place_order(order, chosen, by=by or self.applicant)

    def make_application(
        self, contract: int = 100_000, applied: int = 50_000, order: Order | None = None, by: Person | None = None
    ) -> Application:
        """A complete draft, amounts in yuan."""
        by = by or self.applicant
        application = start_application(order or self.make_order(by), by=by)
        today = timezone.localdate()
        application.project_name = self.story.of(application.order.product_name).project
        application.content = self.story.content
        application.contract_amount, application.applied_amount = Decimal(contract), Decimal(applied)
        application.planned_from, application.planned_to = today, today + dt.timedelta(90)
        application.contact, application.phone = self.contact, self.phone
        application.declares_unrelated = application.declares_no_other_funds = True
        application.declares_not_statutory, application.pledged_at = True, timezone.now()
        application.pledge_version = PolicyVersion.objects.in_force().pledge_version
        return save_application(application, by=by)

    def make_claim(
        self, application: Application | None = None, amount: int = 100_000, paid: int | None = None
    ) -> Claim:
        """A complete draft on an approved voucher whose order the provider has confirmed; amounts in yuan."""
        application = application or drive_application(self.make_application(), "approved", self)
        if application.order.state == "placed":
            move_order(application.order, "confirm", by=self.provider_member)
        self.pause(20)
        self.deliver(application.order)
        claim = start_claim(Application.objects.get(pk=application.pk), by=self.applicant)
        fill_claim(claim, self, Decimal(amount), Decimal(amount if paid is None else paid))
        return Claim.objects.get(pk=claim.pk)

    def deliver(self, order: Order) -> None:
        """The provider says that the work is done, where that is told; a redemption does not wait for it."""

    def hear_experts(self, claim: Claim, word: str = "agree", amount: Decimal = Decimal(0)) -> None:
        """The body forms a group of three, and each of them speaks."""
        turn = claim.turns.get(closed_at=None)
        for seat in panel.form_panel(turn, self.experts[:3], by=self.body):
            self.pause(0.5)
            panel.give_word(seat, by=seat.expert, word=word, amount=amount, text="成果真实，费用合理。")


def fill_claim(claim: Claim, cast: Cast, amount: Decimal, paid: Decimal) -> None:
    """The rows, the result and the rest of the form."""
    by, today = cast.applicant, timezone.localdate()
    for row in rows_of(claim, amount, paid):
        row.document = cast.paper(by, type(row).__name__.lower(), row)
        save_row(row, claim, by=by)
    claim.completed_on, claim.rating = today, cast.story.rating
    claim.effect = cast.story.effect
    claim.bank_name, claim.account_number = "示例银行天津分行", ACCOUNT
    for name in NEEDED:  # whatever else is asked for before it is handed in
        setattr(claim, name, getattr(claim, name) or "已按合同约定完成。")
    save_claim(claim, by=by, papers=(cast.paper(by, "report", claim),))


def drive_unit(unit: Unit, state: str, cast: Cast) -> Unit:
    """Bring a complete unit from 未认证 to the state."""
    if state == "uncertified":
        return unit
    admin = unit.memberships.get(role="admin").user
    unit = submit_certification(unit, by=admin)
    if state == "pending":
        return unit
    verdict = {"returned": "send_back", "rejected": "reject"}.get(state, "pass_review")
    words = "" if verdict == "pass_review" else "执照照片不清晰，看不清统一社会信用代码，请重新上传。"
    unit = cast.decide(unit, cast.platform, verdict, words, reason=Reason.QUAL if verdict == "reject" else "")
    if state == "expired":
        unit = reopen_certification(unit, by=admin)
    if state == "frozen":
        unit = set_frozen(unit, frozen=True, by=cast.platform, text="经核实，提供虚假材料。")
    return unit


def drive_order(order: Order, state: str, cast: Cast) -> Order:
    """Bring an order from 待服务机构确认 to the state."""
    cast.pause()
    if state in {"serving", "completed"}:
        order = move_order(order, "confirm", by=cast.provider_member)
    last = {
        "completed": ("complete", cast.provider_member, cast.story.delivered),
        "declined": ("decline", cast.provider_member, "设备检修，近期不能承接。"),
        "cancelled": ("cancel", cast.applicant, "项目计划有变。"),
    }.get(state)
    cast.pause()
    return move_order(order, last[0], by=last[1], words=last[2]) if last else order


def drive_application(application: Application, state: str, cast: Cast) -> Application:
    """Bring a complete draft to the state."""
    if state == "draft":
        return application
    if state in ENDED:
        return ENDED[state](application, cast)
    application = submit_application(application, by=cast.applicant)
    if state.startswith("district"):
        return stop_at(application, state, cast, cast.district)
    application = cast.decide(application, cast.district, "pass_review", "符合申请条件。")
    if state.startswith("body"):
        return stop_at(application, state, cast, cast.body)
    return cast.decide(application, cast.body, "pass_review", "服务内容与研发活动相关，金额合理。")


def _withdrawn(application: Application, cast: Cast) -> Application:
    application = drive_application(application, "district", cast)
    return end_application(application, "withdraw", by=cast.applicant)


def _lapsed(application: Application, cast: Cast) -> Application:
    application = drive_application(application, "body_returned", cast)
    cast.pause(20)
    return end_application(application, "lapse", by=cast.clock)


def _voided(application: Application, cast: Cast) -> Application:
    application = drive_application(application, "approved", cast)
    cast.pause(5)
    return end_application(application, "give_back", by=cast.applicant)


def _redeemed(application: Application, cast: Cast) -> Application:
    application = drive_application(application, "approved", cast)
    drive_claim(cast.make_claim(application, int(application.planned_amount)), "passed", cast)
    return Application.objects.get(pk=application.pk)


def _appealed(application: Application, cast: Cast) -> Application:
    application = drive_application(application, "body_rejected", cast)
    cast.pause(2)
    return appeal(application, by=cast.applicant, text=APPEAL_WORDS)


def _upheld(application: Application, cast: Cast) -> Application:
    return uphold(_appealed(application, cast), cast)


ENDED = {
    "appeal": _appealed,
    "upheld": _upheld,
    "withdrawn": _withdrawn,
    "lapsed": _lapsed,
    "voided": _voided,
    "redeemed": _redeemed,
}


def uphold(case: R, cast: Cast) -> R:
    """Somebody who had no part in the case lets the decision stand."""
    place = hands_for(case.turns.get(closed_at=None), case)[0]
    return cast.decide(case, place.user, "reject", UPHELD_WORDS, reason=Reason.SCOPE)


def stop_at(case: R, state: str, cast: Cast, person: Person) -> R:
    """Leave the case on the person's desk, or let him return or refuse it, as the state says."""
    if state.endswith("returned"):
        corrections = ["content" if isinstance(case, Application) else "effect"]
        return cast.decide(case, person, "send_back", RETURN_WORDS, corrections=corrections)
    if state.endswith("rejected"):
        return cast.decide(case, person, "reject", REJECT_WORDS, reason=Reason.SCOPE)
    return case


def _lapsed_claim(claim: Claim, cast: Cast) -> Claim:
    claim = drive_claim(claim, "formal_returned", cast)
    cast.pause(20)
    return end_claim(claim, "lapse", by=cast.clock)


def _appealed_claim(claim: Claim, cast: Cast) -> Claim:
    claim = drive_claim(claim, "formal_rejected", cast)
    cast.pause(2)
    return appeal(claim, by=cast.applicant, text=APPEAL_WORDS)


def _upheld_claim(claim: Claim, cast: Cast) -> Claim:
    return uphold(_appealed_claim(claim, cast), cast)


ENDED_CLAIMS = {"lapsed": _lapsed_claim, "appeal": _appealed_claim, "upheld": _upheld_claim}


def drive_claim(claim: Claim, state: str, cast: Cast) -> Claim:
    """Bring a complete draft to the state."""
    if state == "draft":
        return claim
    if state in ENDED_CLAIMS:
        return ENDED_CLAIMS[state](claim, cast)
    claim = submit_claim(claim, by=cast.applicant)
    if state == "withdrawn":
        return end_claim(claim, "withdraw", by=cast.applicant)
    if state.startswith("district"):
        return stop_at(claim, state, cast, cast.district)
    claim = cast.decide(claim, cast.district, "pass_review", "材料齐全，情况属实。")
    if state in {"formal", "formal_returned", "formal_rejected"}:
        return stop_at(claim, state, cast, cast.body)
    claim = cast.decide(claim, cast.body, "pass_review", "发票、回单与合同一致，形式审查合格。")
    return claim if state == "accepted" else _after_acceptance(claim, state, cast)


def _after_acceptance(claim: Claim, state: str, cast: Cast) -> Claim:
    cast.pause()
    claim = upload_stamped_form(claim, cast.paper(cast.applicant, "form", claim), by=cast.applicant)
    if state == "form_returned":
        return cast.decide(claim, cast.body_second, "return_form", FORM_WORDS, reason=Reason.FORM)
    if state == "experts":
        return claim
    cast.hear_experts(claim, "refuse" if state == "experts_rejected" else "agree")
    if state == "experts_rejected":
        words = "专家组认为成果与申请内容不符，不予兑现。"
        return cast.decide(claim, cast.body_second, "reject", words, reason=Reason.RESULT)
    return cast.decide(claim, cast.body_second, "pass_review", "专家组一致同意兑现。")
