import pytest
from django.urls import reverse

from notifications.models import Notice
from orders.models import Order
from tests.factories import drive_application, drive_order, make_product

pytestmark = pytest.mark.django_db
BOUGHT, RECEIVED = "/orders/", "/provider/orders/"


def move(client, order, step, **data):
    return client.post(reverse("order_move", args=[order.number, step]), data)


def state_of(order):
    return Order.objects.get(pk=order.pk).state


def kinds(person):
    return list(Notice.objects.filter(recipient=person, kind__startswith="order_").values_list("kind", flat=True))


def test_bought_shows_the_unit_s_orders_to_its_members_alone(client, world):
    order = world.make_order()
    client.force_login(world.applicant)
    page = client.get(BOUGHT).content.decode()
    assert order.number in page
    assert reverse("application_start", args=[order.number]) in page
    client.force_login(world.stranger)
    assert "还没有订单" in client.get(BOUGHT).content.decode()


def test_only_a_living_marked_order_offers_the_voucher(client, world):
    plain = world.make_order(product=make_product(world.provider, is_marked=False))
    dead = drive_order(world.make_order(), "cancelled", world)
    client.force_login(world.applicant)
    page = client.get(BOUGHT).content.decode()
    for order in (plain, dead):
        assert reverse("application_start", args=[order.number]) not in page


def test_filters_of_bought(client, world):
    plain = world.make_order(product=make_product(world.provider, is_marked=False, name="专利导航"))
    served = drive_order(world.make_order(), "serving", world)
    client.force_login(world.applicant)

    def shown(**query):
        return {order.pk for order in client.get(BOUGHT, query).context["page"]}

    assert shown(marked="0") == {plain.pk}
    assert shown(marked="1", state="serving") == {served.pk}
    assert shown(q="专利") == {plain.pk}
    assert shown(q=served.number) == {served.pk}
    assert shown(state="x", page="99") == {plain.pk, served.pk}
    assert "没有符合条件的订单" in client.get(BOUGHT, {"q": "没有"}).content.decode()


@pytest.mark.parametrize(("url", "role"), [(BOUGHT, "applicant"), (RECEIVED, "provider_member")])
def test_lists_cost_the_same_with_5_and_50_rows(client, world, django_assert_max_num_queries, url, role):
    client.force_login(getattr(world, role))
    for rows in (5, 45):
        for _ in range(rows):
            world.make_order()
        with django_assert_max_num_queries(10):
            page = client.get(url).content
    assert len(page) < 100_000


def test_the_page_of_an_order_is_for_both_sides_alone(client, world, django_assert_max_num_queries):
    order = world.make_order()
    for role, status in (
        ("applicant", 200),
        ("provider_member", 200),
        ("municipal", 200),
        ("stranger", 404),
        ("district", 404),
    ):
        client.force_login(getattr(world, role))
        with django_assert_max_num_queries(20):
            assert client.get(order.get_absolute_url()).status_code == status


def labels(client, order):
    return [act["label"] for act in client.get(order.get_absolute_url()).context["actions"]]


def test_each_side_is_offered_its_own_steps(client, world):
    order = world.make_order()
    client.force_login(world.applicant)
    assert labels(client, order) == ["申请创新券", "取消订单"]
    client.force_login(world.provider_member)
    assert labels(client, order) == ["确认接单", "不接单"]
    drive_order(order, "serving", world)
    assert labels(client, order) == ["登记完成"]
    client.force_login(world.municipal)
    assert labels(client, order) == []


def test_each_side_reads_what_comes_next(client, world):
    order = world.make_order()
    client.force_login(world.applicant)
    assert "等待服务机构确认；需要创新券的，现在就可以申请。" in client.get(order.get_absolute_url()).content.decode()
    client.force_login(world.provider_member)
    assert "请确认接单，或说明不接单的原因。" in client.get(order.get_absolute_url()).content.decode()


def test_the_provider_confirms_and_completes(client, world):
    order = world.make_order()
    client.force_login(world.provider_member)
    assert move(client, order, "confirm", seen=0)["Location"] == order.get_absolute_url()
    assert state_of(order) == "serving"
    move(client, order, "complete", seen=1, words="检测报告 3 份，已寄出。")
    assert state_of(order) == "completed"
    page = client.get(order.get_absolute_url()).content.decode()
    assert page.count("检测报告 3 份，已寄出。") == 2  # in the order and in its progress
    assert kinds(world.applicant) == ["order_completed", "order_confirmed"]


@pytest.mark.parametrize(
    "end",
    [
        ("provider_member", "decline", "declined", "applicant", "order_declined"),
        ("applicant", "cancel", "cancelled", "provider_member", "order_cancelled"),
    ],
)
def test_an_end_needs_words_and_tells_the_other_side(client, world, end):
    role, step, state, told, kind = end
    order = world.make_order()
    client.force_login(getattr(world, role))
    response = move(client, order, step, words=" ")
    assert "的原因，对方会在消息里看到。" in response.context["form"].errors["words"][0]
    assert state_of(order) == "placed"
    move(client, order, step, words="设备检修 <b>三个月</b>", seen=0)
    assert state_of(order) == state
    notice = Notice.objects.get(recipient=getattr(world, told), kind=kind)
    assert "设备检修 <b>三个月</b>" in notice.body
    assert "设备检修 &lt;b&gt;三个月&lt;/b&gt;" in client.get(order.get_absolute_url()).content.decode()


def test_a_stale_page_keeps_the_words_and_does_nothing(client, world):
    order = drive_order(world.make_order(), "serving", world)
    client.force_login(world.applicant)
    response = move(client, order, "cancel", seen=0, words="不需要了，改期再做。")
    assert response.status_code == 409
    page = response.content.decode()
    assert "这个事项已经有了新的进展" in page
    assert "不需要了，改期再做。" in page
    assert state_of(order) == "serving"


@pytest.mark.parametrize(("role", "status"), [("applicant", 409), ("municipal", 409), ("stranger", 404)])
def test_nobody_takes_the_other_side_s_step(client, world, role, status):
    order = world.make_order()
    client.force_login(getattr(world, role))
    assert move(client, order, "confirm").status_code == status
    assert state_of(order) == "placed"


def test_the_same_question_stands_as_a_page(client, world):
    order = world.make_order()
    client.force_login(world.applicant)
    page = client.get(reverse("order_move", args=[order.number, "cancel"]))
    assert "取消的原因" in page.content.decode()
    assert client.get(reverse("order_move", args=[order.number, "decline"]))["Location"] == order.get_absolute_url()
    assert client.get(reverse("order_move", args=[order.number, "place"])).status_code == 404
    assert state_of(order) == "placed"


def test_the_provider_sees_the_state_of_the_voucher_and_no_draft(client, world):
    application = world.make_application()
    client.force_login(world.provider_member)
    assert "买方未申请" in client.get(RECEIVED).content.decode()
    drive_application(application, "district", world)
    assert "待初审" in client.get(RECEIVED).content.decode()
    assert "待初审" in client.get(application.order.get_absolute_url()).content.decode()
    assert client.get(application.get_absolute_url()).status_code == 404


def test_received_offers_the_next_step_of_each_row(client, world):
    placed, serving = world.make_order(), drive_order(world.make_order(), "serving", world)
    client.force_login(world.provider_member)
    rows = {order.pk: [act["label"] for act in order.acts] for order in client.get(RECEIVED).context["page"]}
    assert rows == {placed.pk: ["确认接单", "不接单"], serving.pk: ["登记完成"]}
    client.force_login(world.stranger)
    assert "还没有收到订单" in client.get(RECEIVED).content.decode()
