"""登录设备 and 登录记录: what a person sees of his own, and that an ended session is dead."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.history.browsers import in_words
from accounts.history.tasks import forget_sign_ins
from accounts.models import SignInEvent
from accounts.offices.deactivation import set_active
from accounts.own_data.deletion import ask_deletion
from accounts.security.second_factor.services import reset_second_factor
from accounts.security.sessions.services import ENDED, end_sessions
from tests.accounts.guarding import LOGIN, sign_in, signed_in
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user("person")


def listed(client):
    return client.get(reverse("session_list")).context["devices"]


def test_each_place_is_listed_this_one_first(person):
    first, second = sign_in(person), sign_in(person)
    devices = listed(first)
    assert [device.is_here for device in devices] == [True, False]
    assert [device.browser for device in devices] == ["Chrome，Windows 电脑"] * 2
    assert {device.row.session_key for device in devices} == {first.session.session_key, second.session.session_key}


def test_nobody_sees_the_places_of_another(person):
    sign_in(make_user("other"))
    assert len(listed(sign_in(person))) == 1


def test_a_session_of_an_old_password_is_not_listed(person):
    sign_in(person)
    person.set_password("Another-pass-2026")
    person.save()
    client = sign_in(person)
    client.post(reverse("account_login"), {"login": "person", "password": "Another-pass-2026"})
    assert [device.is_here for device in listed(client)] == [True]


def test_the_list_asks_little(person, django_assert_max_num_queries):
    clients = [sign_in(person) for _ in range(6)]
    with django_assert_max_num_queries(10):
        clients[0].get(reverse("session_list"))


def test_a_sign_in_asks_the_same_however_many_devices_there_are(person):
    sign_in(person)
    asked = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            sign_in(person)
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_a_session_that_is_over_leaves_the_list_at_the_next_sign_in_and_the_table_by_night(person):
    old = sign_in(person).session.session_key
    Session.objects.filter(session_key=old).update(expire_date=timezone.now())
    sign_in(person)
    assert not UserSession.objects.filter(session_key=old).exists()
    forget_sign_ins()
    assert Session.objects.count() == 1


def test_a_page_under_way_does_not_bring_an_ended_session_back(person):
    here, there = sign_in(person), sign_in(person)
    under_way = SessionStore(there.session.session_key)
    under_way["page"] = "under way"
    end(here, there)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not signed_in(there)


def end(client, other):
    row = UserSession.objects.get(session_key=other.session.session_key)
    return client.post(reverse("session_end", args=[row.pk]))


def test_an_ended_session_is_dead_and_says_so(person):
    here, there = sign_in(person), sign_in(person)
    key = there.session.session_key
    assert there.get("/center/").status_code == 200
    assert end(here, there).url == reverse("session_list")
    assert SessionStore(key).load() == {}
    assert not SessionStore().exists(key)
    page = there.get("/center/", follow=True)
    assert ENDED["self"] in page.content.decode()
    assert not signed_in(there)
    assert ENDED["self"] not in there.get(reverse("account_login")).content.decode()
    assert here.get("/center/").status_code == 200


def test_the_own_session_is_left_by_signing_out(person):
    here = sign_in(person)
    end(here, here)
    assert here.get("/center/").status_code == 200


def test_nobody_ends_the_session_of_another(person):
    other = sign_in(make_user("other"))
    assert end(sign_in(person), other).status_code == 404
    assert other.get("/center/").status_code == 200


def test_a_session_ended_twice_is_not_found(person):
    here, there = sign_in(person), sign_in(person)
    row = UserSession.objects.get(session_key=there.session.session_key)
    address = reverse("session_end", args=[row.pk])
    assert [here.post(address).status_code, here.post(address).status_code] == [302, 404]


def test_asking_ends_nothing(person):
    here, there = sign_in(person), sign_in(person)
    assert here.get(reverse("session_end_all")).status_code == 200
    assert there.get("/center/").status_code == 200


@pytest.mark.parametrize(("act", "here_stays"), [("others", True), ("all", False)])
def test_everywhere_means_everywhere(person, act, here_stays):
    here, there, third = (sign_in(person) for _ in range(3))
    here.post(reverse("session_end_all"), {"act": act})
    assert [signed_in(there), signed_in(third)] == [False, False]
    assert (here.get("/center/").status_code == 200) is here_stays
    assert SignInEvent.objects.filter(user=person, kind="security", method="结束其他登录").count() == 1


@pytest.mark.parametrize(
    ("role", "single", "stays"),
    [
        ("body", True, False),
        ("administrator", True, False),
        ("body", False, True),
        ("applicant", True, True),
    ],
)
def test_a_new_sign_in_of_staff_ends_the_others_by_setting(settings, role, single, stays):
    settings.STAFF_SINGLE_SESSION = single
    user = World().people[role]
    old = sign_in(user)
    new = sign_in(user)
    page = old.get("/center/", follow=True)
    assert (signed_in(old), signed_in(new)) == (stays, True)
    assert (ENDED["elsewhere"] in page.content.decode()) is not stays


@pytest.mark.parametrize(
    "act",
    [
        lambda person, _keeper: ask_deletion(person),
        lambda person, keeper: set_active(person, active=False, by=keeper),
        lambda person, keeper: reset_second_factor(person, by=keeper),
    ],
)
def test_sessions_end_with_the_act_itself_and_not_after_its_commit(person, act):
    """A process that dies after the commit would leave them alive; here nothing that waits for the commit runs."""
    client, keeper = sign_in(person), World().administrator
    act(person, keeper)
    assert not signed_in(client)


def test_ending_asks_the_same_however_many_there_are(person, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            sign_in(person)
        with django_assert_num_queries(4):
            assert end_sessions(person, "self") == count


def test_ending_none_is_no_accident(person):
    assert end_sessions(person, "self") == 0


@pytest.mark.bare
@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130.0 Safari/537.36", "Chrome，Windows 电脑"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge，Windows 电脑"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0", "微信，苹果手机"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox，Linux 电脑"),
        ("curl/8", "其他浏览器"),
        ("", "其他浏览器"),
    ],
)
def test_browsers_are_named_as_people_call_them(agent, words):
    assert in_words(agent) == words


def events(person, kind, count):
    SignInEvent.objects.bulk_create(
        SignInEvent(key="x", user=person, kind=kind, address="10.0.0.1") for _ in range(count)
    )


def test_the_history_is_the_own_one_in_pages(person):
    events(person, "failed", 25)
    events(make_user("other"), "failed", 3)
    client = sign_in(person)
    page = client.get(reverse("sign_in_list")).context["page"]
    assert (len(page), page.paginator.count) == (20, 26)
    assert {event.user_id for event in page} == {person.pk}


def test_the_history_is_narrowed_by_kind(person):
    events(person, "failed", 2)
    client = sign_in(person)
    found = client.get(reverse("sign_in_list"), {"kind": "failed"}).context["page"]
    assert [event.kind for event in found] == ["failed"] * 2
    assert "没有符合条件的记录" in client.get(reverse("sign_in_list"), {"kind": "locked"}).content.decode()


@pytest.mark.parametrize("nonsense", [{"kind": "x"}, {"page": "-1"}, {"page": "zzz"}])
def test_nonsense_in_the_address_is_no_accident(person, nonsense):
    assert sign_in(person).get(reverse("sign_in_list"), nonsense).status_code == 200


def test_the_history_asks_little(person, django_assert_max_num_queries):
    events(person, "in", 40)
    client = sign_in(person)
    with django_assert_max_num_queries(10):
        client.get(reverse("sign_in_list"))
    assert LOGIN
