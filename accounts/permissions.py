"""Who may act for a unit."""

from typing import Any

from records.rules import rule
from reviews.models import Office
from reviews.permissions import is_at

NEEDED = (
    "name", "uscc", "kind", "district_id", "address", "founded_on", "legal_representative",
    "handler_name", "handler_phone", "licence_id",
)  # fmt: skip


def is_unit_administrator(unit: Any, user: Any) -> bool:
    """An administrator of the unit itself."""
    return unit.memberships.filter(user=user, role="admin").exists()


def is_unit_member(unit: Any, user: Any) -> bool:
    """Anybody who belongs to the unit."""
    return unit.memberships.filter(user=user).exists()


def is_platform(unit: Any, user: Any) -> bool:
    """A reviewer of 科服网 who does not belong to the unit."""
    return is_at(user, Office.Kind.PLATFORM) and not is_unit_member(unit, user)


@rule("R-FIELDS", "认证资料还没有填写完整，请补齐带 * 的内容并上传营业执照或法人证书后再提交。")
def is_certification_complete(unit: Any) -> bool:
    """Every required field of domain.md §6.1 is filled."""
    return all(getattr(unit, name) for name in NEEDED)
