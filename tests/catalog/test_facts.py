"""What a service says of itself beyond its words: standards, instruments, samples, prices by item; what its voucher is worth to whom."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from catalog.mall.facts import MOST, PriceItemsField, items_of
from catalog.mall.pages import related_to
from catalog.models import Product
from tests.catalog.typed import words_of_product
from tests.factories import drive_application, make_category, make_laboratory, make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
FACTS = {
    "standards": "GB/T 228.1-2021、ISO 6892-1",
    "instruments": "万能试验机 100 kN",
    "samples": "试样 5 件，附取样图。",
    "price_items": "室温拉伸 300/样\n高温拉伸：1,200 元/样",
}


def seen_by(person, product):
    client = Client()
    if person:
        client.force_login(person)
    return client.get(product.get_absolute_url()).content.decode()


def priced(world, price, **fields):
    return make_product(world.provider, world.product.category, name=f"服务{price}", price=price, **fields)


def test_a_provider_tells_them_and_the_page_shows_them(client, world):
    client.force_login(world.provider_member)
    address = reverse("provider_product_edit", args=[world.product.number])
    typed = words_of_product(world.product, provider=world.provider.pk, **FACTS)
    response = client.post(address, typed)
    assert response.status_code == 302, response.context["form"].errors
    kept = afresh(world.product)
    assert kept.price_items == "室温拉伸 300.00/样\n高温拉伸 1200.00/样"
    page = seen_by(None, kept)
    for words in (FACTS["standards"], FACTS["instruments"], FACTS["samples"], "¥\xa01,200.00/样", "分项价格"):
        assert words in page
    assert "执行标准：（空） → GB/T 228.1-2021、ISO 6892-1" in kept.events.get().text
    assert kept in Product.objects.search("万能试验机")


def test_what_is_no_price_is_told_by_its_line(client, world):
    client.force_login(world.provider_member)
    address = reverse("provider_product_edit", args=[world.product.number])
    typed = words_of_product(world.product, provider=world.provider.pk, price_items="室温拉伸 300/样\n高温拉伸面议")
    page = client.post(address, typed).content.decode()
    assert "第 2 行“高温拉伸面议”没有读懂" in page
    assert afresh(world.product).price_items == ""


def test_the_curator_sees_and_mends_them(client, world):
    client.force_login(world.curator)
    address = reverse("curator_products_row", args=[world.product.number])
    assert "执行标准" in client.get(address).content.decode()
    response = client.post(address, words_of_product(world.product, **FACTS))
    assert response.status_code == 302, response.context["form"].errors
    assert afresh(world.product).standards == FACTS["standards"]


def test_a_page_without_them_shows_no_empty_rows(world):
    page = seen_by(None, world.product)
    assert not any(word in page for word in ("执行标准", "主要仪器", "样品要求", "分项价格"))


def test_a_firm_reads_what_its_own_year_leaves(world):
    product = priced(world, "100000")
    assert "最多补贴 50,000 元" in seen_by(None, product)
    fresh = seen_by(world.applicant, product)
    assert "您的单位本年度还可申请 150,000 元" in fresh
    assert "券后约 ¥\xa050,000.00" in fresh
    drive_application(world.make_application(240_000, 120_000), "district", world)
    page = seen_by(world.applicant, product)
    assert "参考价格的 50 % 是 50,000 元，您的单位本年度只剩 30,000 元，最多补贴 30,000 元。" in page
    assert "券后约 ¥\xa070,000.00" in page
    assert "只剩" not in seen_by(world.stranger, product)
    assert "您的单位" not in seen_by(world.provider_member, product)


def test_an_empty_year_says_so_instead_of_a_price(world):
    drive_application(world.make_application(400_000, 150_000), "district", world)
    page = seen_by(world.applicant, priced(world, "9000"))
    assert "本年度剩余额度 0 元，不足以再申请" in page
    assert "今年不能再申请" in page
    assert "券后约" not in page.split('class="price-box')[1].split("</dl>")[0]


def test_a_laboratory_counts_in_the_pool_that_the_policy_says(world):
    laboratory = make_laboratory()
    product = make_product(laboratory.provider, world.product.category, price="100000")
    assert "您的单位本年度还可申请 150,000 元" in seen_by(world.applicant, product)


def test_too_small_for_a_voucher_says_why(world):
    page = seen_by(None, priced(world, "1500"))
    assert "补贴不足 1,000 元，不能单独用券" in page
    assert "合同总额更高时可以申请" in page


def test_an_unmarked_one_says_why(world):
    barred = make_category(name="专利代理", may_be_marked=False)
    plain = priced(world, "5000", is_marked=False)
    outside = make_product(world.provider, barred, name="专利申请", is_marked=False)
    assert "平台还没有给这个服务核定创新券标识。" in seen_by(None, plain)
    assert "类别“专利代理”不在创新券支持范围内" in seen_by(None, outside)


def test_related_ones_come_from_the_category_then_from_the_first_level(world):
    top = make_category(name="检验检测")
    near, wide = make_category(name="理化", parent=top), make_category(name="力学", parent=top)
    here = make_product(world.provider, near, name="成分分析")
    same = make_product(world.provider, near, name="金相分析")
    for number in range(5):
        make_product(world.provider, wide, name=f"力学试验{number}")
    found = [card.title for card in related_to(here)]
    assert (found[0], len(found)) == (same.name, 4)
    assert here.name not in found


@pytest.mark.bare
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("拉伸 300", "拉伸 300.00"),
        ("拉伸：￥３００元／样", "拉伸 300.00/样"),
        ("100 kN 拉伸，1,200.5/件", "100 kN 拉伸 1200.50/件"),
        ("第 1 项 80/次\n\n第 2 项 90/次", "第 1 项 80.00/次\n第 2 项 90.00/次"),
        ("只有名称", None),
        ("零元 0/样", None),
        ("\n".join(["拉伸 1"] * (MOST + 1)), None),
    ],
)
def test_price_lines(typed, kept):
    field = PriceItemsField(required=False)
    if kept is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == kept
        assert len(items_of(kept)) == len(kept.splitlines())


@pytest.mark.bare
def test_price_rows():
    rows = items_of("高温拉伸 1200.00/样\n报告副本 50.00")
    assert [(row.name, Decimal(row.price), row.words) for row in rows] == [
        ("高温拉伸", Decimal(1200), "¥\xa01,200.00/样"),
        ("报告副本", Decimal(50), "¥\xa050.00"),
    ]
