"""Who may act for a unit."""

from typing import TYPE_CHECKING

from django.conf import settings

from accounts.uscc import problems
from records.people import Person
from records.rules import RuleBroken, rule
from registers.kinds import Register, Status
from registers.standing import latest_of
from reviews.models import Office
from reviews.permissions import is_at, may_invite_to_office

if TYPE_CHECKING:  # the cases that they are asked of
    from accounts.cases.models import UnitCase
    from accounts.models import JoinRequest, Unit

NEEDED = (
    "name",
    "uscc",
    "kind",
    "district_id",
    "address",
    "founded_on",
    "legal_representative",
    "handler_name",
    "handler_phone",
    "licence_id",
)


WRITERS = frozenset({"admin", "handler"})  # 管理员 and 经办人; 只读 reads all and does nothing
INSTITUTIONS = "事业单位可以作为服务机构，但不能申请创新券"
READ_ONLY = "您在这个单位的角色是“只读”，可以查看，不能办理。需要办理的，请联系单位管理员调整角色。"
FROZEN_MEANS = "冻结期间不能新下订单、新申请创新券或兑现，作为服务机构也不能接受新订单；已提交的事项照常办理，可以查看、撤回和按期补正。"
WHY_FROZEN = f"冻结原因见【我的帐号】-【安全认证】，有异议请联系平台：{settings.POLICY_PHONE}。"


def refusal_uncertified(what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what only a unit may do whose certification stands."""
    return "R-CERT", f"{what}需要先通过单位认证，并且认证有效。请到【我的帐号】-【安全认证】查看并办理。"


def refusal_frozen(what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what a frozen unit may not do."""
    return "R-FROZEN", f"您的单位已被冻结，不能{what}。{WHY_FROZEN}"


def refusal_plain(what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what only an administrator of the unit may do."""
    return "R-PERM", f"只有单位管理员可以{what}，请联系贵单位的管理员。"


def refusal_oneself(what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what who keeps the accounts may do to everybody but himself."""
    return "R-SELF", f"不能{what}，请由另一位帐号管理员办理。"


def refusal_closed(what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what comes outside the days on which it is taken."""
    return "R-WINDOW", f"现在不在{what}受理期内，申请已保存为草稿，请在受理期内提交。"


def can_write_for(unit: "Unit | UnitCase", user: Person) -> bool:
    """Whether the person may act for the unit; asked of a case, for the unit whose case it is."""
    return unit.role_of(user) in WRITERS


def check_writer(unit: "Unit | UnitCase", user: Person) -> None:
    """Raise RuleBroken where the person belongs to the unit as 只读."""
    if unit.role_of(user) == "reader":
        raise RuleBroken("R-ROLE", READ_ONLY)


def is_unit_administrator(unit: "Unit", user: Person) -> bool:
    """An administrator of the unit itself."""
    return unit.role_of(user) == "admin"


def is_unit_member(unit: "Unit", user: Person) -> bool:
    """Anybody who belongs to the unit."""
    return unit.has_member(user)


def is_platform(unit: "Unit", user: Person) -> bool:
    """A reviewer of 科服网 who does not belong to the unit."""
    return is_at(user, Office.Kind.PLATFORM) and not is_unit_member(unit, user)


def reads_all_units(user: Person) -> bool:
    """The platform and 市科技局."""
    return is_at(user, Office.Kind.PLATFORM) or is_at(user, Office.Kind.MUNICIPAL)


def has_administrator(unit: "Unit") -> bool:
    """Whether somebody in the unit can answer: an administrator whose account is in use."""
    return unit.memberships.filter(role="admin", user__is_active=True).exists()


def may_answer_join(asked: "JoinRequest", user: Person) -> bool:
    """Who lets somebody in: an administrator of the unit; 科服网 once the unit is late or has no administrator."""
    if asked.user_id == user.pk:
        return False
    if is_unit_administrator(asked.unit, user):
        return True
    return is_platform(asked.unit, user) and (asked.is_late or not has_administrator(asked.unit))


def may_invite(organisation: "Unit | Office", user: Person, role: str) -> bool:
    """Who invites with this role: into a unit its administrators, to an office whom the offices' own rule names."""
    if isinstance(organisation, Office):
        return may_invite_to_office(organisation, user, role)
    return is_unit_administrator(organisation, user)


@rule("R-FIELDS", "认证资料还没有填写完整，请补齐带 * 的内容并上传营业执照或法人证书后再提交。")
def is_certification_complete(unit: "Unit") -> bool:
    """Every required field of domain.md §6.1 is filled."""
    return all(getattr(unit, name) for name in NEEDED)


@rule("R-LICENCE", "请填写证照有效期至哪一天，或勾选“长期有效”，然后再提交。")
def has_licence_term(unit: "Unit") -> bool:
    """The unit has said how long its licence lasts."""
    return unit.licence_permanent or unit.licence_until is not None


@rule("R-LICENCE", "证照有效期已过。请由单位上传换发后的证照、更新有效期，然后再办理。")
def is_licence_in_force(unit: "Unit") -> bool:
    """The licence has not ended; one without a date, from before dates were asked, counts as lasting."""
    return not unit.is_licence_over


@rule("R-LICENCE", "证照还在有效期内，认证不到期。")
def has_licence_ended(unit: "Unit") -> bool:
    """The licence's last day has passed."""
    return bool(unit.is_licence_over)


@rule("R-CODE", "统一社会信用代码的校验位不符，还没有核验。请先在单位认证页面办理【核验代码】，再审核通过。")
def is_code_sound(unit: "Unit") -> bool:
    """The check digit is right, or the platform has admitted the code on paper proof (domain.md §6.2)."""
    return unit.code_admitted_at is not None or not problems(unit.uscc)


@rule(
    "R-QUAL",
    "企业登记信息显示这个单位已经注销或者吊销，不能认证。登记有误的，请先由登记机关更正，再在认证资料里点“查询登记信息”；"
    f"有疑问请联系政策咨询 {settings.POLICY_PHONE}。",
)
def is_on_register(unit: "Unit") -> bool:
    """What is known of the unit at the register does not say that it has ended; not knowing stops nobody."""
    reply = latest_of(Register.ENTERPRISE, unit.uscc)
    return reply is None or reply.status not in {Status.CANCELLED, Status.REVOKED}


def may_unlock(user: Person, by: Person) -> bool:
    """Who keeps the accounts lifts a lock, never his own."""
    return by.pk != user.pk and by.is_active and bool(by.is_superuser or by.duty == "accounts")
