"""Ways by which an account or a place could be taken from its person, and what stands in each."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.members.invitations.services import accept, invite
from accounts.models import Duty
from accounts.offices.duties.services import set_duty
from reviews.kinds import kind_of_review
from tests.accounts.guarding import sign_in
from tests.factories import World, make_office, make_user
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
FAR = dt.timedelta(hours=1)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def keeper(client, world):
    client.force_login(world.administrator)
    return client


@pytest.mark.parametrize("state", ["used", "invited", "staff"])
def test_what_lets_somebody_in_is_not_the_administrator_s_to_change(keeper, world, state):
    person = make_user("owner", phone="13800000051", phone_verified_at=timezone.now())
    if state == "used":
        person.last_login = timezone.now()
        person.save()
    elif state == "invited":
        invite(world.district_office, person.phone, "reviewer", by=world.municipal)
    else:
        make_office("body", "第三专业机构", person)
    page = keeper.get(reverse("admin:accounts_user_change", args=[person.pk]))
    assert {"username", "phone", "email"}.isdisjoint(page.context["adminform"].form.fields)
    assert keeper.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code == 403


def test_an_account_that_nobody_has_used_is_made_ready_by_the_administrator(keeper):
    person = make_user("fresh", phone="13800000052")
    page = keeper.get(reverse("admin:accounts_user_change", args=[person.pk]))
    assert {"username", "phone", "email"} <= set(page.context["adminform"].form.fields)


@pytest.mark.parametrize("name", ["phone_change", "wechat_unbind", "account_set_password"])
def test_a_new_way_in_wants_a_fresh_proof_of_the_person(world, time_machine, name):
    client = sign_in(world.applicant)
    time_machine.move_to(timezone.now() + FAR)
    answer = client.post(reverse(name), {"phone": "13800000053"})
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_staff_with_a_short_password_change_it_first(world):
    person = make_user("brief")
    person.set_password("Abc-12xy")
    person.save()
    make_office("body", "第四专业机构", person)
    client = sign_in(person)  # with another password: nobody
    client.post(reverse("account_login"), {"login": person.username, "password": "Abc-12xy"})
    assert client.get(reverse("turn_list")).url == reverse("account_change_password")
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "Abc-12xy", "password1": "Abc-12xy-longer", "password2": "Abc-12xy-longer"},
    )
    assert client.get(reverse("turn_list")).status_code == 200


def test_the_trail_of_an_office_names_who_accepted(world):
    guest = make_user("guest", phone="13800000054", phone_verified_at=timezone.now())
    invitation = invite(world.district_office, guest.phone, "reviewer", by=world.municipal)
    accept(invitation, by=guest)
    event = world.district_office.events.get(step="invitation_accepted")
    assert event.actor == guest
    assert guest.office_memberships.get().added_by == world.municipal


def test_who_accepts_a_place_is_staff_at_once(world, settings):
    settings.STAFF_SECOND_FACTOR = True
    guest = make_user("guest", phone="13800000055", phone_verified_at=timezone.now())
    client = sign_in(guest)
    client.get(reverse("user_center"))
    invitation = invite(world.district_office, guest.phone, "reviewer", by=world.municipal)
    client.post(reverse("invitation_answer", args=[invitation.pk, "accept"]))
    assert client.get(reverse("turn_list")).url == reverse("mfa_index")


def test_an_account_keeper_gives_people_of_the_city_no_duty(world):
    keeper = make_user("keeper", duty=Duty.ACCOUNTS, is_staff=True)
    with refused("R-PERM", match="市科技局"):
        set_duty(world.municipal, Duty.CATALOG, by=keeper)
    assert afresh(world.municipal).duty == ""


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("unit_switch", "unit"),
        ("certification_new", "uscc"),
        ("certification_edit", "acting"),
        ("certification_edit", "uscc"),
    ],
)
def test_a_nul_in_a_hidden_field_names_nothing(client, world, name, field):
    client.force_login(world.applicant)
    assert client.post(reverse(name), {field: "A\0B"}).status_code in {200, 302, 404, 409}  # left out
    assert client.get(reverse(name), {"unit": "\0"}).status_code in {200, 302, 404, 405}


def test_a_form_that_comes_back_keeps_the_unit_for_which_it_was_filled_in(client, world):
    client.force_login(world.applicant)
    address = reverse("order_place", args=[world.product.number])
    page = client.post(address, {"acting": "RZ20260009999", "requirement": "短"})
    assert '<input type="hidden" name="acting" value="RZ20260009999">' in page.content.decode()


def test_a_certification_is_refused_for_reasons_of_its_own(world):
    assert {reason.label for reason in kind_of_review(world.unit).reasons} == {
        "单位不符合申请条件",
        "单位名称不一致",
        "超过规定时限",
    }


@pytest.mark.parametrize(("role", "least"), [("body", 12), ("applicant", 8)])
def test_the_page_says_how_long_a_password_of_this_person_must_be(client, world, role, least):
    client.force_login(world.people[role])
    page = client.get(reverse("account_change_password")).content.decode()
    assert f"至少 {least} 个字符" in page
