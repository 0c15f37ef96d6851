import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_order_is_read_and_nothing_else(client, world):
    order = world.make_order()
    client.force_login(world.auditor)
    assert order.number in client.get(reverse("admin:orders_order_changelist"), {"q": order.number}).content.decode()
    change = reverse("admin:orders_order_change", args=[order.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"state": "completed"}).status_code == 403
    assert client.get(reverse("admin:orders_order_add")).status_code == 403
    assert client.get(reverse("admin:orders_order_delete", args=[order.pk])).status_code == 403
