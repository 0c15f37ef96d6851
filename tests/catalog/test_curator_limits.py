"""What the curator's desk refuses or leaves alone: what was never sold, days and codes that cannot be."""

import pytest

from notifications.models import Notice
from tests.catalog.test_curator import carry, curator
from tests.factories import make_laboratory, make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
__all__ = ["curator"]


def test_what_was_never_sold_is_not_taken_off(curator, world):
    draft = make_product(world.provider, status="draft", is_marked=False)
    page = carry(curator, "products", "withdraw", draft)
    assert "还没有上架过，不用下架。" in page.content.decode()
    assert (afresh(draft).status, Notice.objects.filter(kind="products_off").count()) == ("draft", 0)


def test_a_suspended_provider_hears_of_what_was_on_sale_alone(curator, world):
    make_product(world.provider, name="早已下架的服务", status="withdrawn")
    carry(curator, "providers", "suspend", world.provider)
    notice = Notice.objects.get(kind="products_off", recipient=world.provider_member)
    assert world.product.name in notice.body
    assert "早已下架的服务" not in notice.body


@pytest.mark.parametrize(("day", "said"), [("2099-01-01", "不能晚于"), ("1900-01-01", "不能早于"), ("2024-05-06", "")])
def test_a_batch_was_published_in_our_time(curator, day, said):
    batch = make_laboratory().batch
    page = curator.post(f"/curator/batches/{batch.pk}/", {"published_on": day, "note": ""}, follow=True)
    assert (said in page.content.decode(), str(afresh(batch).published_on) == day) == (True, not said)


def test_the_code_of_a_host_is_a_credit_code(curator):
    laboratory = make_laboratory()
    sent = {
        "host_name": laboratory.host_name,
        "host_uscc": "123",
        "kind": laboratory.kind,
        "batch": laboratory.batch_id,
    }
    page = curator.post(f"/curator/laboratories/{laboratory.number}/", sent)
    assert (page.status_code, afresh(laboratory).host_uscc) == (200, laboratory.host_uscc)
    assert page.context["form"].errors["host_uscc"]
