import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = make_user()
    client.force_login(person)
    return person


def tell(person, count=1, **fields):
    fields = {"kind": "sample", "subject": "样例消息 <b>", "body": "第一行\n第二行", "url": "/help/", **fields}
    return Notice.objects.bulk_create(Notice(recipient=person, **fields) for _ in range(count))


def test_the_list_shows_own_messages_alone_and_escapes_them(client, person):
    tell(person)
    tell(make_user(), subject="别人的消息")
    page = client.get(reverse("notice_list")).content.decode()
    assert "样例消息 &lt;b&gt;" in page
    assert "别人的消息" not in page


def test_looking_writes_nothing(client, person):
    tell(person)
    client.get(reverse("notice_list"))
    assert Notice.objects.unread().count() == 1


def test_opening_marks_one_as_read_and_goes_to_its_case(client, person):
    first, second = tell(person, 2)
    response = client.post(reverse("notice_open", args=[first.pk]))
    assert response["Location"] == "/help/"
    assert [notice.pk for notice in Notice.objects.unread()] == [second.pk]


def test_a_message_without_a_case_returns_to_the_list(client, person):
    (notice,) = tell(person, url="")
    assert client.post(reverse("notice_open", args=[notice.pk]))["Location"] == reverse("notice_list")


def test_another_persons_message_is_not_there(client, person):
    (notice,) = tell(make_user())
    assert client.post(reverse("notice_open", args=[notice.pk])).status_code == 404
    assert client.get(reverse("notice_open", args=[notice.pk])).status_code == 405


def test_all_are_marked_at_once_but_only_the_own_ones(client, person):
    tell(person, 3)
    tell(make_user())
    client.post(reverse("notice_read_all"))
    assert Notice.objects.unread().count() == 1


def test_the_filter_leaves_the_unread_ones(client, person):
    tell(person, subject="读过的", read_at=timezone.now())
    tell(person, subject="没读的")
    page = client.get(reverse("notice_list") + "?unread=1").content.decode()
    assert "没读的" in page
    assert "读过的" not in page


@pytest.mark.parametrize("page", ["999", "0", "nonsense"])
def test_a_page_out_of_range_is_the_last_or_first_one(client, person, page):
    tell(person, 25)
    assert client.get(reverse("notice_list"), {"page": page}).status_code == 200


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_asks_at_most_ten_queries(client, person, count, django_assert_max_num_queries):
    tell(person, count)
    with django_assert_max_num_queries(10):
        response = client.get(reverse("notice_list"))
    assert len(response.content) < 100_000


def test_an_empty_list_says_so(client, person):
    assert "还没有消息" in client.get(reverse("notice_list")).content.decode()
    assert "没有未读消息" in client.get(reverse("notice_list") + "?unread=1").content.decode()
