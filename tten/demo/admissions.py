"""服务机构入驻 in the demo and in the tests: how an admission gets to a state, and whose are in which."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit, UnitMember
from catalog.admissions.services import move_admission, save_admission, start_admission, submit_admission
from catalog.models import Admission, Category, Product, Provider, Qualification
from catalog.tasks import OVER
from policy.calendar import today
from records.people import Person
from reviews.reasons import Reason
from tten.demo.drive import Cast

SUMMARY = (
    "专业服务机构，设备齐全、人员稳定，面向企业研发活动提供检测、试验和技术咨询，按标准方法出具盖章的报告，并解释结果。"
)
RETURN_WORDS = "CNAS 证书扫描件看不清有效期，请重新上传；服务范围与资质附表不一致，请核对。"
REJECT_WORDS = "所列服务没有相应的人员和设备支撑。"
SUSPEND_WORDS = "资质复评审未通过，整改期间暂停。"
ENDS_SOON, ENDED, SUSPENDED = 1, 5, 6  # desks
DAYS_LEFT = 45
OF_FIRMS = {5: "draft", 6: "pending", 7: "returned", 8: "rejected", 9: "withdrawn"}  # firm → state


def make_admission(
    cast: Cast, unit: Unit, scope: Iterable[Category], *, by: Person, kinds: Sequence[str] = ("cnas",)
) -> Admission:
    """A complete draft with certificates of these kinds."""
    admission = start_admission(unit, by=by)
    admission.summary, admission.address = SUMMARY, admission.address or unit.address
    admission.contact = admission.contact or unit.handler_name or cast.contact
    admission.phone = admission.phone or unit.handler_phone or cast.phone
    admission.pledged_at = timezone.now()
    rows = [certificate(cast, unit, kind, by=by) for kind in kinds] if not admission.qualifications.exists() else []
    rows += list(admission.qualifications.all())
    return save_admission(admission, by=by, scope=scope, rows=rows)


def certificate(cast: Cast, unit: Unit, kind: str, *, by: Person) -> Qualification:
    """A certificate that is valid for some years."""
    begins = today() - dt.timedelta(days=200)
    row = Qualification(
        kind=kind,
        number=f"{kind.upper().replace('_', '')}-{unit.pk:06d}",
        valid_from=begins,
        valid_until=begins + dt.timedelta(days=2000),
    )
    row.document = cast.paper(by, "certificate", (unit, row))
    return row


def drive_admission(admission: Admission, state: str, cast: Cast, *, by: Person) -> Admission:
    """Bring a complete draft to the state."""
    if state == "draft":
        return admission
    admission = submit_admission(admission, by=by)
    if state == "pending":
        return admission
    if state == "withdrawn":
        cast.pause()
        return move_admission(admission, "withdraw", by=by)
    if state == "returned":
        return cast.decide(admission, cast.platform, "send_back", RETURN_WORDS, corrections=["scope", "qualifications"])
    if state == "rejected":
        return cast.decide(admission, cast.platform, "reject", REJECT_WORDS, reason=Reason.QUAL)
    admission = cast.decide(admission, cast.platform, "pass_review", "资质有效，服务范围与资质相称。")
    return after_admission(admission, state, cast)


def after_admission(admission: Admission, state: str, cast: Cast) -> Admission:
    """From 已入驻 on."""
    if state == "suspended":
        return move_admission(admission, "suspend", by=cast.platform, note=SUSPEND_WORDS)
    if state == "expired":
        return move_admission(admission, "expire", by=cast.clock, note=OVER)
    return admission


def admit_desks(cast: Cast) -> None:
    """The units behind the admitted providers are admitted, for what they offer."""
    for index, provider in enumerate(Provider.objects.filter(unit__isnull=False, is_admitted=True).order_by("pk")):
        unit: Any = provider.unit
        admin, kinds = admin_of(unit), ("cma", "cnas", "high_tech")[: 1 + index % 3]
        draft = make_admission(cast, unit, scope_of(provider), by=admin, kinds=kinds)
        drive_admission(draft, "admitted", cast, by=admin)


def admin_of(unit: Unit) -> Any:
    """The person who keeps the unit."""
    return unit.memberships.get(role=UnitMember.Role.ADMIN).user


def scope_of(provider: Provider) -> list[Category]:
    """Every category in which the provider has a product, and what stands beside them."""
    products = Product.objects.filter(provider=provider)
    near = Q(pk__in=products.values("category")) | Q(parent__in=products.values("category__parent"))
    return list(Category.objects.filter(near, children=None))


def apply_firms(cast: Cast, firms: Sequence[Unit]) -> None:
    """The last provider applies, and enterprises, too: one in every state before the admission."""
    for provider in Provider.objects.filter(unit__isnull=False, is_admitted=False):
        unit: Any = provider.unit
        draft = make_admission(cast, unit, scope_of(provider), by=admin_of(unit))
        drive_admission(draft, "pending", cast, by=admin_of(unit))
    scope = list(Category.objects.filter(children=None, parent__name="检验检测"))
    for index, state in OF_FIRMS.items():
        admin = admin_of(firms[index])
        drive_admission(make_admission(cast, firms[index], scope, by=admin), state, cast, by=admin)


def end_desks(cast: Cast, day: dt.date) -> None:
    """Of the desks' admissions one ends soon, one has ended, one is suspended: their terms were shorter than today's."""
    admissions = list(Admission.objects.filter(state="admitted").order_by("unit_id"))
    soon, ended, suspended = admissions[ENDS_SOON], admissions[ENDED], admissions[SUSPENDED]
    Admission.objects.filter(pk=soon.pk).update(valid_until=day + dt.timedelta(days=DAYS_LEFT))
    Admission.objects.filter(pk=ended.pk).update(valid_until=day - dt.timedelta(days=2))
    after_admission(ended, "expired", cast)
    after_admission(suspended, "suspended", cast)
