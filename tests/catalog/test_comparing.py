import re

import pytest
from django.urls import reverse

from catalog.models import Product
from tests.factories import make_product

pytestmark = pytest.mark.django_db
COMPARE, CHOOSE = "/mall/compare/", "/mall/compare/choose/"


def numbers(*products):
    return [product.number for product in products]


def shown(page):
    return [product.name for product in page.context["products"]]


def choose(client, *products):
    return client.post(CHOOSE, {"with": numbers(*products)})


def test_chosen_services_stand_side_by_side_in_the_order_of_the_choice_at_an_address_for_others(client, shelf):
    answer = choose(client, shelf["lab"], shelf["metal"])
    assert answer.url == f"{COMPARE}?with={shelf['lab'].number}&with={shelf['metal'].number}"
    client.cookies.clear()  # a colleague
    assert shown(client.get(answer.url)) == ["复合材料检测", "金属拉伸试验"]
    assert shown(client.get(COMPARE)) == []


def test_what_was_chosen_waits_in_the_session(client, shelf):
    choose(client, shelf["metal"])
    assert shown(client.get(COMPARE)) == ["金属拉伸试验"]


def test_of_five_the_first_four_stand_there_and_the_reader_is_told(client, shelf, testing):
    five = [make_product(shelf["metal"].provider, testing, name=f"服务{n}") for n in range(5)]
    answer = client.post(CHOOSE, {"with": numbers(*five)}, follow=True)
    assert shown(answer) == ["服务0", "服务1", "服务2", "服务3"]
    assert [str(said) for said in answer.context["messages"]] == [
        "一次最多对比 4 个服务，已放入前 4 个；要换一个，请先移除一个。"
    ]


def test_rows_tell_every_fact_and_mark_those_that_differ(client, shelf):
    page = client.get(COMPARE, {"with": numbers(shelf["metal"], shelf["patent"])})
    rows = {row.label: (list(row.values), row.differs) for row in page.context["rows"]}
    assert rows["参考价格"] == (["¥\u00a020,000.00/次", "¥\u00a0900.00/次"], True)
    assert rows["券后约"] == (["¥\u00a010,000.00", "不能申请创新券"], True)
    assert rows["地区"] == (["天津", "北京"], True)
    assert rows["服务周期"] == (["与服务机构商定", "与服务机构商定"], False)
    assert page.content.decode().count('class="differs"') == sum(row.differs for row in page.context["rows"])


def test_a_marked_service_below_the_minimum_says_why_nothing_is_left_off(client, shelf, testing):
    cheap = make_product(shelf["metal"].provider, testing, price="800")
    page = client.get(COMPARE, {"with": [cheap.number]})
    assert [list(row.values) for row in page.context["rows"] if row.label == "券后约"] == [
        ["补贴不足 1,000 元，不能单独用券"]
    ]


def test_a_long_description_is_cut(client, shelf):
    Product.objects.filter(pk=shelf["metal"].pk).update(description="长" * 161)
    page = client.get(COMPARE, {"with": numbers(shelf["metal"])})
    assert [row.values[0] for row in page.context["rows"] if row.label == "服务说明"] == ["长" * 160 + "…"]


def test_a_draft_and_a_number_that_is_none_are_left_out(client, shelf):
    assert shown(client.get(COMPARE, {"with": [shelf["draft"].number, "nothing", shelf["metal"].number]})) == [
        "金属拉伸试验"
    ]


def test_one_is_removed_by_its_own_button_and_the_rest_stays(client, shelf):
    page = client.get(COMPARE, {"with": numbers(shelf["metal"], shelf["lab"])}).content.decode()
    form = next(part for part in page.split("<form")[1:] if "移除 复合材料检测" in part)
    assert re.findall(r'name="with" value="([^"]+)"', form) == numbers(shelf["metal"])


def test_a_withdrawn_service_says_so_in_the_place_of_its_button(client, shelf):
    Product.objects.filter(pk=shelf["metal"].pk).update(status="withdrawn")
    page = client.get(COMPARE, {"with": numbers(shelf["metal"], shelf["lab"])}).content.decode()
    assert page.count("已下架，不能下单") == 1
    assert page.count("立刻申请</a>") == 1


def test_boxes_of_the_list_show_the_choice_and_those_of_other_pages_are_carried_along(client, shelf):
    choose(client, shelf["metal"], shelf["patent"])
    page = client.get("/mall/", {"q": "金属"})
    assert re.findall(r'form="compare" value="([^"]+)" checked', page.content.decode()) == numbers(shelf["metal"])
    assert page.context["elsewhere"] == {shelf["patent"].number: "专利导航 100%_A"}


def test_a_page_of_a_service_adds_it_to_what_was_chosen(client, shelf):
    choose(client, shelf["patent"])
    page = client.get(shelf["metal"].get_absolute_url())
    assert (page.context["others"], page.context["is_compared"]) == (numbers(shelf["patent"]), False)
    assert "加入对比" in page.content.decode()
    choose(client, shelf["patent"], shelf["metal"])
    assert "查看对比" in client.get(shelf["metal"].get_absolute_url()).content.decode()


def test_a_list_that_nobody_chose_from_reads_no_session(client, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = client.get(reverse("product_list"))
    assert "sessionid" not in page.cookies
