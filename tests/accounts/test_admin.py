"""The administration, page by page: what each duty reads and keeps."""

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from accounts.history.sign_ins import record
from accounts.models import Invitation, SignInEvent, TextMessage, Unit, User
from records.models import Event
from records.steps import note
from reviews.models import Office, OfficeMember
from tests.factories import drive_application, make_laboratory, make_user
from tests.helpers import afresh
from tten.admin import TASKS, plan_words

pytestmark = pytest.mark.django_db
KEEPS = {"accounts_user", "reviews_office", "reviews_district"}
LISTS = {
    "backups_backup",
    "django_celery_beat_periodictask",
    "accounts_signinevent",
    "accounts_textmessage",
    "accounts_accountmail",
    "accounts_invitation",
    "notifications_delivery",
}
READS = {  # who → the lists that open
    "administrator": KEEPS | LISTS | {"accounts_unit"},
    "curator": {
        "catalog_admission",
        "catalog_category",
        "catalog_provider",
        "catalog_product",
        "catalog_laboratory",
        "catalog_labbatch",
        "catalog_synonym",
        "accounts_unit",
    },
    "auditor": KEEPS
    | LISTS
    | {
        "accounts_unit",
        "accounts_dataexport",
        "accounts_listexport",
        "catalog_sheetimport",
        "records_event",
        "records_document",
        "records_removedpaper",
        "notifications_notice",
        "reviews_turn",
        "orders_order",
        "catalog_admission",
        "vouchers_application",
        "vouchers_quotaaccount",
        "vouchers_ledgerentry",
        "redemption_claim",
    },
    "municipal": {"policy_policyversion", "policy_calendarday"},
}
SET_UP = KEEPS | {"backups_backup"} | READS["municipal"] | READS["curator"] - {"accounts_unit", "catalog_admission"}


def names():
    return {f"{model._meta.app_label}_{model._meta.model_name}": model for model in site._registry}


@pytest.fixture
def signed_in(client, world):
    def sign_in(name):
        client.force_login(
            world.people[name] if name != "root" else make_user("root", is_superuser=True, is_staff=True)
        )
        return client

    return sign_in


@pytest.fixture
def admin(signed_in):
    return signed_in("administrator")


@pytest.fixture
def audit(signed_in):
    return signed_in("auditor")


def trace(world):
    """A little of everything that the lists show."""
    drive_application(world.make_application(), "district", world)
    make_laboratory()
    record(SignInEvent.Kind.IN, user=world.applicant, method="密码")
    TextMessage.objects.create(phone="13800000001", purpose="code", template="code", params={"code": "123456"})
    Invitation.objects.create(office=world.body_office, phone="13800000002", office_role="reviewer", by=world.municipal)
    note(world.body_office, "member_added", by=world.municipal, text="样例")
    note(world.applicant, "unlock", by=world.administrator, text="样例")
    PeriodicTask.objects.create(
        name="x", task="vouchers.tasks.lapse", crontab=CrontabSchedule.objects.create(minute="10", hour="0")
    )


@pytest.mark.parametrize("who", [*READS, "root"])
def test_which_lists_open_to_whom(signed_in, world, who):
    trace(world)
    browser, found = signed_in(who), set()
    for name in names():
        status = browser.get(reverse(f"admin:{name}_changelist")).status_code
        assert status in {200, 403}
        found |= {name} if status == 200 else set()
    assert found == READS.get(who, SET_UP)
    assert browser.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("who", ["applicant", "district", "body", "expert_1", "platform", "provider_member"])
def test_the_administration_is_shut_to_everybody_else(signed_in, who):
    browser = signed_in(who)
    assert browser.get(reverse("admin:index")).status_code in {302, 403}
    assert browser.get(reverse("admin:login")).status_code == 403
    assert browser.get(reverse("admin:records_event_changelist"), follow=True).status_code == 403


def test_a_lead_who_has_left_the_city_keeps_no_policy(signed_in, world):
    browser = signed_in("municipal")
    assert browser.get(reverse("admin:policy_policyversion_changelist")).status_code == 200
    OfficeMember.objects.filter(user=world.municipal).update(ended_at="2026-01-01T00:00Z")
    assert browser.get(reverse("admin:policy_policyversion_changelist"), follow=True).status_code == 403


@pytest.mark.parametrize(("who", "name"), [(who, name) for who, listed in READS.items() for name in sorted(listed)])
def test_every_row_opens_searches_and_is_not_deleted(signed_in, world, who, name, django_assert_max_num_queries):
    trace(world)
    browser, model = signed_in(who), names()[name]
    with django_assert_max_num_queries(18):
        assert browser.get(reverse(f"admin:{name}_changelist"), {"q": "样例"}).status_code in {200, 302}
    row = model._default_manager.exclude(pk=world.people[who].pk if model is User else None).order_by("pk").first()
    if row is None or name == "django_celery_beat_periodictask":
        return
    assert browser.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200
    if name != "policy_calendarday":
        assert browser.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    if who == "auditor":
        assert browser.post(reverse(f"admin:{name}_change", args=[row.pk]), {}).status_code == 403
        assert browser.get(reverse(f"admin:{name}_add")).status_code == 403


def test_the_first_set_up_reads_no_trail(signed_in, world):
    browser = signed_in("root")
    for name in ("records_event", "records_document", "accounts_signinevent", "reviews_turn", "orders_order"):
        assert browser.get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert "操作留痕" not in browser.get(reverse("admin:index")).content.decode()


def test_the_trail_reads_in_chinese_newest_first_people_and_offices_too(audit, world):
    trace(world)
    page = audit.get(reverse("admin:records_event_changelist"))
    text = page.content.decode()
    assert [word for word in ("认证通过", "加入审核单位", "解除登录暂停", "审核单位", "用户") if word not in text] == []
    assert ">pass_review<" not in text
    times = [event.at for event in page.context["cl"].result_list]
    assert times == sorted(times, reverse=True)


def test_the_trail_is_filtered_by_kind_act_person_and_time(audit, world):
    trace(world)
    url = reverse("admin:records_event_changelist")
    kind = ContentType.objects.get_for_model(Unit).pk
    user = ContentType.objects.get_for_model(User).pk

    def found(**query):
        return {event.step for event in audit.get(url, query).context["cl"].result_list}

    assert found(case=user) == {"unlock"}
    assert found(case=kind, act="pass_review") == {"pass_review"}
    assert found(actor=world.municipal.pk) == {"member_added"}
    assert found(actor="duty") == {"unlock"}
    assert found(actor="clock") == set()
    assert audit.get(url, {"actor": "x", "case": "y"}).status_code in {200, 302}


def test_every_event_opens(audit, world):
    trace(world)
    for event in Event.objects.order_by("case_type", "pk").distinct("case_type"):
        assert audit.get(reverse("admin:records_event_change", args=[event.pk])).status_code == 200


def test_what_runs_by_the_clock_is_told_in_chinese(admin, world):
    trace(world)
    page = admin.get(reverse("admin:django_celery_beat_periodictask_changelist")).content.decode()
    assert "创新券申请和创新券到期" in page
    assert "每天 00:10" in page
    assert {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()} - set(TASKS) == set()


@pytest.mark.bare
@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"minute": "10", "hour": "0"}, "每天 00:10"),
        ({"minute": "*/5"}, "每 5 分钟"),
        ({"minute": "40"}, "每小时第 40 分钟"),
        ({"minute": "*"}, "每分钟"),
        ({"minute": "0", "hour": "4,16"}, "0 4,16"),
        ({"minute": "0", "day_of_week": "1"}, "0 * * * 1"),
    ],
)
def test_the_times_of_a_plan(plan, words):
    assert plan_words(CrontabSchedule(**plan)) == words


def test_an_office_is_kept_and_the_city_stays_in_use(admin, world):
    url = reverse("admin:reviews_office_change", args=[world.body_office.pk])
    people = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    new = {"name": "新名称", "phone": "12345", "is_active": "on", "kind": "municipal"}
    assert admin.post(url, people | new).status_code == 302
    office = afresh(world.body_office)
    assert (office.name, office.kind, office.events.get().text) == ("新名称", "body", "修改：名称、联系电话")
    city = reverse("admin:reviews_office_change", args=[world.municipal_office.pk])
    page = admin.post(city, people | {"name": "市科技局"})
    assert "市科技局必须保持在用" in page.content.decode()
    made = {"name": "新机构", "kind": "body", "phone": "", "is_active": "on"}
    assert admin.post(reverse("admin:reviews_office_add"), made).status_code == 302
    assert Office.objects.get(name="新机构").events.get().text == "新设单位"


def seat_form(user, role="lead"):
    return {
        "name": "市科技局",
        "phone": "",
        "is_active": "on",
        "memberships-2-TOTAL_FORMS": 1,
        "memberships-2-INITIAL_FORMS": 0,
        "memberships-2-0-user": user.pk,
        "memberships-2-0-role": role,
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
    }


def test_only_the_first_set_up_seats_the_first_lead_and_never_himself(signed_in, world):
    url = reverse("admin:reviews_office_change", args=[world.municipal_office.pk])
    person = make_user("first")
    signed_in("administrator").post(url, seat_form(person))
    assert not OfficeMember.objects.filter(user=person).exists()
    browser = signed_in("root")
    root = User.objects.get(username="root")
    for refused in (root, world.auditor):
        browser.post(url, seat_form(refused))
        assert not OfficeMember.objects.filter(user=refused).exists()
    assert browser.post(url, seat_form(person)).status_code == 302
    assert OfficeMember.objects.get(user=person).role == "lead"
    assert world.municipal_office.events.filter(step="member_added").count() == 1


def test_the_door_of_the_administration_is_the_portals_own(client, world):
    response = client.get(reverse("admin:login"))
    assert response["Location"].startswith(reverse("account_login"))
    client.force_login(world.curator)
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")
