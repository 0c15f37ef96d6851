"""A published version that changes what firms rely on is told to every certified firm, once (ADR 0165)."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone

from accounts.models import User
from notifications.models import Announcement
from policy.calendar import today
from policy.models import PolicyVersion
from records.doors import door
from records.locks import hold_row
from records.steps import write
from tten.announcing.firms import CERTIFIED

FELT = (  # figures of a version that a firm reckons with
    "ratio",
    "annual_cap",
    "minimum",
    "rounding",
    "amount_base",
    "jjj_shares_cap",
    "apply_open",
    "apply_close",
    "redeem_open",
    "redeem_close",
    "use_months",
    "redeem_months",
    "contract_date_rule",
    "full_payment_required",
    "correction_days",
    "form_deadline_days",
    "appeal_days",
)
LATE = dt.timedelta(days=14)  # after its first day a version is no news any more
YES_NO = {True: "是", False: "否"}
EMPTY = "不设"
UNIT_ENDS = re.compile("[，；]")
CLOSING = "已经提交的申请按首次提交时的规定办理。详见网站【政策】页面。"


def announce_policies() -> None:
    """Write an announcement for every published version that has none, and that changes what firms reckon with."""
    news = PolicyVersion.objects.filter(published=True, effective_from__gte=today() - LATE)
    told = Announcement.objects.exclude(policy=None).values("policy")
    for version in news.exclude(pk__in=told).order_by("effective_from"):
        announce_policy(version)


@door
def announce_policy(version: PolicyVersion) -> Announcement | None:
    """Announce what the version changes, in the name of the portal; None where it has been, or changes nothing for firms."""
    version = hold_row(PolicyVersion.objects.all(), version.pk)
    changed = changes(version)
    if not changed or Announcement.objects.filter(policy=version).exists():
        return None
    clock, day = User.objects.clock(), f"{version.effective_from:%Y-%m-%d}"
    words = "\n".join([f"“{version.name}”自 {day} 起施行，有以下变化：", *changed, CLOSING])
    made = Announcement.objects.create(
        by=clock,
        sender="科服网",
        title=f"{version.name}自 {day} 起施行",
        words=words,
        policy=version,
        conditions={"standing": CERTIFIED},
        stage=Announcement.Stage.WAITING,
        due_at=timezone.now(),
    )
    write(made, "announcement_confirmed", by=clock, text="政策版本发布后由系统发送")
    return made


def changes(version: PolicyVersion) -> list[str]:
    """What differs from the version before, a line for each; nothing where there is none before."""
    earlier = PolicyVersion.objects.filter(published=True, effective_from__lt=version.effective_from)
    before = earlier.order_by("-effective_from").first()
    if before is None:
        return []
    pairs = [(field_of(name), spoken(before, name), spoken(version, name)) for name in FELT]
    return [f"· {field.verbose_name}：{old} → {new}" for field, old, new in pairs if old != new]


def field_of(name: str) -> Any:
    """The column of this name."""
    return PolicyVersion._meta.get_field(name)


def spoken(version: PolicyVersion, name: str) -> str:
    """The figure as the pages say it, with its unit; that stands before the first sign of the help below the field."""
    value = getattr(version, name)
    if value in {None, ""}:
        return EMPTY
    if isinstance(value, bool):
        return YES_NO[value]
    if name == "ratio":
        return f"{value:.2%}"
    if isinstance(value, str):
        return str(getattr(version, f"get_{name}_display", lambda: value)())
    return f"{value:,} {UNIT_ENDS.split(str(field_of(name).help_text))[0]}"
