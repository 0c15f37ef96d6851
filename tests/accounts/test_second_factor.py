"""The second factor: whom it binds, that nothing goes around it, that nobody loses or takes off his last one."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import SignInEvent
from accounts.security.second_factor.services import MFAAdapter, reset_second_factor
from accounts.security.sessions.services import ENDED
from records.rules import RuleBroken
from reviews.models import OfficeMember
from tests.accounts.guarding import code_of, give_totp, has_factor, set_up, sign_in, signed_in
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db
STAFF = ("platform", "district", "body", "municipal", "administrator", "expert_1")
OTHERS = ("applicant", "provider_member", "stranger")


@pytest.fixture
def world():
    return World()


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("address", ["/center/", "/desk/", "/admin/", "/", "/center/account/", "/center/account/data/"])
def test_staff_without_one_reach_nothing_but_its_setting_up(world, required, role, address):
    assert sign_in(world.people[role]).get(address).url == reverse("mfa_index")


@pytest.mark.parametrize("role", STAFF)
def test_staff_without_one_reach_its_setting_up(world, required, role):
    client = sign_in(world.people[role])
    assert [client.get(reverse(name)).status_code for name in ("mfa_index", "mfa_activate_totp")] == [200, 200]


@pytest.mark.parametrize("role", OTHERS)
def test_others_are_not_asked(world, required, role):
    assert sign_in(world.people[role]).get("/center/").status_code == 200


def test_nobody_is_asked_where_the_setting_is_off(world):
    assert sign_in(world.body).get("/desk/").status_code == 200


def test_an_htmx_part_is_led_as_a_whole_page(world, required):
    answer = sign_in(world.body).get("/desk/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, reverse("mfa_index"))


def test_setting_up_an_app_opens_the_portal_and_shows_the_recovery_codes_once(world, required):
    client = sign_in(world.body)
    secret, answer = set_up(client)
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).context["unused_codes"]
    assert len(set(codes)) == 10
    assert client.get(answer.url).context["unused_codes"] == ["****"] * 10
    assert client.get("/desk/").status_code == 200
    assert secret not in str(Authenticator.objects.get(user=world.body, type="totp").data)
    kinds = SignInEvent.objects.filter(user=world.body, kind="security").values_list("method", flat=True)
    assert list(kinds) == ["绑定动态口令"]


def test_a_second_click_finds_it_done(world, required):
    client = sign_in(world.body)
    secret, _ = set_up(client)
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).url == reverse("mfa_index")
    assert Authenticator.objects.filter(user=world.body, type="totp").count() == 1


def test_the_qr_code_and_the_secret_stand_on_the_page(world):
    page = sign_in(world.applicant).get(reverse("mfa_activate_totp"))
    assert page.context["form"].secret in page.content.decode()
    assert page.context["totp_svg"].startswith("<?xml") or page.context["totp_svg"].startswith("<svg")
    assert "data:image/svg+xml;base64," in page.content.decode()


def test_the_password_alone_signs_nobody_in_who_has_one(world, required):
    secret = give_totp(world.body)
    client = sign_in(world.body)
    assert not signed_in(client)
    assert client.get("/desk/").url.startswith(reverse("account_login"))
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert signed_in(client)
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "１２３", "0" * 40])
def test_a_wrong_code_is_refused_in_words(world, code):
    give_totp(world.body)
    client = sign_in(world.body)
    page = client.post(reverse("mfa_authenticate"), {"code": code})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not signed_in(client)


def test_a_code_is_good_once(world):
    secret = give_totp(world.body)
    code = code_of(secret)
    sign_in(world.body, secret=secret)
    second = sign_in(world.body)
    page = second.post(reverse("mfa_authenticate"), {"code": code})
    assert page.context["form"].errors["code"] == [MFAAdapter.error_messages["incorrect_code"]]
    assert not signed_in(second)


def test_a_recovery_code_is_good_once(world, required):
    client = sign_in(world.body)
    set_up(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    entered = []
    for _ in range(2):
        browser = sign_in(world.body)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        entered.append(signed_in(browser))
    assert entered == [True, False]


def test_a_session_that_came_in_another_way_is_asked_for_the_factor(client, world, required):
    secret = give_totp(world.body)
    client.force_login(world.body)  # a way in that knows of no second factor
    answer = client.get("/desk/")
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    client.post(answer.url, {"code": code_of(secret)})
    assert client.get("/desk/").status_code == 200


def test_a_factor_set_up_elsewhere_does_not_open_a_session_that_showed_none(world, required):
    intruder, owner = sign_in(world.body), sign_in(world.body)
    set_up(owner)
    assert intruder.get("/desk/").url.startswith(reverse("mfa_reauthenticate"))


def test_who_becomes_staff_is_led_to_it_within_a_minute(world, required, time_machine):
    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    client = sign_in(world.applicant)
    assert client.get("/center/").status_code == 200
    OfficeMember.objects.create(office=world.body_office, user=world.applicant)
    time_machine.shift(61)
    client.get("/center/")
    assert client.get("/center/").url == reverse("mfa_index")


def test_no_page_asks_the_database_again(world, required, django_assert_num_queries):
    secret = give_totp(world.body)
    client = sign_in(world.body, secret=secret)
    client.get(reverse("session_awake"))
    with django_assert_num_queries(1):  # the person himself
        client.get(reverse("session_awake"))


def test_others_may_switch_it_on_and_off(world, required):
    client = sign_in(world.applicant)
    set_up(client)
    assert has_factor(world.applicant)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=world.applicant).exists()


def test_staff_keep_their_last_one(world, required):
    client = sign_in(world.body)
    set_up(client)
    page = client.get(reverse("mfa_deactivate_totp"))
    assert MFAAdapter.error_messages["cannot_delete_authenticator"] in page.content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert has_factor(world.body)


def test_proving_by_code_before_a_change_counts_sign_in_for_five_minutes(world, time_machine):
    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    client = sign_in(world.applicant)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    time_machine.shift(301)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))


def test_an_account_keeper_resets_a_lost_one(world, required, django_capture_on_commit_callbacks):
    keeper = make_user("keeper", duty="accounts")
    client = sign_in(world.body, secret=give_totp(world.body))
    assert client.get("/desk/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        reset_second_factor(world.body, by=keeper)
    assert ENDED["reset"] in client.get("/desk/", follow=True).content.decode()
    assert not Authenticator.objects.filter(user=world.body).exists()
    assert world.body.events.get().step == "reset_second_factor"
    assert SignInEvent.objects.filter(user=world.body, kind="security", by=keeper).count() == 1
    assert sign_in(world.body).get("/desk/").url == reverse("mfa_index")


@pytest.mark.parametrize(("duty", "code"), [("", "R-PERM"), ("catalog", "R-PERM"), ("audit", "R-PERM")])
def test_nobody_else_resets_it(world, duty, code):
    other = make_user("other", duty=duty)
    give_totp(world.body)
    with pytest.raises(RuleBroken) as broken:
        reset_second_factor(world.body, by=other)
    assert (broken.value.code, has_factor(world.body)) == (code, True)


def test_nobody_resets_his_own():
    keeper = make_user("keeper", duty="accounts")
    give_totp(keeper)
    with pytest.raises(RuleBroken, match="不能重置自己"):
        reset_second_factor(keeper, by=keeper)
    assert has_factor(keeper)


@pytest.mark.bare
def test_a_lost_key_opens_no_secret(settings):
    adapter = MFAAdapter()
    kept = adapter.encrypt("GEZDGNBV")
    assert adapter.decrypt(kept) == "GEZDGNBV"
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 5
    assert "GEZDGNBV" not in {adapter.decrypt(kept), adapter.decrypt(kept)}
    assert adapter.decrypt(kept) != adapter.decrypt(kept)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert adapter.decrypt(kept) == "GEZDGNBV"


def test_guesses_are_counted_by_account_from_whatever_address(world):
    secret = give_totp(world.body)
    client = sign_in(world.body)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=f"10.0.0.{number}")
    page = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, REMOTE_ADDR="10.0.0.9")
    assert "15 分钟后再试" in str(page.context["form"].errors["code"])
    assert not signed_in(client)
    assert SignInEvent.objects.filter(user=world.body, kind="failed", method="第二重验证").count() == 5
