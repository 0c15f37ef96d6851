"""Who may apply for an admission, and when; who may suspend it."""

from typing import TYPE_CHECKING

from accounts.models import Duty
from accounts.permissions import (
    can_write_for,
    check_writer,
    is_platform,
    is_unit_administrator,
    refusal_frozen,
    refusal_uncertified,
)
from policy.calendar import today
from records.people import Person
from records.rules import RuleBroken, rule

if TYPE_CHECKING:
    from catalog.models import Admission, Provider

UNCERTIFIED = refusal_uncertified("服务机构入驻")
FROZEN = refusal_frozen("申请入驻和续期")
PROVIDER_FROZEN = "R-FROZEN", "这家服务机构已被平台冻结，暂时不能接受新订单。请在科淘平台选择其他机构的产品。"
NEEDED = ("summary", "region", "address", "contact", "phone")


def check_keeper(provider: "Provider", by: Person) -> None:
    """Raise RuleBroken unless the person keeps the provider's desk or the catalog."""
    if not (by.duty == Duty.CATALOG or provider.has_member(by)):
        raise RuleBroken("R-PERM", "只有产品所属服务机构的成员可以编辑、上架或下架这个产品。")
    if provider.unit is not None:
        check_writer(provider.unit, by)


def is_admission_writer(admission: "Admission", user: Person) -> bool:
    """管理员 or 经办人 of the unit."""
    return can_write_for(admission.unit, user)


def is_admission_administrator(admission: "Admission", user: Person) -> bool:
    """管理员 of the unit: to give an admission up is his alone."""
    return is_unit_administrator(admission.unit, user)


def is_platform_over(admission: "Admission", user: Person) -> bool:
    """A reviewer of 科服网 who does not belong to the unit."""
    return is_platform(admission.unit, user)


@rule(*UNCERTIFIED)
def is_unit_certified(admission: "Admission") -> bool:
    """The unit's certification stands now."""
    return admission.unit.is_certified


@rule("R-FIELDS", "入驻资料还没有填写完整，请补齐带 * 的内容后再提交。")
def is_admission_complete(admission: "Admission") -> bool:
    """Every required field is filled."""
    return all(getattr(admission, name) for name in NEEDED)


@rule("R-SCOPE", "请至少选择一类服务范围，再提交。")
def has_scope(admission: "Admission") -> bool:
    """At least one category."""
    return admission.scope.exists()


@rule("R-PLEDGE", "请阅读并勾选服务机构承诺后再提交。")
def has_pledged(admission: "Admission") -> bool:
    """The pledge is made."""
    return admission.pledged_at is not None


@rule("R-PAUSED", "这家机构的现有入驻正在暂停中，续期不能通过。请先恢复现有入驻，或者退回、不通过本次申请。")
def is_not_suspended(admission: "Admission") -> bool:
    """No other admission of the unit is suspended."""
    return not admission.unit.admissions.paused().exists()


@rule("R-DATE", "入驻有效期已过，不能恢复。请由机构重新申请入驻。")
def is_still_valid(admission: "Admission") -> bool:
    """The last day is not past."""
    return admission.valid_until is not None and admission.valid_until >= today()
