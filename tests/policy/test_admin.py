"""What the municipal administrators can and cannot do with the rules."""

import datetime as dt

import pytest
from django.urls import reverse, reverse_lazy

from accounts.models import User
from policy.calendar import today
from policy.models import CalendarDay, PolicyVersion

LIST = reverse_lazy("admin:policy_policyversion_changelist")
ADD = reverse_lazy("admin:policy_policyversion_add")
COMING = f"{today().year + 2}-01-01"


@pytest.fixture
def desk(client, db):
    client.force_login(User.objects.create_superuser("shiji", password="x"))
    return client


def url(name, policy):
    return reverse(f"admin:policy_policyversion_{name}", args=[policy.pk])


def shown(response):
    """Read a form back as the browser would send it."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_the_list_says_how_each_version_stands(desk):
    PolicyVersion.objects.create(name="草案", effective_from=dt.date(2098, 1, 1))
    PolicyVersion.objects.create(name="新版", effective_from=dt.date(2099, 1, 1), published=True)
    page = desk.get(LIST)
    admin = page.context["cl"].model_admin
    standing = {policy.name: admin.standing(policy) for policy in page.context["cl"].result_list}
    assert standing == {"新版": "待生效", "草案": "草稿", "2025 版": "现行", "2019 版": "已被替代"}


def test_a_version_in_force_is_only_read(desk):
    policy = PolicyVersion.objects.get(name="2025 版")
    page = desk.get(url("change", policy))
    assert page.context["has_change_permission"] is False
    assert desk.post(url("change", policy), {"name": "anders"}).status_code == 403
    assert desk.post(url("delete", policy), {"post": "yes"}).status_code == 403


def test_versions_are_not_deleted_in_bulk(desk):
    assert "delete_selected" not in desk.get(LIST).content.decode()


def test_a_new_version_starts_from_the_one_in_force_and_is_published(desk):
    now = PolicyVersion.objects.create(name="今版", effective_from=today(), published=True, correction_days=12)
    fields = shown(desk.get(ADD)) | {"name": "2099 版", "effective_from": COMING, "published": "on"}
    assert desk.post(ADD, fields).status_code == 302
    made = PolicyVersion.objects.get(name="2099 版")
    assert (made.terms, made.correction_days, made.pledge_text) == (now.terms, 12, now.pledge_text)


def test_a_draft_is_mended_and_the_mistake_is_said(desk):
    policy = PolicyVersion.objects.create(name="草案", effective_from=COMING)
    fields = shown(desk.get(url("change", policy)))
    page = desk.post(url("change", policy), fields | {"apply_open": "06-02", "apply_close": "06-01"})
    assert page.context["adminform"].form.errors == {"apply_close": ["截止日不能早于开始日。"]}
    assert desk.post(url("change", policy), fields | {"apply_open": "06-02"}).status_code == 302
    policy.refresh_from_db()
    assert policy.apply_open == "06-02"


def test_a_holiday_is_entered(desk):
    answer = desk.post(reverse("admin:policy_calendarday_add"), {"date": "2027-02-05", "note": "春节"})
    assert answer.status_code == 302
    assert [str(day) for day in CalendarDay.objects.all()] == ["2027-02-05 放假"]


def test_every_figure_of_a_version_stands_on_its_page(desk):
    page = desk.get(ADD).context["adminform"]
    drawn = [field.field.name for fieldset in page for line in fieldset for field in line]
    assert sorted(drawn) == sorted(field.name for field in PolicyVersion._meta.fields if field.name != "id")


def test_a_figure_that_makes_no_sense_is_said_beside_it(desk):
    fields = shown(desk.get(ADD)) | {"name": "2099 版", "effective_from": COMING}
    page = desk.post(ADD, fields | {"stand_in_days": "999", "licence_last_reminder_days": "40"})
    assert page.context["adminform"].form.errors == {
        "stand_in_days": ["请填写 1 至 365 之间的整数。"],
        "licence_last_reminder_days": ["证照的再次提醒须晚于首次提醒，到期前的天数要更少。"],
    }
    assert not PolicyVersion.objects.filter(name="2099 版").exists()


def test_the_figures_of_a_version_in_force_are_only_read(desk):
    policy = PolicyVersion.objects.get(name="2025 版")
    page = desk.get(url("change", policy))
    assert "代理最长天数" in page.content.decode()
    assert 'name="stand_in_days"' not in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0026-01-01", "您填写的是 0026-01-01，日期不能早于 1900-01-01，请核对年份。"),
        ("9999-12-31", "您填写的是 9999-12-31，日期不能晚于"),
        (f"{today().year + 11}-12-31", "最多可以填写到"),
    ],
)
def test_a_year_that_nobody_means_is_told_beside_the_day(desk, typed, sentence):
    fields = shown(desk.get(ADD)) | {"name": "错", "effective_from": typed}
    for url, name, answers in (
        (ADD, "effective_from", fields),
        (reverse("admin:policy_calendarday_add"), "date", {"date": typed, "note": "错"}),
    ):
        errors = desk.post(url, answers).context["adminform"].form.errors
        assert set(errors) == {name}
        assert errors[name][0].startswith(sentence)
    assert not CalendarDay.objects.exists()


def test_an_empty_calendar_says_what_is_counted_then(desk):
    address = reverse("admin:policy_calendarday_changelist")
    assert "还没有单独登记的日期：工作日按已公布的放假和调休安排计算" in desk.get(address).content.decode()
    desk.post(reverse("admin:policy_calendarday_add"), {"date": f"{today():%Y}-10-01", "note": "国庆节"})
    assert "还没有单独登记的日期" not in desk.get(address).content.decode()


def test_the_calendar_begins_where_the_package_does(desk):
    page = desk.post(reverse("admin:policy_calendarday_add"), {"date": "1999-10-01", "note": "国庆节"})
    assert page.context["adminform"].form.errors == {"date": ["工作日历从 2004-01-01 开始，请核对年份。"]}


def test_the_date_boxes_of_the_administration_have_a_range(desk):
    page = desk.get(ADD).content.decode()
    assert 'type="date"' in page
    assert ('min="1900-01-01"' in page, f'max="{today().year + 100}-' in page) == (True, True)
