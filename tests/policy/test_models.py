"""Which version holds when, what it may hold, and that it stays as it was."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError

from policy.arithmetic import Terms
from policy.calendar import SHANGHAI, today
from policy.models import CalendarDay, PolicyVersion
from policy.querysets import KEPT_SECONDS, MEMORY
from tests.conftest import SHIPPED
from tests.helpers import new_policy

pytestmark = pytest.mark.django_db


def test_the_shipped_versions_carry_the_figures_of_their_year():
    shipped = PolicyVersion.objects.order_by("effective_from").values_list("name", "annual_cap", "minimum", "ratio")
    assert list(shipped) == [
        ("2019 版", Decimal(100000), Decimal(1000), Decimal("0.5")),
        ("2025 版", Decimal(150000), Decimal(1000), Decimal("0.5")),
    ]


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (dt.datetime(2024, 12, 31, 23, 59, 59, tzinfo=SHANGHAI), "2019 版"),
        (dt.datetime(2024, 12, 31, 16, 0, tzinfo=dt.UTC), "2025 版"),
        (dt.date(2025, 1, 1), "2025 版"),
    ],
)
def test_a_version_holds_from_midnight_in_shanghai(at, name):
    assert PolicyVersion.objects.in_force(at).name == name


def test_a_draft_never_holds():
    PolicyVersion.objects.create(name="草案", effective_from=dt.date(2025, 6, 1))
    assert PolicyVersion.objects.in_force(dt.date(2026, 1, 1)).name == "2025 版"


def test_now_is_meant_where_no_instant_is_named():
    PolicyVersion.objects.create(name="2027 版", effective_from=dt.date(2027, 1, 1), published=True)
    with time_machine.travel(dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)):
        assert PolicyVersion.objects.in_force().name == "2027 版"


def test_before_the_first_version_there_is_none():
    with pytest.raises(PolicyVersion.DoesNotExist):
        PolicyVersion.objects.in_force(dt.date(2018, 12, 31))


@pytest.mark.bare
def test_terms_carry_the_versions_figures_to_the_arithmetic():
    policy = PolicyVersion(annual_cap=Decimal(7), minimum=None, rounding="fen", full_payment_required=False)
    assert policy.terms == Terms(Decimal("0.50"), Decimal(7), None, "fen", full_payment_required=False)


@pytest.mark.bare
def test_the_shipped_defaults_are_those_of_the_arithmetic():
    assert PolicyVersion().terms == Terms()


@pytest.mark.bare
def test_a_voucher_has_twelve_months_to_be_used_and_three_more_to_be_redeemed():
    approved = dt.datetime(2026, 11, 29, 16, 30, tzinfo=dt.UTC)  # the 30th in Shanghai
    assert PolicyVersion().deadlines(approved) == (dt.date(2027, 11, 30), dt.date(2028, 2, 29))


def test_a_version_in_force_cannot_be_edited():
    policy = PolicyVersion.objects.in_force(dt.date(2026, 1, 1))
    policy.ratio = Decimal("0.4")
    with pytest.raises(ValidationError, match="已经发布并生效，不能再修改"):
        policy.full_clean()


@pytest.mark.parametrize(("day", "published"), [(dt.date(today().year + 2, 1, 1), True), (dt.date(2020, 1, 1), False)])
def test_a_version_to_come_and_a_draft_can_be_edited(day, published):
    policy = PolicyVersion.objects.create(name="待定", effective_from=day, published=published)
    policy.ratio = Decimal("0.4")
    policy.full_clean()


def test_a_version_is_not_published_into_the_past():
    policy = PolicyVersion(name="倒签", effective_from=dt.date(2026, 11, 23), published=True)
    with time_machine.travel(dt.datetime(2026, 11, 24, tzinfo=SHANGHAI)):
        with pytest.raises(ValidationError) as refusal:
            policy.full_clean()
        assert refusal.value.message_dict == {
            "effective_from": ["发布的版本不能从过去的日期起生效，请改为今天或以后的日期。"]
        }
        policy.effective_from = dt.date(2026, 11, 24)
        policy.full_clean()


@pytest.mark.parametrize(
    "act", [lambda rows: rows.update(ratio="0.4"), lambda rows: rows.delete()], ids=["change", "delete"]
)
def test_the_database_keeps_a_version_in_force_as_it_is(act):
    with pytest.raises(DatabaseError, match="in force"):
        act(PolicyVersion.objects.filter(name="2019 版"))


def test_the_database_lets_a_draft_and_a_version_to_come_change():
    draft = PolicyVersion.objects.create(name="草案", effective_from=dt.date(2020, 1, 1))
    coming = PolicyVersion.objects.create(name="待生效", effective_from=dt.date(2099, 1, 1), published=True)
    assert PolicyVersion.objects.filter(pk__in=[draft.pk, coming.pk]).update(ratio="0.4") == 2
    draft.delete()
    coming.delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ratio": Decimal(0)},
        {"ratio": Decimal("1.01")},
        {"annual_cap": Decimal(0)},
        {"minimum": Decimal(0)},
        {"minimum": Decimal(150001)},
        {"rounding": "ceil"},
        {"amount_base": "other"},
        {"contract_date_rule": "other"},
        {"apply_open": "13-01"},
        {"redeem_close": "3-1"},
        {"apply_open": "06-02", "apply_close": "06-01"},
        {"redeem_open": "06-02", "redeem_close": "06-01"},
        {"reminder_day": 10},
        {"reminder_day": 0},
        {"use_months": 0},
        {"redeem_months": 0},
        {"form_deadline_days": 0},
        {"promised_district": 0},
        {"promised_body": 0},
        {"promised_formal": 0},
        {"promised_experts": 0},
        {"effective_from": dt.date(2025, 1, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_a_version_that_makes_no_sense(wrong):
    with pytest.raises(IntegrityError):
        PolicyVersion.objects.create(**{"name": "错", "effective_from": dt.date(2099, 1, 1)} | wrong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"apply_open": "6/2"}, "请按“月-日”填写，例如 03-01。"),
        ({"apply_open": "06-02", "apply_close": "06-01"}, "截止日不能早于开始日。"),
        ({"reminder_day": 10}, "补正提醒须早于补正期限。"),
    ],
)
def test_a_form_says_what_is_wrong_with_a_version(wrong, sentence):
    policy = PolicyVersion(name="错", effective_from=dt.date(2099, 1, 1), **wrong)
    with pytest.raises(ValidationError) as refusal:
        policy.full_clean()
    assert sentence in refusal.value.messages


@pytest.mark.bare
def test_versions_and_days_are_named_as_people_say_them():
    assert str(PolicyVersion(name="2025 版")) == "2025 版"
    assert str(CalendarDay(date=dt.date(2027, 2, 6), is_working=True)) == "2027-02-06 上班"
    assert str(CalendarDay(date=dt.date(2027, 2, 5))) == "2027-02-05 放假"


def test_a_process_remembers_the_versions_until_one_is_saved(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert PolicyVersion.objects.remembered().name == "2025 版"
        assert PolicyVersion.objects.remembered(dt.date(2020, 1, 1)).name == "2019 版"
    new_policy(stand_in_days=9)
    with django_assert_num_queries(1):
        assert [PolicyVersion.objects.remembered().stand_in_days for _ in range(3)] == [9, 9, 9]


def test_what_is_remembered_is_read_afresh_after_half_a_minute(monkeypatch, django_assert_num_queries):
    PolicyVersion.objects.remembered()
    monkeypatch.setattr(MEMORY, "read_at", MEMORY.read_at - KEPT_SECONDS)
    with django_assert_num_queries(1):
        PolicyVersion.objects.remembered()


def test_a_version_to_come_holds_from_its_day_without_being_read_again(django_assert_num_queries):
    PolicyVersion.objects.create(name="2027 版", effective_from=dt.date(2027, 1, 1), published=True)
    PolicyVersion.objects.remembered(dt.date(2026, 12, 31))
    with django_assert_num_queries(0):
        assert PolicyVersion.objects.remembered(dt.date(2027, 1, 1)).name == "2027 版"


def test_a_version_that_is_deleted_is_forgotten():
    coming = PolicyVersion.objects.create(name="2099 版", effective_from=dt.date(2099, 1, 1), published=True)
    assert PolicyVersion.objects.remembered(dt.date(2099, 1, 1)) == coming
    coming.delete()
    assert PolicyVersion.objects.remembered(dt.date(2099, 1, 1)).name == "2025 版"


def test_before_the_first_version_nothing_is_remembered():
    with pytest.raises(PolicyVersion.DoesNotExist):
        PolicyVersion.objects.remembered(dt.date(2018, 12, 31))


def test_the_tests_begin_with_the_versions_that_are_there():
    rows = [{**vars(row), "_state": None, "id": None} for row in PolicyVersion.objects.order_by("effective_from")]
    cap = [Decimal(version.annual_cap) for version in SHIPPED]
    kept = [{**vars(row), "_state": None, "annual_cap": sum_} for row, sum_ in zip(SHIPPED, cap, strict=True)]
    assert kept == rows


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ratio", "-0.5", "补贴比例须大于 0、不超过 1"),
        ("ratio", "1.2", "补贴比例须大于 0、不超过 1"),
        ("annual_cap", "0", "请填写大于 0 的金额"),
        ("minimum", "-1", "请填写大于 0 的金额"),
        ("minimum", "99999999", "不能超过每家企业年度上限"),
        ("reminder_day", "40", "补正提醒须早于补正期限"),
        ("form_reminder_days", "300", "盖章申请表的提醒天数"),
        ("voucher_last_reminder_days", "300", "创新券的再次提醒须晚于首次提醒"),
    ],
)
def test_a_bad_figure_is_told_beside_its_field(field, value, words):
    """No name of a constraint, and nothing at the top of forty fields that does not say where it belongs."""
    version = PolicyVersion(name="试", effective_from=today(), **{field: Decimal(value)})
    with pytest.raises(ValidationError) as errors:
        version.full_clean()
    assert list(errors.value.message_dict) == [field]
    assert words in errors.value.message_dict[field][0]
