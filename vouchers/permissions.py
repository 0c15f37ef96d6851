"""Who may apply, and when: the guards of submission with their sentences (domain.md §3, §5.3)."""

from typing import TYPE_CHECKING

from django.conf import settings

from accounts.cases.models import UnitCase
from accounts.models import UnitKind
from accounts.permissions import INSTITUTIONS, can_write_for, refusal_closed, refusal_frozen, refusal_uncertified
from policy.calendar import is_open
from policy.models import PolicyVersion
from records.kinds import kinds_on
from records.people import Person
from records.rules import rule
from registers.kinds import Register, Status
from registers.standing import latest_of

if TYPE_CHECKING:
    from vouchers.models import Application

NEEDED = (
    "project_name",
    "content",
    "contract_amount",
    "applied_amount",
    "planned_from",
    "planned_to",
    "contact",
    "phone",
    "district_id",
)
UNCERTIFIED = refusal_uncertified("申请创新券")
CONTENT_LENGTH = (50, 2000)  # characters (domain.md §6.1)


def is_applicant(application: "Application", user: Person) -> bool:
    """Who acts for the applying unit."""
    return can_write_for(application, user)


@rule("R-FIELDS", f"申请还没有填写完整，请补齐带 * 的内容（服务内容不少于 {CONTENT_LENGTH[0]} 字）后再提交。")
def is_complete(application: "Application") -> bool:
    """Every required field is filled, and the content says enough."""
    return all(getattr(application, name) for name in NEEDED) and len(application.content) >= CONTENT_LENGTH[0]


@rule(*refusal_closed("创新券申请"))
def in_window(_application: "Application") -> bool:
    """The policy in force takes applications today."""
    return is_open(PolicyVersion.objects.in_force(), "apply")


@rule(*refusal_frozen("提交新的申请"))
def is_unit_free(case: UnitCase) -> bool:
    """The unit is not frozen; asked of a redemption, too."""
    return not case.unit.is_frozen


@rule(*UNCERTIFIED)
def is_unit_certified(application: "Application") -> bool:
    """The unit's certification stands now."""
    return application.unit.is_certified


@rule("R-QUAL", f"{INSTITUTIONS}。请由企业申请。")
def is_unit_eligible(application: "Application") -> bool:
    """Public institutions may be providers, not applicants."""
    return application.certified.kind != UnitKind.INSTITUTION


@rule("R-SCOPE", "这个订单的产品没有创新券标识，不能申请创新券。请选择带“创新券”标识的产品下单。")
def is_marked(application: "Application") -> bool:
    """The product bore the mark when the order was placed."""
    return application.order.is_marked


@rule("R-ORDER", "这个订单已取消或服务机构未接单，不能申请创新券。")
def is_order_alive(application: "Application") -> bool:
    """The order still stands."""
    return application.order.is_alive


@rule("R-REL", "申请单位与服务机构的统一社会信用代码相同，属于同一单位，不能申请创新券。")
def is_unrelated(application: "Application") -> bool:
    """An equal credit code of buyer and provider is a hard stop."""
    provider = application.order.provider
    return application.unit.uscc not in {
        provider.uscc,
        getattr(getattr(provider, "laboratory", None), "host_uscc", None),
    }


@rule("R-PLEDGE", "请逐项确认三项声明，并勾选诚信承诺后再提交。")
def has_declared(application: "Application") -> bool:
    """All three declarations and the pledge are made."""
    return (
        application.declares_unrelated
        and application.declares_no_other_funds
        and application.declares_not_statutory
        and application.pledged_at is not None
    )


@rule(
    "R-QUAL",
    "信用信息显示贵单位有失信记录，不能申请创新券。信用修复以后再提交时会重新查询；"
    f"有异议请联系政策咨询 {settings.POLICY_PHONE}。",
)
def has_clean_credit(application: "Application") -> bool:
    """What is known of the unit is no record of bad credit (domain.md §3); not knowing stops nobody."""
    reply = latest_of(Register.CREDIT, application.unit.uscc)
    return reply is None or reply.status != Status.HIT


@rule("R-ORDER", "这个订单已经重新申请创新券。请先撤回新的申请，再申请复核。")
def is_order_free(application: "Application") -> bool:
    """No other application on the order is under way."""
    others = type(application).objects.live().filter(order=application.order_id).exclude(pk=application.pk)
    return not others.exists()


@rule("R-VOUCHER", "这张创新券已由贵单位作废，不能恢复。")
def was_taken_away(application: "Application") -> bool:
    """It was a voucher, and no act of the unit ended it: the clock, or a redemption that was refused gravely."""
    last = application.events.exclude(to_state="").order_by("-sequence").first()
    return application.voucher_number is not None and last is not None and last.step in {"void", "lapse"}


@rule("R-CLAIM", "这张创新券正在兑现，请先撤回兑现申请。")
def has_no_live_claim(application: "Application") -> bool:
    """No redemption of the voucher is under way."""
    return not any(kind.is_live_on(application) for kind in kinds_on(type(application)))
