"""Verbs of 服务机构入驻: start, keep, hand in, and what follows when it is admitted, rests or ends."""

import re
from collections.abc import Iterable

from django.conf import settings

from accounts.cases.services import take
from accounts.models import Unit, User
from accounts.permissions import can_write_for, refusal_uncertified
from catalog.mall.services import refresh_products
from catalog.models import Admission, Category, Laboratory, Provider, Qualification
from catalog.permissions import FROZEN, UNCERTIFIED
from catalog.workflow import State
from notifications.services import announce
from records.changes import guard_version
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.services import attach_each, let_papers_go
from records.steps import lock
from reviews.models import Opinion, Verdict
from reviews.services import advance

NEED_WORDS = {"suspend", "resume"}
FROM_BEFORE = ("summary", "region", "city", "address", "contact", "phone")
OF_A_CERTIFICATE = ("kind", "name", "number", "valid_from", "valid_until", "permanent", "document_id")
MOBILE = re.compile(r"[0-9]{0,11}")  # what the field of an admission holds
REGIONS = {"11": "beijing", "12": "tianjin", "13": "hebei"}  # figures 3 and 4 of the credit code


@door
def start_admission(unit: Unit, *, by: Person) -> Admission:
    """Begin an application, or return the one under way; what the portal knows is filled in."""
    unit = lock(unit)  # two clicks make one draft
    if not can_write_for(unit, by):
        raise RuleBroken("R-PERM", "只有单位的管理员和经办人可以申请服务机构入驻。")
    under_way: Admission | None = Admission.objects.under_way().filter(unit=unit).first()
    if under_way is not None:
        return under_way
    if unit.is_frozen:
        raise RuleBroken(*FROZEN)
    if not unit.is_certified:
        raise RuleBroken(*UNCERTIFIED)
    check_early(Admission.objects.standing().filter(unit=unit).first())
    return begin(unit)


def check_early(standing: Admission | None) -> None:
    """Raise RuleBroken while an admission stands that has long to go, or is suspended."""
    if standing is None or standing.may_renew:
        return
    if standing.state == State.SUSPENDED:
        raise RuleBroken(
            "R-PAUSED", f"贵单位的入驻正在暂停中，恢复之后才能申请续期。请联系平台：{settings.POLICY_PHONE}。"
        )
    day = standing.last_day
    raise RuleBroken("R-EARLY", f"贵单位的入驻有效期至 {day:%Y-%m-%d}，{standing.renewal_words}。")


def begin(unit: Unit) -> Admission:
    """A draft with what the last admission, the provider or the certification say."""
    before = unit.admissions.exclude(valid_until=None).order_by("-valid_until").first()
    admission = Admission(unit=unit, **known_of(unit, before))
    admission.save()
    if before is not None:
        admission.scope.set(before.scope.all())
        Qualification.objects.bulk_create(
            Qualification(admission=admission, **{name: getattr(row, name) for name in OF_A_CERTIFICATE})
            for row in before.qualifications.all()
        )
    return admission


def known_of(unit: Unit, before: Admission | None) -> dict[str, str]:
    """What needs not be typed again."""
    source: Admission | Provider | None = before or Provider.objects.to_carry(unit).first()
    if source is not None:
        known = {name: getattr(source, name) for name in FROM_BEFORE}
        return known | {"phone": source.phone if MOBILE.fullmatch(source.phone) else ""}
    return {
        "region": REGIONS.get(unit.uscc[2:4], "tianjin"),
        "address": unit.address,
        "contact": unit.handler_name,
        "phone": unit.handler_phone,
    }


@door
def save_admission(
    admission: Admission,
    *,
    by: Person,
    scope: Iterable[Category],
    rows: Iterable[Qualification],
    seen: int | None = None,
) -> Admission:
    """Keep what was typed. Nothing is editable outside 草稿 and 退回修改."""
    stored, wanted, rows = lock(admission), {node.pk for node in scope}, list(rows)
    nodes = set(stored.scope.values_list("pk", flat=True))
    lists = changed_lists(stored, rows, scope_differs=nodes != wanted)
    guard_version(stored, admission, seen, by=by, more=lists)
    if stored.state not in Admission.EDITABLE:
        raise RuleBroken("R-STATE", f"入驻申请现在的状态是“{stored.get_state_display()}”，不能修改。")
    if not can_write_for(stored.unit, by):
        raise RuleBroken("R-PERM", "只有单位的管理员和经办人可以修改入驻申请。")
    admission.save()
    if "scope" in lists:
        admission.scope.remove(*(nodes - wanted))
        admission.scope.add(*(wanted - nodes))
    if "qualifications" in lists:
        keep_rows(admission, rows)
    return admission


def changed_lists(stored: Admission, rows: list[Qualification], *, scope_differs: bool) -> dict[str, str]:
    """Which of scope and certificates are not as they are stored, as `records.changes.count_change` takes them."""
    certificates = set(stored.qualifications.values_list(*OF_A_CERTIFICATE))
    changed = {"scope": ("修改了服务范围", scope_differs)} | {
        "qualifications": (
            "修改了资质证书",
            {tuple(getattr(row, name) for name in OF_A_CERTIFICATE) for row in rows} != certificates,
        )
    }
    return {name: words for name, (words, is_changed) in changed.items() if is_changed}


def keep_rows(admission: Admission, rows: list[Qualification]) -> None:
    """The certificates are exactly these; papers of an earlier admission stay with it."""
    gone, _ = admission.qualifications.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
    new, old = [row for row in rows if not row.pk], [row for row in rows if row.pk]
    for row in rows:
        row.admission = admission
    Qualification.objects.bulk_create(new)
    Qualification.objects.bulk_update(old, [name.removesuffix("_id") for name in OF_A_CERTIFICATE])
    fresh = [row for row in rows if row.document.case_id is None]
    if gone or old:
        let_papers_go(admission)
    attach_each(admission, {row.document: f"资质证书：{row.label}"[:40] for row in fresh})


def submit_admission(admission: Admission, *, by: Person, seen: int | None = None) -> Admission:
    """Hand the case to the platform."""
    return take(admission, "submit", by=by, seen=seen)


@door
def move_admission(
    admission: Admission, step: str, *, by: Person, note: str = "", seen: int | None = None
) -> Admission:
    """Withdraw, suspend, resume or expire; the marks of the provider's products follow."""
    if step in NEED_WORDS and not note.strip():
        raise RuleBroken("R-WORDS", "暂停或恢复入驻时必须写明理由，机构会在消息里看到。")
    admission = advance(admission, step, by=by, note=note, seen=seen)
    settle(admission.provider)
    announce(admission, text=note)
    return admission


def settle(provider: Provider | None) -> None:
    """Carry whether an admission is in force to the provider; the database lets its marks rest or wakes them."""
    if provider is not None:
        stored = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
        stored.is_admitted = Admission.objects.in_force().filter(provider=stored).exists()
        stored.save(update_fields=["is_admitted"])


def after_verdict(admission: Admission, opinion: Opinion) -> None:
    """已入驻: the earlier admission gives way, the unit's provider carries what was admitted."""
    if opinion.verdict != Verdict.PASS:
        return
    for earlier in Admission.objects.standing().filter(unit=admission.unit).exclude(pk=admission.pk):
        advance(earlier, "expire", by=User.objects.clock(), note=f"由 {admission.number} 接续。")
    found = Provider.objects.to_carry(admission.unit).first()
    provider = carried(admission, found)
    admission.provider = provider
    admission.save(update_fields=["provider"])
    if found is None:  # nothing is offered yet, and nothing found
        provider.scope.add(*admission.scope.all())
    else:
        provider.scope.set(admission.scope.all())
        refresh_products(provider.products.select_related("provider__laboratory", "category__parent"))
    take_laboratories(admission.unit)


def carried(admission: Admission, found: Provider | None) -> Provider:
    """The unit's provider, made or brought up to date: name and legal representative as they are certified."""
    unit = admission.unit
    provider = hold_row(Provider.objects.all(), found.pk) if found else Provider(uscc=unit.uscc)
    provider.is_admitted = True  # the admission is in force from today; the database wakes its marks
    provider.unit, provider.name, provider.legal_representative = unit, unit.name, unit.legal_representative
    for name in FROM_BEFORE:
        setattr(provider, name, getattr(admission, name))
    provider.qualifications = "、".join(dict.fromkeys(row.label for row in admission.qualifications.all()))[:200]
    provider.is_active = True
    provider.save()
    return provider


def take_laboratories(unit: Unit) -> int:
    """Laboratories without an account whose 依托单位 is the unit: it keeps their desks now; return how many."""
    hosted = Laboratory.objects.filter(host_uscc=unit.uscc).values("provider")
    return Provider.objects.filter(pk__in=hosted, unit=None).update(unit=unit)


@door
def claim_laboratories(unit: Unit, *, by: Person) -> int:
    """A certified 依托单位 takes over the desks of its laboratories, admitted or not (docs/adr/0067)."""
    unit = lock(unit)
    if not can_write_for(unit, by):
        raise RuleBroken("R-PERM", "只有单位的管理员和经办人可以接管实验室。")
    if not unit.is_certified:
        raise RuleBroken(*refusal_uncertified("接管实验室"))
    return take_laboratories(unit)
