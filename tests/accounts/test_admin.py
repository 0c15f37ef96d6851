import pytest
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import Unit, UnitMember, User
from records.models import Event
from tests.factories import drive_application, make_user

pytestmark = pytest.mark.django_db
LISTS = (
    "accounts_user", "accounts_unit", "reviews_office", "reviews_district", "reviews_turn", "records_event",
    "records_document", "notifications_notice", "notifications_delivery",
)  # fmt: skip


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_search_and_ask_few_queries(admin, world, name, django_assert_max_num_queries):
    drive_application(world.make_application(), "district", world)
    with django_assert_max_num_queries(15):
        assert admin.get(reverse(f"admin:{name}_changelist"), {"q": "样例"}).status_code == 200


@pytest.mark.parametrize("name", ["records_event", "records_document", "notifications_notice", "reviews_turn"])
def test_what_happened_can_be_read_and_not_changed(admin, world, name):
    drive_application(world.make_application(), "district", world)
    model = {"records_event": Event}.get(name)
    model = model or next(m for m in admin_models() if f"{m._meta.app_label}_{m._meta.model_name}" == name)
    url = reverse(f"admin:{name}_change", args=[model.objects.first().pk])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {}).status_code == 403
    assert admin.get(reverse(f"admin:{name}_add")).status_code == 403
    assert (
        admin.post(reverse(f"admin:{name}_delete", args=[model.objects.first().pk]), {"post": "yes"}).status_code == 403
    )


def admin_models():
    return list(site._registry)


def test_the_people_of_a_unit_are_kept_and_its_state_is_not(admin, world):
    unit, colleague = world.unit, make_user()
    seat = unit.memberships.get()
    url = reverse("admin:accounts_unit_change", args=[unit.pk])
    form = {
        "memberships-TOTAL_FORMS": 2, "memberships-INITIAL_FORMS": 1, "memberships-0-id": seat.pk, "memberships-0-unit": unit.pk,
        "memberships-0-user": world.applicant.pk, "memberships-0-role": "admin", "memberships-1-unit": unit.pk,
        "memberships-1-user": colleague.pk, "memberships-1-role": "handler", "state": "frozen", "name": "改名",
    }  # fmt: skip
    assert admin.post(url, form).status_code == 302
    unit.refresh_from_db()
    assert (unit.state, unit.name) == ("certified", "海河样例科技有限公司")
    assert UnitMember.objects.filter(unit=unit, user=colleague, role="handler").exists()
    assert admin.get(reverse("admin:accounts_unit_add")).status_code == 403
    assert admin.get(reverse("admin:accounts_unit_delete", args=[unit.pk])).status_code == 403


def test_a_user_is_made_with_name_and_phone_number(admin):
    form = {
        "username": "zhou", "name": "周样例", "phone": "13800000066", "usable_password": "true",
        "password1": "tten-Admin-2026", "password2": "tten-Admin-2026",
    }  # fmt: skip
    assert admin.post(reverse("admin:accounts_user_add"), form).status_code == 302
    assert User.objects.get(username="zhou").phone == "13800000066"
    refused = admin.post(reverse("admin:accounts_user_add"), form | {"username": "13800000067", "phone": ""})
    assert "username" in refused.context["adminform"].form.errors


def test_two_users_may_have_no_phone_number(admin, world):
    url = reverse("admin:accounts_user_change", args=[world.district.pk])
    form = {"username": "district", "name": "南样例", "phone": "", "is_active": "on", "date_joined_0": "2026-01-01"}
    inlines = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("unit_memberships", "consents") for name in ("TOTAL", "INITIAL")
    }
    assert admin.post(url, form | inlines).status_code == 302
    assert User.objects.filter(phone=None).count() > 1


def test_users_are_not_deleted(admin, world):
    assert admin.get(reverse("admin:accounts_user_delete", args=[world.stranger.pk])).status_code == 403


def test_the_door_of_the_administration_is_the_portals_own(client, world):
    response = client.get(reverse("admin:login"))
    assert response["Location"].startswith(reverse("account_login"))


def test_the_trail_reads_in_chinese(admin, world):
    page = admin.get(reverse("admin:records_event_changelist")).content.decode()
    assert "认证通过" in page
    assert "pass_review" not in page


def test_the_trail_is_filtered_by_kind_of_case(admin, world):
    kind = ContentType.objects.get_for_model(Unit).pk
    assert admin.get(reverse("admin:records_event_changelist"), {"case": kind}).status_code == 200
