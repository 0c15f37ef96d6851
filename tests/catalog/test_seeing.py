import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from redis.exceptions import ConnectionError as Away

from accounts.own_data.deletion import forget_traces
from catalog.mall import seeing
from catalog.models import Product, SeenCount, SeenProduct
from catalog.tasks import write_seen_counts
from orders.kind import OrderKind
from tests.factories import make_product, make_provider, make_user

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture(autouse=True)
def store():
    """The store, with nothing counted before and nothing left behind."""

    def empty():
        for key in seeing.counter().scan_iter(f"{seeing.WAITING}*"):
            seeing.counter().delete(key)

    empty()
    yield seeing.counter()
    empty()


def look(client, product, browser=BROWSER, **more):
    return client.post(reverse("product_seen", args=[product.number]), headers={"user-agent": browser}, **more)


def counts():
    write_seen_counts()
    return dict(SeenCount.objects.values_list("product__name", "times"))


def titles(client):
    return [card.title for card in client.get("/mall/recent/").context["seen"]]


def test_readers_are_counted_once_in_half_an_hour_and_written_in_batches(client, shelf):
    for _ in range(2):
        look(client, shelf["metal"])
    look(client, shelf["metal"], "Mozilla/5.0 Safari")
    look(client, shelf["lab"])
    assert SeenCount.objects.count() == 0
    assert counts() == {"金属拉伸试验": 2, "复合材料检测": 1}
    assert counts() == {"金属拉伸试验": 2, "复合材料检测": 1}  # nothing is written twice
    client.force_login(make_user())
    look(client, shelf["metal"])
    assert counts() == {"金属拉伸试验": 3, "复合材料检测": 1}


def test_the_page_of_the_service_tells_the_count_and_writes_nothing(client, shelf):
    address = shelf["metal"].get_absolute_url()
    assert "浏览" not in client.get(address, headers={"user-agent": BROWSER}).content.decode()
    assert counts() == {}
    SeenCount.objects.create(product=shelf["metal"], times=7)
    assert "浏览 7 次" in client.get(address).content.decode()


@pytest.mark.parametrize(
    "browser", ["", "Baiduspider/2.0", "python-requests/2", "Mozilla/5.0 (compatible; bingbot/2.0)"]
)
def test_robots_and_who_says_nothing_are_not_counted(client, shelf, browser):
    look(client, shelf["metal"], browser)
    assert (counts(), titles(client)) == ({}, [])


def test_the_provider_s_own_people_are_not_counted(client, testing):
    member = make_user()
    product = make_product(make_provider(member), testing)
    client.force_login(member)
    look(client, product)
    assert (counts(), SeenProduct.objects.count()) == ({}, 0)


def test_a_visitor_s_list_is_his_session_s_and_no_row(client, shelf):
    for name in ("metal", "lab", "metal"):
        look(client, shelf[name])
    assert titles(client) == ["金属拉伸试验", "复合材料检测"]
    assert SeenProduct.objects.count() == 0
    client.cookies.clear()
    assert titles(client) == []


def test_a_person_s_list_is_his_own_with_the_latest_first_and_ends_at_twenty(client, shelf, testing, monkeypatch):
    monkeypatch.setattr(seeing, "KEPT", 2)
    person = make_user()
    client.force_login(person)
    for name in ("metal", "patent", "lab", "patent"):
        look(client, shelf[name])
    assert titles(client) == ["专利导航 100%_A", "复合材料检测"]
    assert SeenProduct.objects.filter(user=person).count() == 2
    client.force_login(make_user())
    assert titles(client) == []


def test_the_answer_is_what_was_seen_before_without_what_is_on_screen_and_what_is_gone(client, shelf):
    assert look(client, shelf["metal"]).content.decode().strip() == ""
    look(client, shelf["patent"])
    Product.objects.filter(pk=shelf["patent"].pk).update(status="withdrawn")
    part = look(client, shelf["lab"]).content.decode()
    assert "金属拉伸试验" in part
    assert "专利导航" not in part
    assert "复合材料检测" not in part


def test_a_draft_is_seen_by_nobody_else(client, shelf):
    assert look(client, shelf["draft"]).status_code == 404


def test_without_the_store_the_page_works_and_the_log_says_so(client, shelf, monkeypatch, caplog):
    def away(*_given, **_named):
        raise Away("gone")

    monkeypatch.setattr(seeing.counter(), "set", away)
    assert look(client, shelf["metal"]).status_code == 200
    assert titles(client) == ["金属拉伸试验"]
    assert "a reader of a service is not counted" in caplog.text


def test_a_batch_that_a_worker_left_is_written_before_the_next(shelf, store):
    store.hset(seeing.TAKEN, str(shelf["metal"].pk), 4)
    store.hset(seeing.WAITING, str(shelf["metal"].pk), 1)
    store.hset(seeing.TAKEN, "999999999", 4)  # a service that is there no more
    assert counts() == {"金属拉伸试验": 4}
    assert counts() == {"金属拉伸试验": 5}


def test_the_copy_of_one_s_data_tells_them_and_a_closed_account_has_none(client, shelf):
    person = make_user()
    seeing.remember(shelf["metal"], by=person)
    row = SeenProduct.objects.get()
    assert OrderKind().export(person)["最近看过的服务"] == [{"产品": "金属拉伸试验", "时间": row.seen_at}]
    forget_traces(person)
    assert SeenProduct.objects.count() == 0


def test_a_page_asks_once_and_without_script_nothing_is_missing(client, shelf):
    page = client.get(shelf["metal"].get_absolute_url()).content.decode()
    assert page.count(f'hx-post="{reverse("product_seen", args=[shelf["metal"].number])}" hx-trigger="load"') == 1


def test_a_reader_is_told_apart_by_address_and_browser(rf):
    def reader(address, browser):
        request = rf.get("/", headers={"user-agent": browser}, REMOTE_ADDR=address)
        request.user = AnonymousUser()
        return seeing.reader_of(request)

    first = reader("10.0.0.1", BROWSER)
    assert first == reader("10.0.0.1", BROWSER)
    assert len({first, reader("10.0.0.2", BROWSER), reader("10.0.0.1", "other")}) == 3
