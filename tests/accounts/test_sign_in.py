import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.login.adapter import WRONG, as_phone
from accounts.login.consent import consent
from accounts.models import User
from tests.accounts.login import register
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "tten-test-2026"


@pytest.fixture
def person():
    return make_user("yue", phone="13800000001")


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


@pytest.mark.parametrize("login", ["yue", "YUE", "13800000001", "+86 138-0000-0001", "１３８ ００００ ０００１"])
def test_user_name_and_phone_number_open_the_same_account(client, person, login):
    response = sign_in(client, login)
    assert response["Location"] == reverse("user_center")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_page_asked_for_opens_after_signing_in(client, person):
    response = client.post(reverse("account_login") + "?next=/center/notices/", {"login": "yue", "password": PASSWORD})
    assert response["Location"] == "/center/notices/"


@pytest.mark.parametrize("login", ["yue", "13800000001", "nobody", "13900000001"])
def test_every_failure_has_the_same_sentence_and_keeps_the_name(client, person, login):
    response = sign_in(client, login, "wrong")
    assert response.context["form"].non_field_errors() == [WRONG]
    assert f'value="{login}"' in response.content.decode()


def test_five_failures_lock_the_account_for_this_address_alone(client, person):
    for _ in range(5):
        sign_in(client, "yue", "wrong")
    assert "已暂停登录" in sign_in(client, "yue").context["form"].non_field_errors()[0]
    assert sign_in(client, "yue", REMOTE_ADDR="192.0.2.9").status_code == 302


def test_the_lock_lasts_a_quarter_of_an_hour(client, person, time_machine):
    time_machine.move_to("2026-11-24 10:00:00 +0800")
    for _ in range(5):
        sign_in(client, "yue", "wrong")
    time_machine.move_to("2026-11-24 10:14:50 +0800")
    assert sign_in(client, "yue").status_code == 200
    time_machine.move_to("2026-11-24 10:15:10 +0800")
    assert sign_in(client, "yue").status_code == 302


def test_a_good_password_does_not_count_as_a_failure(client, person):
    for _ in range(8):
        assert sign_in(client, "yue").status_code == 302
        client.logout()


def test_a_person_out_of_use_does_not_get_in(client, person):
    person.is_active = False
    person.save()
    assert sign_in(client, "yue")["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "yue", "这个用户名已经有人使用，请换一个。"),
        ("username", "13800000002", "用户名不能全是数字，请加上字母或汉字。"),
        ("phone", "12345", "手机号应为 11 位数字，以 13 至 19 开头，请核对后重填。"),
        ("password1", "alllowercase", "密码应包含大写字母、小写字母、数字、符号中的至少三种。"),
        ("password2", "tten-Reg-2027", "两次输入的密码不一致，请重新输入。"),
        ("agrees", "", "请阅读并勾选。"),
    ],
)
def test_registering_says_what_is_wrong_and_keeps_the_rest(client, person, field, value, sentence):
    response = register(client, **{field: value})
    assert sentence in response.context["form"].errors[field]
    assert 'value="岳·样例"' in response.content.decode()
    assert User.objects.filter(name="岳·样例").count() == 0


def test_signing_out_is_a_post(client, person):
    client.force_login(person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout"))["Location"] == reverse("home")
    assert "_auth_user_id" not in client.session


def test_the_password_is_changed_after_the_present_one(client, person):
    client.force_login(person)
    url, new = reverse("account_change_password"), {"password1": "tten-New-2027", "password2": "tten-New-2027"}
    assert "oldpassword" in client.post(url, new | {"oldpassword": "wrong"}).context["form"].errors
    client.post(url, new | {"oldpassword": PASSWORD})
    person.refresh_from_db()
    assert person.check_password("tten-New-2027")


def test_the_demo_shows_its_accounts_and_nothing_else_does(client, settings):
    url = reverse("account_login")
    assert "district_nankai" not in client.get(url).content.decode()
    settings.DEMO = True
    assert "district_nankai" in client.get(url).content.decode()


@pytest.mark.bare
@pytest.mark.parametrize(
    ("text", "phone"),
    [("+8613800000001", "13800000001"), ("138-0000-0001", "13800000001"), ("12800000001", ""), ("yue", "")],
)
def test_as_phone(text, phone):
    assert as_phone(text) == phone


def test_the_address_of_a_visitor_is_not_read_from_a_forged_header(client, person):
    for number in range(5):
        sign_in(client, "yue", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    assert sign_in(client, "yue", HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 200


def test_the_password_of_staff_is_longer():
    staff = make_user("staff", is_staff=True)
    with pytest.raises(ValidationError, match="至少 12 个字符"):
        validate_password("Ab-456789", staff)
    validate_password("Ab-456789012", staff)


@pytest.mark.django_db
def test_an_account_without_a_phone_number_signs_in_by_user_name(client):
    person = User.objects.create_user("district_hexi", password="Tten-test-2026")
    consent(person)
    response = client.post(reverse("account_login"), {"login": person.username, "password": "Tten-test-2026"})
    assert (response.status_code, client.session["_auth_user_id"]) == (302, str(person.pk))
