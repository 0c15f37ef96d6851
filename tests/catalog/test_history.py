"""The history of a row of the catalog: what was done, by whom, and each field with its old and its new value."""

import pytest
from django.urls import reverse

from catalog.mall.wording import LONGEST, change_words, changes_between
from catalog.models import Provider
from records.steps import chain_holds
from tests.catalog.test_curator import REASON, carry, curator
from tests.catalog.typed import ABOUT, words_of_product
from tests.factories import make_category, make_laboratory

pytestmark = pytest.mark.django_db
__all__ = ["curator"]


def told(curator, room, key):
    return curator.get(reverse(f"curator_{room}_row", args=[key])).context["history"]


def test_it_reads_in_words_with_old_and_new_values_and_its_chain_holds(curator, world):
    product, old = world.product, world.product.category
    type(product).objects.filter(pk=product.pk).update(description=ABOUT, deliverable="报告", duration="3 天")
    other, url = make_category(name="另一类"), reverse("curator_products_row", args=[product.number])
    carry(curator, "products", "withdraw", product)
    curator.post(url, words_of_product(product, name="改名", price="9", summary="", category=other.pk))
    lines = told(curator, "products", product.number)
    assert [line["what"] for line in lines] == ["修改", "下架"]
    assert lines[0]["text"].split("\n") == [
        f"产品名称：{product.name} → 改名",
        f"类别：{old} → 另一类",
        "参考价格：¥\xa01,000.00 → ¥\xa09.00",
    ]
    assert lines[1]["text"] == REASON
    assert "<br>类别：" in curator.get(url).content.decode()
    assert chain_holds(product)


def test_what_a_provider_changes_reads_the_same(client, curator, world):
    client.force_login(world.provider_member)
    url = reverse("provider_product_edit", args=[world.product.number])
    assert client.post(url, words_of_product(world.product, provider=world.provider.pk)).status_code == 302
    client.force_login(world.curator)
    first = told(curator, "products", world.product.number)[0]
    assert (first["by"], first["text"].split("\n")[-1]) == (str(world.provider_member), "服务周期：（空） → 3 天")


def test_choices_are_told_by_their_labels_and_a_phone_number_by_its_ends(curator):
    laboratory = make_laboratory(kind="national", fields=["materials"])
    sent = {"host_name": laboratory.host_name, "kind": "engineering", "batch": laboratory.batch_id}
    sent |= {"fields": ["energy", "materials"], "host_uscc": laboratory.host_uscc}
    assert curator.post(reverse("curator_laboratories_row", args=[laboratory.number]), sent).status_code == 302
    lines = told(curator, "laboratories", laboratory.number)[0]["text"].split("\n")
    assert lines[-2:] == ["类型：国家级重点实验室 → 工程技术中心", "领域：新材料 → 新材料、新能源与节能"] or lines[
        -2:
    ] == [
        "类型：国家级重点实验室 → 工程技术中心",
        "领域：新材料 → 新能源与节能、新材料",
    ]
    before, after = Provider(phone="13800000001"), Provider(phone="13900000002", is_active=False)
    assert changes_between(before, after, ["phone", "is_active", "name"]) == (
        "联系电话：138****0001 → 139****0002\n在用：是 → 否"
    )
    assert changes_between(Provider(phone="13800000001"), Provider(phone="13899990001"), ["phone"]) == "联系电话有改动"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("甲", "", "说明：甲 → （空）"),
        ("样" * 80, "样" * 79 + "乙", f"说明：…{'样' * 9} → …{'样' * 8}乙"),
        ("甲" + "样" * 80, "乙", f"说明：甲{'样' * (LONGEST - 1)}… → 乙"),
        ("甲\r\n乙", "甲 乙丙", "说明：甲 乙 → 甲 乙丙"),
    ],
)
def test_a_long_text_is_told_from_where_it_differs(old, new, said):
    assert change_words("说明", old, new) == said
