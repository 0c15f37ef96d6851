"""Who may redeem, and when: the guards of submission with their sentences (domain.md §3, §5.4)."""

from typing import TYPE_CHECKING

from django.db.models import Exists, prefetch_related_objects

from accounts.permissions import can_write_for, refusal_closed, refusal_uncertified
from policy.calendar import is_open, today
from policy.models import PolicyVersion
from records.people import Person
from records.rules import rule
from reviews.panel import hearing_of, is_group_for, is_silent, is_unsealed

if TYPE_CHECKING:
    from redemption.models import Claim

EFFECT_LENGTH = (100, 2000)  # characters (domain.md §6.1)
WAIT = "papers wait"  # of a claim: what `has_papers` has heard beside its own answer
NEEDED = ("completed_on", "effect", "account_name", "bank_name", "account_number", "rating")


def is_claimant(claim: "Claim", user: Person) -> bool:
    """Who acts for the unit that holds the voucher."""
    return can_write_for(claim, user)


@rule(
    "R-FIELDS",
    f"兑现申请还没有填写完整，请补齐完成日期、成效（不少于 {EFFECT_LENGTH[0]} 字）、收款账户、服务评价和服务成果证明后再提交。",
)
def is_complete(claim: "Claim") -> bool:
    """Every required field is filled and the result is shown by at least one paper."""
    filled = all(getattr(claim, name) for name in NEEDED) and len(claim.effect) >= EFFECT_LENGTH[0]
    if filled:
        prefetch_related_objects([claim], "result_papers")  # whoever hands in reads them again
    return filled and bool(claim.result_papers.all())


@rule("R-ROWS", "发票、银行回单和合同都至少要有一行，请用【添加】补齐并【保存】后再提交。")
def has_papers(claim: "Claim") -> bool:
    """At least one invoice, one bank receipt and one contract; the same question tells whether papers wait."""
    lists = {name: Exists(getattr(claim, name).all()) for name in ("invoices", "receipts", "contracts", "dropped")}
    found = type(claim).objects.filter(pk=claim.pk).values_list(*lists.values()).get()
    claim.memory[WAIT] = found[-1]
    return all(found[:-1])


@rule("R-ROWS", "还有拖入的文件没有保存成行。请先【保存】或【移除】，再点“申请”。")
def has_nothing_dropped(claim: "Claim") -> bool:
    """No paper waits to become a row; asked right after `has_papers`, it asks nothing more."""
    known: bool | None = claim.memory.pop(WAIT, None)
    return not (claim.dropped.exists() if known is None else known)


@rule(*refusal_closed("创新券兑现"))
def in_window(_claim: "Claim") -> bool:
    """The policy in force takes redemptions today."""
    return is_open(PolicyVersion.objects.in_force(), "redeem")


@rule("R-LATE", "这张创新券已超过兑现截止日期，不能再提交兑现申请。")
def in_time(claim: "Claim") -> bool:
    """The voucher's redeem-by day has not passed."""
    return today() <= claim.application.voucher.redeem_by


@rule(*refusal_uncertified("兑现创新券"))
def is_unit_certified(claim: "Claim") -> bool:
    """The unit's certification stands now."""
    return claim.unit.is_certified


@rule("R-VOUCHER", "这张创新券已兑现、作废或逾期，不能再兑现。")
def is_voucher_alive(claim: "Claim") -> bool:
    """The voucher is at 复审通过."""
    return claim.application.is_voucher


@rule("R-VOUCHER", "这张创新券已有新的兑现申请或草稿。请先撤回，再申请复核。")
def has_no_other_claim(claim: "Claim") -> bool:
    """No other redemption of the voucher has begun."""
    return not type(claim).objects.live().filter(application=claim.application_id).exclude(pk=claim.pk).exists()


@rule("R-VOUCHER", "复核期间创新券失效，不能选择通过。请选择维持原决定。")
def is_voucher_standing(claim: "Claim") -> bool:
    """The voucher is at 复审通过, or this redemption has used it and its amount alone is asked about."""
    return claim.appealed_from == "passed" or claim.application.is_voucher


@rule("R-ORDER", "服务机构还没有确认这个订单。请联系服务机构在科淘确认订单后再提交兑现申请。")
def is_order_confirmed(claim: "Claim") -> bool:
    """The provider has taken the order (domain.md §5.2)."""
    return claim.application.order.is_confirmed


@rule("R-FORM", "请先上传签字盖章后的兑现申请表扫描件。")
def has_stamped_form(claim: "Claim") -> bool:
    """The scan of this version of the form is there."""
    return claim.stamped_form_id is not None


@rule("R-PANEL", "专家组还没有全部提交意见，不能记录评审结果。")
def is_group_heard(claim: "Claim") -> bool:
    """A full group has spoken."""
    turn = hearing_of(claim)
    return turn is not None and is_unsealed(turn)


@rule("R-PANEL", "已有专家提交意见，不能再退回申请表。")
def is_group_silent(claim: "Claim") -> bool:
    """No expert has spoken in this turn yet."""
    turn = hearing_of(claim)
    return turn is not None and is_silent(turn)


@rule("R-PANEL", "专家组多数意见为不同意，不能记录为通过。")
def has_group_agreed(claim: "Claim") -> bool:
    """More than half of the group did not refuse."""
    turn = hearing_of(claim)
    return turn is not None and is_group_for(turn)


@rule("R-PANEL", "专家组多数意见为同意或核减，不能记录为不通过。")
def has_group_refused(claim: "Claim") -> bool:
    """At least half of the group refused."""
    turn = hearing_of(claim)
    return turn is not None and not is_group_for(turn)


def may_verify(claim: "Claim", user: Person) -> bool:
    """Who lets invoices be verified once more: the office that has the claim to decide, but for people of the unit."""
    known: bool | None = getattr(claim, "lies_here", None)  # of a claim that was read for its page
    if known is None:
        known = claim.turns.visible_to(user).filter(closed_at=None).exists()
    return known and not claim.has_member(user)
