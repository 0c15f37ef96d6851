"""Verbs of 创新券申请."""

from decimal import Decimal

from django.utils import timezone

from accounts.cases.services import save_case
from accounts.members.switching import check_acting, current_unit
from accounts.models import Unit, User
from accounts.permissions import check_writer, refusal_frozen
from catalog.mall.benefit import tells_taken
from catalog.models import Product
from notifications.services import announce
from orders.models import Order
from orders.services import when_closed
from orders.workflow import State as Ordering
from policy.arithmetic import Balance, yuan
from policy.calendar import cycle_of
from policy.models import PolicyVersion
from policy.working_days import add_working_days
from records.doors import door
from records.models import next_number
from records.people import Person
from records.rules import RuleBroken
from records.steps import lock, may_take
from registers.kinds import Register, is_connected
from registers.services import ask_now
from reviews.appeals.services import tell_first_office
from reviews.models import Opinion, Verdict
from reviews.services import advance, check_cut
from vouchers import ledger
from vouchers.models import Application, QuotaAccount, pool_of
from vouchers.permissions import UNCERTIFIED
from vouchers.workflow import State


@tells_taken
def taken_by(unit: Unit, product: Product) -> Balance:
    """What the unit has taken this year of the quota in which an order of the product counts."""
    pool = pool_of(product.provider, PolicyVersion.objects.remembered())
    accounts = QuotaAccount.objects.of(unit).filter(cycle=cycle_of(timezone.now()), pool=pool)
    return ledger.summed(accounts)


@door
def start_application(order: Order, *, by: Person, acting: str | None = None) -> Application:
    """Begin a draft on an order that bears the mark, or return the one that is under way.

    acting: the unit on screen, which an order without a unit of its own is applied for.
    """
    if order.unit_id is None and (own := current_unit(by)) is not None:
        lock(own)  # before the order, as whoever acts on a case of the unit does
    order = lock(order)
    if not order.has_member(by):
        raise RuleBroken("R-PERM", "只有下单的单位可以对这个订单申请创新券。")
    unit = order.unit or current_unit(by)
    if unit is not None:
        check_writer(unit, by)
    live: Application | None = Application.objects.live().filter(order=order).first()
    if live is not None:
        return live
    if order.unit is None:
        check_acting(unit, acting)
    unit = applicant_on(order, unit)
    if order.unit is None:
        order.unit = unit
        order.save(update_fields=["unit"])
    return Application.objects.create(
        order=order,
        unit=unit,
        district=unit.district,
        contact=unit.handler_name,
        phone=unit.handler_phone,
        project_name=order.product_name,
    )


def applicant_on(order: Order, unit: Unit | None) -> Unit:
    """The unit, where it may apply on the order; RuleBroken says why not."""
    if unit is None:
        raise RuleBroken(*UNCERTIFIED)
    if unit.is_frozen:
        raise RuleBroken(*refusal_frozen("申请创新券"))
    if not (order.is_marked and order.is_alive):
        raise RuleBroken("R-SCOPE", "只有带“创新券”标识、没有取消的订单可以申请创新券。")
    return unit


def save_application(application: Application, *, by: Person, seen: int | None = None) -> Application:
    """Keep what was typed, and the draft of the contract."""
    return save_case(application, by=by, seen=seen, papers=[application.contract_draft], purpose="合同草案")


def submit_application(application: Application, *, by: Person, seen: int | None = None) -> Application:
    """Ask after the unit's credit, as long as anybody waits, and hand the case in.

    Where nobody answers the case is taken, and the register is asked again by itself (docs/adr/0121).
    """
    if is_connected(Register.CREDIT) and may_take(application, "submit", by):
        ask_now(Register.CREDIT, application.unit.uscc)
    return take_application(application, by=by, seen=seen)


@door
def take_application(application: Application, *, by: Person, seen: int | None = None) -> Application:
    """Hand the case to the district (or back to the body) and reserve the quota."""

    def reserve(moved: Application) -> None:
        ledger.reserve(moved, by=by)
        moved.submitted_terms, moved.due_on = moved.terms, None

    application = advance(application, "submit", by=by, seen=seen, before_save=reserve)
    announce(application)
    return application


@door
def end_application(
    application: Application, step: str, *, by: Person, note: str = "", seen: int | None = None
) -> Application:
    """Withdraw, give back, lapse or void, or drop 复核: what the case held of the quota returns to the cycle.

    Of a voucher that lives on with its lowered amount only what 复核 had reserved.
    """
    application = advance(application, step, by=by, note=note, seen=seen)
    ledger.release(application, by=by)
    announce(application, text=note)
    return application


def weigh_verdict(application: Application, opinion: Opinion) -> None:
    """Set amount and dates of the voucher, and the day until which the unit corrects or asks for 复核."""
    if application.state == State.APPROVED and opinion.verdict == Verdict.PASS:
        approve_amount(application, opinion)
    if opinion.verdict == Verdict.RETURN or is_appealable(application, opinion):
        application.due_on = add_working_days(timezone.localdate(), application.days_to_act())


def is_appealable(application: Application, opinion: Opinion) -> bool:
    """Whether the word refuses, or lowers the amount, and is no 复核 itself."""
    is_cut = application.state == State.APPROVED and application.voucher_cut
    return (opinion.verdict == Verdict.REJECT or is_cut) and not opinion.turn.is_appeal


def approve_amount(application: Application, opinion: Opinion) -> None:
    """复审通过: the body may lower the amount to c ≤ a; the voucher gets its two dates."""
    amount = amount_granted(application, opinion)
    check_cut(opinion, asked=application.asked_amount, granted=amount)
    check_raised(application.approved_amount, amount)
    if application.approved_at is None:
        application.approved_at = timezone.now()
        application.use_by, application.redeem_by = application.rules.deadlines(application.approved_at)
    application.approved_amount = amount


def check_raised(before: Decimal | None, amount: Decimal) -> None:
    """复核 of a lowered amount gives more than there was, or lets it stand; yuan. before: None in a first decision."""
    if before is not None and amount <= before:
        raise RuleBroken("R-SUM", f"复核通过的金额应高于原核定金额 {yuan(before)}；不应提高的，请选择维持原决定。")


def give_number(application: Application) -> None:
    """The voucher gets its number once."""
    if application.state == State.APPROVED and application.voucher_number is None:
        application.voucher_number = next_number("CXQ")


def after_verdict(application: Application, opinion: Opinion) -> None:
    """What a verdict does beyond the row: the quota."""
    if opinion.verdict == Verdict.REJECT:
        ledger.release(application, by=opinion.reviewer)
    elif application.state == State.APPROVED:
        ledger.approve(application, application.voucher.amount, by=opinion.reviewer)
    tell_first_office(application, opinion)


@door
def restore_voucher(application: Application, *, by: Person, note: str) -> Application:
    """Let a voucher live again that ended with its redemption, or beside it; RuleBroken where the unit gave it back."""
    application = advance(application, "restore", by=User.objects.clock(), note=note)
    ledger.restore(application, by=by)
    return application


def reserve_again(application: Application, *, by: Person) -> None:
    """申请复核: what the decision has given back is reserved as long as it lasts."""
    ledger.reserve_more(application, application.asked_amount - (application.approved_amount or Decimal(0)), by=by)


def amount_granted(application: Application, opinion: Opinion) -> Decimal:
    """The yuan of the voucher: what was asked for unless the body lowers it; RuleBroken for more, or under the least."""
    amount = application.asked_amount if opinion.amount is None else opinion.amount
    if not 0 < amount <= application.asked_amount:
        raise RuleBroken("R-SUM", f"核定金额应大于 0、不超过申请金额 {yuan(application.asked_amount)}。")
    least = application.rules.minimum
    if least is not None and amount < least:
        raise RuleBroken("R-SUM", f"核定金额不能低于最低补贴金额 {yuan(least)}；不应支持的，请选择不通过。")
    return amount


@when_closed
def follow_order(order: Order, _by: Person) -> None:
    """A buyer ends his application before he cancels the order; where the provider declines, the application ends."""
    live = Application.objects.live().filter(order=order).first()
    if live is None:
        return
    if live.state == State.REDEEMED:
        raise RuleBroken("R-APPLIED", "这个订单的创新券已经兑现，订单不能再取消。")
    if live.state != State.DRAFT and order.state == Ordering.CANCELLED:
        raise RuleBroken("R-APPLIED", "这个订单已申请创新券，请先撤回申请或作废创新券，再取消订单。")
    clock = User.objects.clock()
    end_application(live, "void", by=clock, note="订单已取消或服务机构未接单。")
