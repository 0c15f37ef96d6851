"""Each constraint of the lower apps broken once by a raw write; and no constraint of any app without a test."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin import site
from django.db import connection
from django.forms import ModelForm, modelform_factory
from django.urls import get_resolver
from django.utils import timezone

from accounts.models import Consent, Unit, UnitMember
from catalog.models import Admission, DeskAct, DeskLine, LabCount, Product
from help.models import FillTime, ManualAnswer, ManualCount
from orders.models import Order
from papers.models import Reading
from records.admin import ReadOnlyAdmin
from reviews.models import (
    Office,
    OfficeMember,
    Opinion,
    PanelSeat,
    Turn,
    TurnClaim,
    UsualTime,
)
from seals.models import Leaf, Node
from tests.breaking import AT_THE_DESK, turn_of
from tests.constraining import below, is_choice, is_said, named_by
from tests.factories import (
    World,
    drive_claim,
    make_category,
    make_laboratory,
    make_product,
    make_provider,
    make_user,
)
from tests.helpers import constrained, copied

pytestmark = pytest.mark.django_db
OWN = {
    "backups",
    "seals",
    "help",
    "news",
    "accounts",
    "catalog",
    "orders",
    "vouchers",
    "redemption",
    "papers",
    "registers",
    "reviews",
    "notifications",
    "records",
    "policy",
}
NOON = timezone.now()


@pytest.fixture
def world():
    return World()


def consent_twice(world):
    for _ in range(2):
        Consent.objects.create(user=world.applicant, version="2026-1")


def category_twice(world):
    top = make_category()
    for _ in range(2):
        make_category(name="同名", parent=top)


def desk_line_twice(world):
    act = DeskAct.objects.create(by=world.curator)
    for _ in range(2):
        DeskLine.objects.create(act=act, key="KT000001")


def say(turn, by, **fields):
    return Opinion.objects.create(turn=turn, reviewer=by, **{"verdict": "pass_review", **fields})


def opinion_twice(world):
    turn = turn_of(world)
    for _ in range(2):
        say(turn, world.district)


def claimed(world, **fields):
    had = {"since": NOON, "alive_until": NOON + dt.timedelta(minutes=15)}
    return TurnClaim.objects.create(turn=turn_of(world), person=world.district, **had | fields)


def closed_before(world):
    Turn.objects.filter(pk=turn_of(world).pk).update(opened_at=NOON, closed_at=NOON - dt.timedelta(seconds=1))


def usual(world, **fields):
    turn = turn_of(world)
    step = {"office": turn.office, "case_type": turn.case_type, "state": turn.state, "until": "2026-12-01"}
    return UsualTime.objects.create(**{**step, "cases": 20, "half": 3, "most": 5, **fields})


def seat(world, **fields):
    turn = turn_of(world)
    return PanelSeat.objects.create(turn=turn, expert=world.expert_1, **fields)


def admitted_twice(world):
    copied(world.admit(), number="JG0")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS admission_one_in_force IMMEDIATE")


def twin_of(row):
    """The same certificate, typed another way."""
    return copied(row, number=f" {row.number.lower()}－")


def certificate(world, **fields):
    world.make_admission().qualifications.update(**fields)


def read(world, stage):
    return Reading.objects.create(document=world.unit.licence, version=7, stage=stage)


BREAKS = AT_THE_DESK | {
    "reading_once_per_version": lambda world: [read(world, "reading") for _ in range(2)],
    "reading_stage_known": lambda world: read(world, "unheard_of"),
    "unit_one_per_credit_code": lambda world: copied(world.unit, number="RZ0"),
    "unit_state_known": lambda world: Unit.objects.update(state="unheard_of"),
    "unit_member_once": lambda world: UnitMember.objects.create(unit=world.unit, user=world.applicant),
    "consent_once_per_version": consent_twice,
    "accounts_user_phone": lambda world: [make_user(phone="13800000001") for _ in range(2)],
    "category_name_once_per_parent": category_twice,
    "desk_line_once": desk_line_twice,
    "product_price_above_zero": lambda world: Product.objects.update(price=0),
    "catalog_product_number": lambda world: copied(world.product),
    "product_mark_in_force_or_rests": lambda world: Product.objects.update(mark_rests=True),
    "product_mark_needs_admission": lambda world: make_product(make_provider(is_admitted=False)),
    "lab_count_once_per_place": lambda world: make_laboratory() and copied(LabCount.objects.get()),
    "admission_state_known": lambda world: world.make_admission() and Admission.objects.update(state="unheard_of"),
    "admission_submitted_exactly": lambda world: world.make_admission() and Admission.objects.update(submitted_at=NOON),
    "admission_one_under_way": lambda world: copied(world.make_admission(), number="JG0"),
    "admission_one_in_force": admitted_twice,
    "admission_in_force_has_dates": lambda world: world.admit() and Admission.objects.update(valid_until=None),
    "admission_ends_after_it_begins": lambda world: (
        world.admit() and Admission.objects.update(valid_until="2000-01-01")
    ),
    "qualification_once_per_admission": lambda world: twin_of(world.make_admission().qualifications.get()),
    "qualification_has_an_end_or_none": lambda world: certificate(world, valid_until=None),
    "qualification_ends_after_it_begins": lambda world: certificate(world, valid_until="2000-01-01"),
    "qualification_other_has_a_name": lambda world: certificate(world, kind="other"),
    "order_state_known": lambda world: world.make_order() and Order.objects.update(state="unheard_of"),
    "office_has_a_district_if_it_is_one": lambda world: Office.objects.filter(kind="district").update(district=None),
    "office_member_once": lambda world: OfficeMember.objects.create(office=world.body_office, user=world.body),
    "office_member_role_known": lambda world: OfficeMember.objects.update(role="king"),
    "office_member_days_in_order": lambda world: OfficeMember.objects.update(
        starts_on="2026-01-02", ends_on="2026-01-01"
    ),
    "office_member_stand_in_has_dates": lambda world: OfficeMember.objects.filter(user=world.body).update(
        stands_in_for=world.body_office.memberships.get(user=world.body_second)
    ),
    "turn_one_open_per_case": lambda world: copied(turn_of(world)),
    "turn_closes_after_it_opens": closed_before,
    "turn_time_is_whole": lambda world: Turn.objects.filter(pk=turn_of(world).pk).update(used_days=1, firm_days=0),
    "usual_time_once": lambda world: copied(usual(world)),
    "usual_time_in_order": lambda world: usual(world, half=3, most=2),
    "fill_time_once": lambda _: copied(FillTime.objects.create(matter="claim", minutes=9, cases=20)),
    "manual_count_once": lambda _: copied(ManualCount.objects.create(article="firm/claim", version="0")),
    "manual_answer_handled_by_somebody": lambda _: ManualAnswer.objects.create(
        article="firm/claim", version="0", handled_at=NOON
    ),
    "opinion_one_per_reviewer_and_turn": opinion_twice,
    "leaf_one_per_line": lambda _: [Leaf.objects.create(number=n, kind=1, line=1, hash=b"") for n in (0, 1)],
    "node_one_per_place": lambda _: [Node.objects.create(level=8, index=0, hash=b"") for _ in "ab"],
    "opinion_refusal_has_words": lambda world: say(turn_of(world), world.district, verdict="send_back"),
    "opinion_rejection_has_a_reason": lambda world: say(
        turn_of(world), world.district, verdict="reject", text="不符。"
    ),
    "turn_claim_ends_after_it_begins": lambda world: claimed(world, alive_until=NOON - dt.timedelta(seconds=1)),
    "turn_claim_kept_was_given": lambda world: claimed(world, is_kept=True),
    "turn_claim_note_has_a_writer": lambda world: claimed(world, note="请办理。"),
    "turn_claim_aside_has_words": lambda world: claimed(world, aside_until="2026-12-01"),
    "reviews_turnclaim_turn_id_key": lambda world: copied(claimed(world), person_id=world.other_district.pk),
    "seat_once_per_expert": lambda world: copied(seat(world)),
    "seat_word_is_whole": lambda world: seat(world, given_at=NOON, word="agree"),
    "seat_is_rated_with_its_word": lambda world: seat(world, points=[["技术", 90]], score=90),
    "seat_recused_says_nothing": lambda world: seat(world, given_at=NOON, recused_at=NOON, word="agree", amount=1),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    with constrained(name):
        BREAKS[name](world)


def test_an_office_that_is_no_district_has_none(world):
    with constrained("office_has_a_district_if_it_is_one"):
        Office.objects.filter(kind="body").update(district="120101")


def test_a_place_is_filled_once(world):
    drive_claim(claim := world.make_claim(), "experts", world)
    world.hear_experts(claim)
    first, second, third = PanelSeat.objects.all()
    PanelSeat.objects.filter(pk=second.pk).update(replaces=first)
    with constrained("replaces"):
        PanelSeat.objects.filter(pk=third.pk).update(replaces=first)


def test_every_constraint_is_named_in_a_test():
    tests = "\n".join(path.read_text() for path in Path(settings.BASE_DIR, "tests").rglob("*.py"))
    names = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in OWN - {"policy"}  # its own table stands in tests/policy/test_models.py
        for constraint in model._meta.constraints
    }
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", tests)) == []


def test_a_constraint_that_a_form_can_meet_refuses_in_words():
    """Of every model that a form or 后台管理 writes: what Django would call 约束 … 是无效的 says what is wrong."""
    silent = []
    for model, fields in written():
        silent += [
            one.name
            for one in model._meta.constraints
            if named_by(one) and named_by(one) <= fields and not is_choice(model, one) and not is_said(one)
        ]
    assert sorted(set(silent)) == []


def test_a_form_made_while_a_page_is_drawn_is_not_counted():
    """A list of the administration that only shows makes one of every column, and it lives until it is collected."""
    made = modelform_factory(Consent, fields=["user", "version"])
    assert made in ModelForm.__subclasses__()
    assert Consent not in {model for model, _ in written()}


def written():
    """(model, the fields that a form of it writes), of the portal's forms and the administration's."""
    assert get_resolver().url_patterns  # every form is imported
    yield from (
        (form._meta.model, set(form.base_fields)) for form in below(ModelForm) if form._meta.model in models_of()
    )
    for model, page in site._registry.items():
        if model in models_of() and not isinstance(page, ReadOnlyAdmin):
            yield model, {field.name for field in model._meta.fields if field.editable} - set(page.readonly_fields)


def models_of():
    return {model for app in OWN for model in apps.get_app_config(app).get_models()}
