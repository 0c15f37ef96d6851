"""Passkeys of the second factor, and the passwords of staff."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.staff import is_staff
from tests.accounts.guarding import has_factor, set_up, sign_in, signed_in
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = True


def passkey(user, name="钥匙"):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_staff_keep_their_last_passkey(world, required):
    client = sign_in(world.body)
    set_up(client)
    key = passkey(world.body)
    Authenticator.objects.filter(user=world.body, type="totp").delete()
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).url == reverse("mfa_index")
    assert has_factor(world.body, "webauthn")


def test_one_of_two_may_go(world, required):
    client = sign_in(world.body)
    set_up(client)
    key = passkey(world.body)
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).url == reverse("mfa_list_webauthn")
    assert not has_factor(world.body, "webauthn")


def test_nobody_finds_the_passkey_of_another(world):
    client = sign_in(world.applicant)
    key = passkey(world.body)
    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert has_factor(world.body, "webauthn")


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "{}",
        "[]",
        "null",
        '"x"',
        "1",
        '{"id": 1}',
        "{",
        '{"id": "a", "response": {}}',
        pytest.param("9" * 5000, id="long"),
    ],
)
def test_a_passkey_s_nonsense_is_a_refusal(world, nonsense):
    client = sign_in(world.applicant)
    client.get(reverse("mfa_add_webauthn"))
    page = client.post(reverse("mfa_add_webauthn"), {"credential": nonsense, "name": "x"})
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert not has_factor(world.applicant, "webauthn")
    set_up(client)
    browser = sign_in(world.applicant)
    assert browser.post(reverse("mfa_authenticate"), {"credential": nonsense}).status_code == 200
    assert not signed_in(browser)


@pytest.mark.parametrize(
    ("role", "accepted"),
    [
        ("platform", False),
        ("district", False),
        ("body", False),
        ("expert_1", False),
        ("municipal", False),
        ("administrator", False),
        ("applicant", True),
        ("provider_member", True),
    ],
)
@pytest.mark.parametrize(("password", "long"), [("Ab-20261124", False), ("Ab-202611241", True)])
def test_staff_need_twelve_characters(world, role, accepted, password, long):
    assert is_taken(password, world.people[role]) is (accepted or long)


def is_taken(password, person):
    try:
        validate_password(password, person)
    except ValidationError:
        return False
    return True


@pytest.mark.bare
@pytest.mark.parametrize("facts", [{"duty": "accounts"}, {"is_staff": True}, {"is_superuser": True}])
@pytest.mark.parametrize(("password", "long"), [("Ab-20261124", False), ("Ab-202611241", True)])
def test_administrators_need_twelve_characters(facts, password, long):
    assert is_taken(password, User(pk=1, username="甲", **facts)) is long


@pytest.mark.parametrize(("role", "accepted"), [("body", False), ("applicant", True)])
def test_the_page_asks_staff_for_twelve_characters(world, role, accepted):
    client, password = sign_in(world.people[role]), "Ab-20261124"
    fields = {"oldpassword": "tten-test-2026", "password1": password, "password2": password}
    client.post(reverse("account_change_password"), fields)
    world.people[role].refresh_from_db()
    assert world.people[role].check_password(password) is accepted


def test_staff_are_those_at_work_and_administrators(world):
    staff = {name for name, person in world.people.items() if is_staff(person)}
    assert staff == set(world.people) - {"applicant", "reader", "provider_member", "stranger", "clock"}
