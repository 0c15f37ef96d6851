"""What happens to certifications in the demo beside the straight way: desks of providers, codes on proof, a new name."""

import datetime as dt

from accounts.certification.particulars.services import save_particulars
from accounts.certification.services import reopen_certification, save_certification
from accounts.models import Unit, UnitKind, UnitMember
from tten.demo import names
from tten.demo.drive import Cast, drive_unit
from vouchers.models import Application

ENDING = 1  # the firm whose licence ends soon
DAYS_LEFT = 18
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def term_of(index: int, today: dt.date) -> dict[str, object]:
    """How long a firm's licence lasts: some for good, some until a day far off, one ends within twenty days."""
    if index == ENDING:
        return {"licence_until": today + dt.timedelta(days=DAYS_LEFT)}
    if index % 3:
        return {"licence_permanent": True}
    return {"licence_until": dt.date(today.year + 2 + index % 9, 1 + index % 12, 28)}


def off_by_check_digit(code: str) -> str:
    """The same code with another check digit: such ones stand on real papers."""
    return code[:-1] + SIGNS[(SIGNS.index(code[-1]) + 7) % len(SIGNS)]


def certify_desks(cast: Cast) -> None:
    """The units behind the providers are certified like everybody else."""
    for index, unit in enumerate(Unit.objects.filter(providers__isnull=False).order_by("pk")):
        admin = unit.memberships.get(role=UnitMember.Role.ADMIN).user
        unit.kind, unit.founded_on = UnitKind.INSTITUTION, dt.date(2005 + index, 1 + index, 18)
        unit.industry, unit.staff_count = "科技推广和应用服务业", 60 + 15 * index
        unit.handler_name, unit.handler_phone = names.person(index + 2), f"1370000{index:04d}"
        unit.licence_permanent = True
        unit.licence = cast.paper(admin, "licence", unit)
        cast.pause()
        drive_unit(save_certification(unit, by=admin), "certified", cast)


def share_phone(cast: Cast) -> Unit:
    """A firm whose application waits at a district can be reached at the number of its provider: reviewers are told."""
    waiting = Application.objects.filter(state="district").exclude(unit__handler_phone="").order_by("-pk")
    application = waiting.select_related("unit", "order__provider__unit").first()
    if application is None:
        raise LookupError("no application waits at a district")
    unit = Unit.objects.get(pk=application.unit_id)
    unit.handler_phone = application.order.provider.unit.handler_phone
    cast.pause()
    save_particulars(unit, by=unit.memberships.get(role=UnitMember.Role.ADMIN).user)
    return unit


def rename(unit: Unit, cast: Cast, *, state: str = "certified") -> Unit:
    """The firm has a new name on a new licence: it certifies again, up to the state; its running cases keep the old one."""
    admin = unit.memberships.get(role=UnitMember.Role.ADMIN).user
    unit = reopen_certification(unit, by=admin)
    unit.name = unit.name.replace("（演示）", "集团（演示）")
    unit.legal_representative = names.person(len(unit.name) + 2)
    unit.licence = cast.paper(admin, "licence", unit)
    cast.pause()
    return drive_unit(save_certification(unit, by=admin), state, cast)
