"""What the curator's forms ask: of a product the same as its provider's, of a provider a name and a number that are its own."""

import pytest
from django.urls import reverse

from catalog.models import Laboratory, Product, Provider
from tests.catalog.test_curator import curator
from tests.catalog.typed import words_of_product
from tests.factories import make_laboratory, make_provider
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
__all__ = ["curator"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("description", "太短", "至少写 20 个字"),
        ("deliverable", "", "请填写交付成果"),
        ("duration", "", "请填写服务周期"),
        ("price", "0", "金额应大于 0"),
        ("name", "疲劳\ue000试验", "自造字（U+E000）"),
        ("name", "炉", "至少两个字，请写完整"),
    ],
)
def test_a_product_is_judged_alike_by_curator_and_provider(client, curator, world, field, typed, said):
    sent = words_of_product(world.product, **{"provider": world.provider.pk, field: typed})
    ways = (
        (world.curator, reverse("curator_products_row", args=[world.product.number])),
        (world.provider_member, reverse("provider_product_edit", args=[world.product.number])),
        (world.provider_member, reverse("provider_product_new")),
    )
    for person, url in ways:
        client.force_login(person)
        page = client.post(url, sent)
        assert said in "".join(page.context["form"].errors[field])
    assert Product.objects.get().name == world.product.name


def provider_words(provider, **more):
    return {"name": provider.name, "region": provider.region, "phone": provider.phone} | more


def test_no_provider_takes_the_name_of_another(curator, world):
    make_provider(name="样例（京津）检测中心", uscc="911201040000000194")
    url = reverse("curator_providers_row", args=[world.provider.pk])
    page = curator.post(url, provider_words(world.provider, name="样例(京津) 检测中心"))
    assert "已有同名的机构“样例（京津）检测中心”（统一社会信用代码911201040000000194）" in page.content.decode()
    assert curator.post(url, provider_words(world.provider, name="样例京津检测中心")).status_code == 302


def test_laboratories_of_two_hosts_may_share_their_name(curator):
    first, second, third = (make_laboratory() for _ in range(3))
    for laboratory, code in ((first, "A"), (second, "B"), (third, "A")):
        Laboratory.objects.filter(pk=laboratory.pk).update(host_uscc=code)
    words = provider_words(second.provider, name=first.provider.name)
    assert curator.post(reverse("curator_providers_row", args=[second.provider_id]), words).status_code == 302
    page = curator.post(reverse("curator_providers_row", args=[third.provider_id]), words)
    assert "已有同名的机构" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("abc<", None),
        ("12345678901", None),
        ("022-60000001", "022-60000001"),
        ("（022）60000001 转 12", "022-60000001转12"),
        ("+86 138-0000-0000，０２２ 60000001", "13800000000、02260000001"),
        ("400-600-0001", "400-600-0001"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_number_of_an_institution_is_one(curator, world, typed, kept):
    Provider.objects.filter(pk=world.provider.pk).update(phone="022-10000009")
    url = reverse("curator_providers_row", args=[world.provider.pk])
    page = curator.post(url, provider_words(world.provider, phone=typed))
    assert (page.status_code == 302) == (kept is not None)
    assert afresh(world.provider).phone == ("022-10000009" if kept is None else kept)
    assert ("电话应为 11 位手机号，或带区号的号码" in page.content.decode()) == (kept is None)
