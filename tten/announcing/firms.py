"""Which firms an announcement is for, and who reads it there."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Unit, UnitMember, User
from accounts.workflow import State as Certification
from catalog.models import Category, Provider
from orders.models import Order
from redemption.models import Claim
from redemption.workflow import State as Redemption
from reviews.models import District
from vouchers.models import Application
from vouchers.workflow import State as Voucher

PROVIDER, APPLICANT = "provider", "applicant"
SIDES = ((PROVIDER, "创新券服务机构"), (APPLICANT, "企业（不是服务机构的单位）"))
CERTIFIED, UNCERTIFIED = "yes", "no"
STANDINGS = ((CERTIFIED, "已通过单位认证"), (UNCERTIFIED, "没有通过单位认证，或需重新认证"))


class Conditions(TypedDict, total=False):
    """What narrows the firms; what is missing or empty narrows nothing."""

    side: str
    standing: str
    districts: Sequence[str]  # codes
    categories: Sequence[int]  # keys of the upper level
    voucher: bool  # with a voucher that can be used
    draft: bool  # with an application or a redemption that is not handed in


def firms(conditions: Conditions) -> QuerySet[Unit]:
    """The units that fulfil all conditions, but for those that were refused for good."""
    asked = [narrow(conditions) for name, narrow in NARROWING.items() if conditions.get(name)]
    return Unit.objects.alive().filter(*asked).order_by("pk")


def people(conditions: Conditions) -> QuerySet[User]:
    """Everybody who can sign in and belongs to one of these firms, each once, by key."""
    places = UnitMember.objects.filter(user=OuterRef("pk"), unit__in=firms(conditions).order_by())
    return User.objects.filter(Exists(places), is_active=True).order_by("pk")


def by_side(conditions: Conditions) -> Q:
    """Whether an admitted provider stands behind the unit."""
    provides = Q(Exists(Provider.objects.filter(unit=OuterRef("pk"), is_active=True, is_admitted=True)))
    return provides if conditions["side"] == PROVIDER else ~provides


def by_standing(conditions: Conditions) -> Q:
    """Whether the unit is certified now."""
    certified = Q(state=Certification.CERTIFIED)
    return certified if conditions["standing"] == CERTIFIED else ~certified


def by_category(conditions: Conditions) -> Q:
    """Providers whose scope holds one of the categories, and units that have ordered in one."""
    keys = conditions["categories"]
    inside = Q(pk__in=keys) | Q(parent__in=keys)
    nodes = Category.objects.filter(inside).values("pk")
    offers = Provider.objects.filter(unit=OuterRef("pk"), is_active=True, scope__in=nodes)
    ordered = Order.objects.filter(unit=OuterRef("pk"), product__category__in=nodes)
    return Q(Exists(offers)) | Q(Exists(ordered))


def by_draft(_conditions: Conditions) -> Q:
    """Units with something that they have begun and not handed in."""
    asking = Application.objects.filter(unit=OuterRef("pk"), state=Voucher.DRAFT)
    return Q(Exists(asking)) | Q(Exists(Claim.objects.filter(unit=OuterRef("pk"), state=Redemption.DRAFT)))


def by_voucher(_conditions: Conditions) -> Q:
    """Units with a voucher that can be used."""
    return Q(Exists(Application.objects.filter(unit=OuterRef("pk"), state=Voucher.APPROVED)))


NARROWING: dict[str, Callable[[Conditions], Q]] = {
    "side": by_side,
    "standing": by_standing,
    "districts": lambda conditions: Q(district__in=conditions["districts"]),
    "categories": by_category,
    "voucher": by_voucher,
    "draft": by_draft,
}


def in_words(conditions: Conditions) -> list[str]:
    """The conditions as a page tells them; one line for each."""
    names = {
        "districts": District.objects.filter(pk__in=conditions.get("districts", ())),
        "categories": Category.objects.filter(pk__in=conditions.get("categories", ())),
    }
    told = [
        ("单位类型", dict(SIDES).get(conditions.get("side", ""), "")),
        ("单位认证", dict(STANDINGS).get(conditions.get("standing", ""), "")),
        ("所属区", "、".join(map(str, names["districts"])) if conditions.get("districts") else ""),
        ("服务类别", "、".join(map(str, names["categories"])) if conditions.get("categories") else ""),
        ("创新券", "有可以使用的创新券" if conditions.get("voucher") else ""),
        ("草稿", "有尚未提交的申请或兑现草稿" if conditions.get("draft") else ""),
    ]
    return [f"{label}：{words}" for label, words in told if words] or ["全部单位"]
