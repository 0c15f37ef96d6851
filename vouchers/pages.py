"""What the pages of an application show beside its fields."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.cases import pages
from accounts.certification.snapshots import name_of
from accounts.models import Unit
from accounts.permissions import can_write_for
from policy.calendar import cycle_of
from policy.capitals import capitals
from policy.models import PolicyVersion
from records.kinds import start_of
from records.people import Person
from reviews.appeals.pages import appeal_acts
from reviews.case_pages import ending_acts, endings_of
from ui.forms import Row, Sections, read_sections
from vouchers.forms import DECLARATIONS, MONEY, ApplicationForm
from vouchers.ledger import as_one, offer_for
from vouchers.models import Application, QuotaAccount

WAITING = 10  # orders shown above the list of applications

LISTED = ("创新券申请", "application_list")


def quotas_of(unit: Unit) -> list[dict[str, Any]]:
    """The unit's quota of this year for the meter: the municipal one, and 京津冀's where it counts apart."""
    accounts = QuotaAccount.objects.of(unit).filter(cycle=cycle_of(timezone.now())).order_by("pool", "pk")
    quotas: dict[str, dict[str, Any]] = {
        pool: {"label": QuotaAccount.Pool(pool).label, "account": as_one(list(rows))}
        for pool, rows in groupby(accounts, key=attrgetter("pool"))
    }
    municipal = QuotaAccount.Pool.MUNICIPAL
    if municipal not in quotas:
        quotas[municipal] = {"label": municipal.label, "account": empty_quota(PolicyVersion.objects.in_force())}
    return [quotas[pool] for pool in QuotaAccount.Pool if pool in quotas]


def waiting_of(unit: Unit | None, user: Person) -> dict[str, Any]:
    """The orders that can be applied for, as many as stand above the list; none to a person who only reads."""
    if unit is not None and not can_write_for(unit, user):
        return {"orders": [], "more": False}
    waiting = list(Application.objects.orders_waiting(unit, user)[: WAITING + 1])
    return {"orders": waiting[:WAITING], "more": len(waiting) > WAITING}


def empty_quota(policy: PolicyVersion) -> dict[str, Any]:
    """A quota of which nothing is taken yet."""
    return {"cap": policy.annual_cap, "reserved": 0, "approved": 0, "used": 0, "free": policy.annual_cap}


def order_sections(application: Application) -> Sections:
    """The order as it was placed, to read beside the form."""
    order = application.order
    rows = [
        Row("订单编号", order.number),
        Row("产品", order.product_name),
        Row("类别", order.category_name),
        Row("服务机构", order.provider.legal_name),
        Row("参考价格", order.price, "money"),
        Row("订单状态", order.get_state_display()),
        Row("需求描述", order.requirement, "text"),
    ]
    return [("订单信息", rows)]


def sections_of(application: Application) -> Sections:
    """Applicant, order and every answer, as sections to read."""
    unit = application.certified
    applicant = [
        Row("单位名称", name_of(application)),
        Row("统一社会信用代码", unit.uscc),
        Row("单位类型", unit.get_kind_display()),
    ]
    answers = read_sections(ApplicationForm, application)
    rows = dict(answers)[DECLARATIONS]
    rows.append(Row("诚信承诺", f"已承诺（{application.pledge_version} 版）" if application.pledged_at else ""))
    rows.append(Row("承诺时间", application.pledged_at, "time"))
    return [("申请单位", applicant), *order_sections(application), *answers]


def sections_to_check(application: Application) -> Sections:
    """The same before it is handed in, with the amount in capitals."""
    sections = sections_of(application)
    if application.applied_amount:
        dict(sections)[MONEY].append(Row("大写", capitals(application.applied_amount)))
    return sections


def refusals_of(application: Application) -> list[str]:
    """Why the application cannot be handed in now: the conditions, and once they hold the quota."""
    found = pages.refusals_of(application)
    if not found:
        objection = offer_for(application, application.planned_amount).objection(application.asked_amount)
        found = [objection] if objection else []
    return found


def actions_of(application: Application, user: Person) -> list[dict[str, Any]]:
    """What the person can do with the application now."""
    acts: list[dict[str, Any]] = []
    if not can_write_for(application, user):
        return acts
    edit = reverse("application_edit", args=[application.number])
    if application.state in Application.EDITABLE:
        acts.append(
            {"label": "修改后重新申请" if application.submitted_at else "继续填写", "url": edit, "primary": True}
        )
    if application.is_voucher:
        label, url = start_of(application)
        acts.append({"label": label, "url": url, "post": True, "tone": "voucher"})
    acts += appeal_acts(application, user, "application_appeal")
    return acts + ending_acts(endings_of(application, user, "application_end"))
