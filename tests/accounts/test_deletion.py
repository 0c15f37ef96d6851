"""注销帐号: who may go, who must hand over first, what goes, what stays; safe twice."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from accounts.history.sign_ins import record
from accounts.models import DataExport, Invitation, JoinRequest, SignInEvent, TextMessage, User
from accounts.own_data import deletion, exports, tasks
from catalog.models import Admission
from notifications.models import Notice
from orders.services import move_order
from records.kinds import kind_for
from records.models import Event
from records.steps import chain_holds
from reviews import panel
from reviews.models import ListColumns, OfficeMember, PanelSeat, Phrase, SavedView
from tests.accounts.guarding import LOGIN, give_totp, sign_in, signed_in
from tests.factories import World, drive_application, drive_claim, make_user
from tests.helpers import refused, unguarded
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
ASK = {"understood": "on", **LOGIN}


@pytest.fixture
def world():
    """The applicant is alone in his unit."""
    world = World()
    world.unit.memberships.exclude(user=world.applicant).delete()
    return world


@pytest.fixture
def person():
    return make_user("person", name="甄样例", phone="13800001111", email="person@example.com")


@pytest.mark.parametrize("role", ["platform", "district", "body", "municipal", "administrator", "expert_1"])
def test_staff_go_when_their_office_has_let_them(world, role):
    user = world.people[role]
    assert [obstacle.sentence[:12] for obstacle in deletion.obstacles_of(user)] == ["您是审核、评审或管理人员"]
    with refused("R-DELETE", "停用您的岗位"):
        deletion.ask_deletion(user)
    if role != "administrator":
        OfficeMember.objects.filter(user=user).update(ended_at=timezone.now())
        assert deletion.obstacles_of(user) == []


def test_an_expert_with_an_open_seat_stays(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    panel.form_panel(open_turn(claim), world.experts[:3], by=world.body)
    OfficeMember.objects.filter(user=world.expert_1).update(ended_at=timezone.now())
    with refused("R-DELETE", "还有未提交意见的评审任务"):
        deletion.ask_deletion(world.expert_1)
    PanelSeat.objects.filter(expert=world.expert_1).update(recused_at=timezone.now())
    assert deletion.obstacles_of(world.expert_1) == []


def test_the_only_administrator_of_a_unit_with_colleagues_hands_over_first(world):
    colleague = make_user("colleague")
    place = world.unit.memberships.create(user=colleague, role="handler")
    [obstacle] = deletion.obstacles_of(world.applicant)
    assert "还有其他成员" in obstacle.sentence
    assert obstacle.url == reverse("unit_hand_over", args=[world.unit.number])
    place.role = "admin"
    place.save()
    assert deletion.obstacles_of(world.applicant) == []
    assert deletion.obstacles_of(colleague) == []


CASES = {
    "order": lambda world: world.make_application().order,
    "application": lambda world: drive_application(world.make_application(), "district", world),
    "voucher": lambda world: drive_application(world.make_application(), "approved", world),
    "claim": lambda world: drive_claim(world.make_claim(), "formal", world),
}


@pytest.mark.parametrize("kind", CASES)
def test_the_only_administrator_stays_while_a_case_is_under_way(world, kind):
    assert deletion.obstacles_of(world.applicant) == []
    CASES[kind](world)
    with refused("R-DELETE", "还有办理中的订单、申请、兑现"):
        deletion.ask_deletion(world.applicant)


def test_a_provider_with_orders_to_serve_keeps_its_only_administrator(world):
    assert deletion.obstacles_of(world.provider_member) == []
    world.make_order()
    with refused("R-DELETE", "唯一的管理员"):
        deletion.ask_deletion(world.provider_member)


@pytest.mark.parametrize(
    ("state", "stays"),
    [
        ("draft", False),
        ("pending", True),
        ("returned", True),
        ("admitted", True),
        ("suspended", True),
        ("rejected", False),
        ("expired", False),
        ("withdrawn", False),
    ],
)
def test_an_admission_alive_keeps_the_only_administrator(world, state, stays):
    admission = Admission.objects.create(unit=world.unit)
    first, last = dt.date(2026, 1, 1), dt.date(2028, 12, 31)
    Admission.objects.filter(pk=admission.pk).update(
        state=state, valid_from=first, valid_until=last, submitted_at=None if state == "draft" else timezone.now()
    )
    assert kind_for(admission).keeps(world.unit) is stays


def test_a_case_that_ended_holds_nobody(world):
    claim = drive_claim(world.make_claim(), "passed", world)
    order = claim.application.order
    move_order(order, "complete", by=world.provider_member, words="检测已完成，报告已交付。")
    assert deletion.obstacles_of(world.applicant) == []


def test_a_unit_that_was_refused_for_good_holds_nobody(world):
    world.unit.memberships.create(user=make_user("colleague"), role="handler")
    type(world.unit).objects.filter(pk=world.unit.pk).update(state="rejected")
    assert deletion.obstacles_of(world.applicant) == []


def test_the_page_says_what_goes_what_stays_and_what_stands_against_it(world, person):
    page = sign_in(person).get(reverse("account_delete")).content.decode()
    assert [words in page for words in ("会删除或匿名化", "依法保留", "30 年", "15 天", "申请注销帐号")] == [True] * 5
    page = sign_in(world.body).get(reverse("account_delete")).content.decode()
    assert ("现在还不能注销" in page, 'name="password"' in page) == (True, False)


@pytest.mark.parametrize("typed", [{"act": ""}, {"understood": "on"}, LOGIN, ASK | {"password": "Wrong-2026-x"}])
def test_it_asks_once_with_the_password(person, typed):
    client = sign_in(person)
    assert client.post(reverse("account_delete"), typed).context["form"].errors
    person.refresh_from_db()
    assert person.deletion_asked_at is None


def ask(person, capture, client=None):
    client = client or sign_in(person)
    with capture(execute=True):
        answer = client.post(reverse("account_delete"), ASK)
    return client, answer


def test_asking_signs_out_everywhere_and_signing_in_takes_it_back(person, django_capture_on_commit_callbacks):
    elsewhere = sign_in(person)
    client, answer = ask(person, django_capture_on_commit_callbacks)
    assert answer.url == reverse("account_login")
    assert "反悔" in elsewhere.get("/center/", follow=True).content.decode()
    assert [signed_in(client), signed_in(elsewhere)] == [False, False]
    person.refresh_from_db()
    assert person.deletion_asked_at
    again = sign_in(person)
    person.refresh_from_db()
    assert (person.deletion_asked_at, person.is_active) == (None, True)
    assert "您的注销申请已撤回" in again.get("/center/").content.decode()
    assert [event.step for event in person.events.order_by("sequence")] == ["ask_deletion", "withdraw_deletion"]


def test_asking_twice_begins_the_days_once(person):
    first = deletion.ask_deletion(person).deletion_asked_at
    assert deletion.ask_deletion(person).deletion_asked_at == first
    assert person.events.count() == 1


def after(person, days):
    User.objects.filter(pk=person.pk).update(deletion_asked_at=timezone.now() - dt.timedelta(days=days))


def run(capture):
    with capture(execute=True):
        tasks.delete_accounts()


def test_nothing_happens_before_the_days_are_over(person, django_capture_on_commit_callbacks):
    after(person, 14.9)
    run(django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert (person.username, person.deleted_at) == ("person", None)


@pytest.fixture
def full(world, person):
    """A person with everything that can belong to one."""
    world.unit.memberships.create(user=person, role="handler")
    give_totp(person)
    SocialAccount.objects.create(user=person, provider="weixin", uid="u")
    Notice.objects.create(recipient=person, kind="x", subject="标题", body="内容")
    JoinRequest.objects.create(unit=world.other_unit, user=person, words="请让我加入")
    Invitation.objects.create(unit=world.other_unit, phone=person.phone, unit_role="handler", by=world.stranger)
    TextMessage.objects.create(phone=person.phone, purpose="login", template="code")
    record("in", user=person)
    SavedView.objects.create(user=person, name="大额", page="turn_list")
    ListColumns.objects.create(user=person, page="turn_list", columns=["number"])
    Phrase.objects.create(owner=person, title="缺合同", text="请补充合同。")
    DataExport.objects.create(user=person)
    exports.make_export(person.data_exports.get().pk)
    return person


def test_the_person_leaves_and_the_rows_of_the_law_stay(full, django_capture_on_commit_callbacks):
    client = sign_in(make_user("bystander"))
    export = full.data_exports.get()
    events = Event.objects.count()
    after(full, 15.1)
    run(django_capture_on_commit_callbacks)
    full.refresh_from_db()
    assert (full.name, full.username, full.phone, full.email) == ("已注销用户", f"deleted-{full.pk}", None, "")
    assert (full.is_active, full.has_usable_password(), bool(full.deleted_at)) == (False, False, True)
    for model in (Authenticator, SocialAccount, UserSession, SavedView, ListColumns):
        assert not model.objects.filter(user=full).exists()
    assert not Phrase.objects.filter(owner=full).exists()
    assert [full.unit_memberships.count(), full.notices.count(), full.data_exports.count()] == [0, 0, 0]
    assert not export.file.storage.exists(export.file.name)
    assert JoinRequest.objects.get(user=full).answer == "withdrawn"
    assert not Invitation.objects.filter(phone="13800001111").exists()
    assert not TextMessage.objects.filter(phone="13800001111").exists()
    assert SignInEvent.objects.filter(user=full).exists()
    assert Event.objects.count() == events + 1
    assert chain_holds(full)
    assert client.get("/center/").status_code == 200


def test_the_trail_of_cases_stays_and_names_nobody(world, django_capture_on_commit_callbacks):
    claim = drive_claim(world.make_claim(), "passed", world)
    order = claim.application.order
    move_order(order, "complete", by=world.provider_member, words="检测已完成，报告已交付。")
    lines = claim.events.count()
    after(world.applicant, 16)
    run(django_capture_on_commit_callbacks)
    assert (claim.events.count(), chain_holds(claim)) == (lines, True)
    assert "已注销用户" in {str(event.actor) for event in claim.events.all()}


def test_twice_is_once(full, django_capture_on_commit_callbacks):
    after(full, 16)
    run(django_capture_on_commit_callbacks)
    full.refresh_from_db()
    first = full.deleted_at
    run(django_capture_on_commit_callbacks)
    assert not deletion.delete_account(full.pk, by=User.objects.clock())
    full.refresh_from_db()
    assert (full.deleted_at, full.events.count()) == (first, 1)


def test_who_has_become_staff_meanwhile_stays(world, person, django_capture_on_commit_callbacks):
    after(person, 16)
    OfficeMember.objects.create(office=world.body_office, user=person)
    run(django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert (person.username, person.deleted_at) == ("person", None)


def test_a_deleted_account_cannot_sign_in_and_its_number_is_free(full, django_capture_on_commit_callbacks):
    after(full, 16)
    run(django_capture_on_commit_callbacks)
    assert not signed_in(sign_in(full))
    assert make_user("newcomer", phone="13800001111").pk


def test_the_history_of_who_left_goes_after_six_months(full, django_capture_on_commit_callbacks):
    after(full, 16)
    run(django_capture_on_commit_callbacks)
    tasks.tidy_data()
    assert SignInEvent.objects.filter(user=full).exists()
    before = timezone.now() - dt.timedelta(days=184)
    User.objects.filter(pk=full.pk).update(deleted_at=before)
    with unguarded():
        SignInEvent.objects.filter(user=full).update(at=before)
    tasks.tidy_data()
    assert not SignInEvent.objects.filter(user=full).exists()
