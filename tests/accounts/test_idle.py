"""The idle time-out of staff: the same person goes on, nothing that was typed is lost, nothing is done meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.security.keeping import KEY
from reviews.models import Opinion
from tests.accounts.guarding import LOGIN, code_of, give_totp, sign_in
from tests.factories import World, drive_application
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
WORDS = "请补充检测数据与研发活动的关系，写明用于哪个环节。"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    return time_machine


def kept_at(client):
    """Where what was typed waits."""
    return reverse("kept_form", args=[client.session[KEY]])


def wake(client):
    """The person types his password again."""
    answer = client.get(kept_at(client))
    proof = answer.url if answer.status_code == 302 else answer.headers["Location"]
    return client.post(proof, LOGIN)


@pytest.mark.parametrize("role", ["platform", "district", "body", "expert_1", "municipal", "administrator"])
def test_staff_are_asked_after_half_an_hour(world, clock, role):
    client = sign_in(world.people[role])
    clock.shift(1800)
    assert client.get("/center/").status_code == 200
    clock.shift(1801)
    answer = client.get("/center/?page=2")
    assert answer.url == f"{reverse('account_reauthenticate')}?next=%2Fcenter%2F%3Fpage%3D2"
    assert client.post(answer.url, LOGIN).url == "/center/?page=2"
    assert client.get("/center/?page=2").status_code == 200


def test_others_are_not(world, clock):
    client = sign_in(world.applicant)
    clock.shift(3600)
    assert client.get("/center/").status_code == 200


@pytest.mark.parametrize("address", ["home", "turn_list", "admin:index", "data_home", "product_list"])
def test_no_page_opens_meanwhile(world, clock, address):
    client = sign_in(world.administrator)
    clock.shift(1801)
    for _ in range(2):  # asking does not count as being there
        assert client.get(reverse(address)).url.startswith(reverse("account_reauthenticate"))


def test_a_page_within_the_time_begins_it_anew(world, clock):
    client = sign_in(world.body)
    for _ in range(4):
        clock.shift(1200)
        assert client.get(reverse("session_awake")).status_code == 204


def test_pages_of_one_minute_write_nothing(world, clock, django_assert_num_queries):
    client = sign_in(world.body)
    clock.shift(59)
    with django_assert_num_queries(1):
        client.get(reverse("session_awake"))


def test_a_page_that_asks_by_itself_is_no_sign_of_the_person(world, clock):
    client = sign_in(world.body)
    for _ in range(4):
        clock.shift(500)
        answer = client.get(reverse("data_export_progress"))
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_a_wrong_password_wakes_nobody(world, clock):
    client = sign_in(world.body)
    clock.shift(1801)
    proof = client.get("/desk/").url
    assert client.post(proof, {"password": "Wrong-password-1"}).context["form"].errors
    assert client.get("/desk/").status_code == 302


def test_a_second_factor_wakes_too(world, clock):
    secret = give_totp(world.body)
    client = sign_in(world.body, secret=secret)
    clock.shift(1801)
    assert client.get("/desk/").status_code == 302
    client.post(reverse("mfa_reauthenticate") + "?next=/desk/", {"code": code_of(secret)})
    assert client.get("/desk/").status_code == 200


def typed(world, client):
    """A verdict that is typed before the pause: the address and the fields."""
    application = drive_application(world.make_application(), "district", world)
    turn = open_turn(application)
    said = {
        "verdict": "send_back",
        "text": WORDS,
        "seen": application.version,
        "corrections": ["content", "applied_amount"],
    }
    client.get(reverse("turn_detail", args=[turn.pk]))
    return turn, reverse("turn_opinion", args=[turn.pk]), said


def test_what_was_typed_waits_and_is_sent_again_as_it_was(world, clock):
    client = sign_in(world.district)
    turn, address, said = typed(world, client)
    clock.shift(1801)
    assert client.post(address, said).status_code == 302
    assert not Opinion.objects.filter(turn=turn).exists()
    kept = kept_at(client)
    assert wake(client).url == kept
    page = client.get(kept)
    assert (page.context["kept"].path, page.context["typed"].shown) == (address, ["审核结果：退回修改", WORDS])
    names = [name for name, _ in page.context["kept"].fields]
    assert sorted(names) == ["corrections", "corrections", "seen", "text", "verdict"]
    client.post(address, fields_of(page))
    assert Opinion.objects.get(turn=turn).text == WORDS
    assert KEY not in client.session
    assert client.get(kept).url == reverse("user_center")


def fields_of(page):
    """What the page's form sends."""
    found = {}
    for name, value in page.context["kept"].fields:
        found.setdefault(name, []).append(value)
    return found


def test_a_case_that_moved_on_meanwhile_refuses_it_as_ever(world, clock):
    client = sign_in(world.district)
    turn, address, said = typed(world, client)
    clock.shift(1801)
    client.post(address, said)
    type(turn.case).objects.filter(pk=turn.case_id).update(version=99)
    wake(client)
    assert client.post(address, fields_of(client.get(kept_at(client)))).status_code == 409
    assert not Opinion.objects.filter(turn=turn).exists()


def test_passwords_are_not_kept_and_files_are_named(world, clock):
    client = sign_in(world.body)
    clock.shift(1801)
    file = SimpleUploadedFile("会议纪要.pdf", b"%PDF-1.4")
    client.post("/center/account/edit/", {"name": "甲样例", "password1": "Secret-2026", "oldpassword": "x", "f": file})
    assert "Secret-2026" not in str(dict(client.session))
    wake(client)
    page = client.get(kept_at(client))
    assert page.context["kept"].fields == [["name", "甲样例"]]
    assert "附件没有保留，请重新选择：会议纪要.pdf" in page.content.decode()


def test_what_was_typed_is_another_person_s_never(world, clock):
    client = sign_in(world.district)
    _, address, said = typed(world, client)
    clock.shift(1801)
    client.post(address, said)
    kept = kept_at(client)
    client.post(reverse("account_logout"))
    sign_in(world.other_district, client)
    assert client.get(kept).url == reverse("user_center")


def test_htmx_is_led_to_the_proof_and_back_to_the_page_it_stands_in(world, clock):
    client = sign_in(world.body)
    clock.shift(1801)
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/desk/?page=3"}
    answer = client.get("/desk/done/", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        200,
        f"{reverse('account_reauthenticate')}?next=%2Fdesk%2F%3Fpage%3D3",
    )


@pytest.mark.parametrize("current", ["http://evil.example/desk/", "javascript:alert(1)", "//evil.example", ""])
def test_htmx_leads_to_no_other_site(world, clock, current):
    client = sign_in(world.body)
    clock.shift(1801)
    answer = client.get("/desk/", headers={"hx-request": "true", "hx-current-url": current})
    assert answer.headers["HX-Redirect"] == f"{reverse('account_reauthenticate')}?next=%2Fdesk%2F"


def test_the_page_knows_when_it_goes_to_sleep(world, clock):
    assert 'data-idle="1800"' in sign_in(world.body).get("/desk/").content.decode()
    assert "data-idle" not in sign_in(world.applicant).get("/center/").content.decode()


def test_zero_switches_it_off(world, clock, settings):
    settings.STAFF_IDLE_SECONDS = 0
    client = sign_in(world.body)
    clock.shift(7000)
    assert client.get("/desk/").status_code == 200
