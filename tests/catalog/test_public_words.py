"""What everybody will read holds no contact: each form says so, and keeps what was typed."""

import pytest
from django.urls import reverse

from catalog.asking.services import ask_about
from catalog.models import Inquiry, Product
from orders.models import Wanted
from tests.factories import World
from tests.helpers import afresh
from tests.orders.wanting import typed

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
SAID = f"“{PHONE}”像是电话"


@pytest.fixture
def world():
    return World()


def test_a_question_and_a_need_are_asked_without_one(client, world):
    client.force_login(world.applicant)
    page = client.post(reverse("product_ask", args=[world.product.number]), {"text": f"请回电话 {PHONE}，谢谢。"})
    assert SAID in page.content.decode()
    need = typed(world, title=f"疲劳试验 {PHONE}", requirement=f"需要检测一批材料，电话{PHONE}，请联系。")
    errors = client.post(reverse("wanted_new"), need).context["form"].errors
    assert set(errors) == {"title", "requirement"}
    assert (Inquiry.objects.count(), Wanted.objects.count()) == (0, 0)


def test_an_answer_holds_one_only_where_the_asker_alone_reads_it(client, world):
    asked = ask_about(world.product, "样品最小要多大？", by=world.applicant)
    client.force_login(world.provider_member)
    address, words = asked.get_absolute_url(), f"请打 {PHONE} 商量。"
    assert SAID in client.post(address, {"answer": words, "public": "yes"}).content.decode()
    assert afresh(asked).answer == ""
    client.post(address, {"answer": words, "public": "no"})
    assert afresh(asked).answer == words


def test_a_product_is_written_without_one(client, world):
    client.force_login(world.provider_member)
    address = reverse("provider_product_edit", args=[world.product.number])
    page = client.post(address, {"description": f"按国家标准做拉伸试验，请先打电话{PHONE}预约。", "samples": PHONE})
    assert {"description", "samples"} <= set(page.context["form"].errors)
    assert PHONE not in Product.objects.get().description
