import datetime as dt
from urllib.parse import unquote

import pytest
from django.urls import reverse

from catalog.mall.services import refresh_laboratory
from catalog.models import LabBatch, Laboratory, Product, Provider
from tests.factories import make_laboratory, make_product, make_provider

pytestmark = pytest.mark.django_db
MALL, LABS = "/mall/", "/labs/"


def names(response):
    return [card.title for card in response.context["page"]]


def ask(client, url=MALL, **query):
    return client.get(url, query)


def test_the_mall_shows_institutions_before_laboratories_and_no_draft(client, shelf):
    assert names(ask(client)) == ["金属拉伸试验", "专利导航 100%_A", "复合材料检测"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "复合 检测"}, ["复合材料检测"]),
        ({"q": "检测、复合"}, ["复合材料检测"]),
        ({"q": "复合检测"}, ["复合材料检测"]),
        ({"q": "检验检测 金属"}, ["金属拉伸试验"]),
        ({"q": "金 属拉伸"}, ["金属拉伸试验"]),
        ({"q": "100%"}, ["专利导航 100%_A"]),
        ({"q": "%_a"}, ["专利导航 100%_A"]),
        ({"q": "１００％"}, ["专利导航 100%_A"]),
        ({"q": "1%0"}, []),
        ({"q": "金_"}, []),
        ({"category": "k02"}, ["金属拉伸试验", "复合材料检测"]),
        ({"category": "k02-02"}, ["金属拉伸试验", "复合材料检测"]),
        ({"region": "beijing", "source": "mall"}, ["专利导航 100%_A"]),
        ({"source": "lab"}, ["复合材料检测"]),
        ({"least": "1,500", "most": "20000"}, ["金属拉伸试验", "复合材料检测"]),
        ({"marked": "1"}, ["金属拉伸试验", "复合材料检测"]),
        ({"sort": "price"}, ["专利导航 100%_A", "复合材料检测", "金属拉伸试验"]),
        ({"sort": "-price"}, ["金属拉伸试验", "复合材料检测", "专利导航 100%_A"]),
        ({"sort": "new"}, ["复合材料检测", "专利导航 100%_A", "金属拉伸试验"]),
    ],
)
def test_what_narrows_and_sorts_the_mall(client, shelf, query, found):
    assert names(ask(client, **query)) == found


@pytest.mark.parametrize("query", [{"region": "x"}, {"sort": "x"}, {"category": "x"}, {"page": "999"}])
def test_senseless_values_narrow_nothing(client, shelf, query):
    assert len(names(ask(client, **query))) == 3


def test_a_senseless_price_is_told_and_kept(client, shelf):
    page = ask(client, least="很多").content.decode()
    assert "没有按价格筛选：金额只能是数字" in page
    assert 'value="很多"' in page


def test_chips_take_one_condition_away_and_keep_the_others(client, shelf):
    chips = {chip.words: chip.url for chip in ask(client, q="材料", region="beijing", page="2").context["chips"]}
    assert chips == {"关键词：材料": "?region=beijing", "地区：北京": "?q=%E6%9D%90%E6%96%99"}


def test_the_navigation_opens_the_category_that_is_shown(client, shelf):
    drawn = ask(client, category="k02-02").context["navigation"].drawn
    assert drawn.count('class="open"') == 1
    assert drawn.index('class="open"') < drawn.index("检验检测") < drawn.index("知识产权")
    assert drawn[drawn.index('aria-current="page"') :].startswith('aria-current="page">材料性能测试')


def test_a_marked_product_tells_what_remains_to_pay(client, shelf):
    page = ask(client, q="金属").content.decode()
    assert "券后约 ¥\u00a010,000.00" in page
    detail = client.get(shelf["metal"].get_absolute_url()).content.decode()
    assert "最多补贴 10,000 元：参考价格的 50 %，每家企业每年最多 150,000 元。" in detail


def test_under_the_minimum_nothing_is_promised(client, shelf):
    page = client.get(shelf["lab"].get_absolute_url()).content.decode()
    assert "券后约 ¥\u00a01," not in page
    assert "参考价格的 50 % 低于最低补贴 1,000 元；合同总额更高时可以申请。" in page
    [card] = [card for card in ask(client, q=shelf["lab"].name).context["page"] if card.pk == shelf["lab"].pk]
    assert card.why_none == "补贴不足 1,000 元，不能单独用券"
    assert card.why_none in ask(client, q=shelf["lab"].name).content.decode()


def test_nothing_found_says_what_to_do(client, shelf):
    assert "没有找到符合条件的服务" in ask(client, q="没有的词").content.decode()


def tabs_of(page):
    return [(tab["label"], tab["url"], tab["active"]) for tab in page.context["tabs"]]


def test_the_mall_and_the_laboratories_are_two_tabs_of_one_search(client, shelf):
    refresh_laboratory(shelf["laboratory"])
    words = "q=%E5%A4%8D%E5%90%88"
    told = [("服务 1 个", f"/mall/?{words}"), ("实验室 1 个", f"/labs/?{words}")]
    assert tabs_of(ask(client, q="复合", least="5")) == [(*told[0], True), (*told[1], False)]
    assert tabs_of(ask(client, LABS, q="复合", by="service")) == [(*told[0], False), (*told[1], True)]
    assert [label for label, *_ in tabs_of(ask(client, q="复合", region="hebei"))] == ["服务 0 个", "实验室 0 个"]
    assert [label for label, *_ in tabs_of(ask(client))] == ["服务 3 个", "实验室 1 个"]


@pytest.mark.parametrize("url", [MALL, LABS])
@pytest.mark.parametrize("known", [False, True])
def test_lists_cost_the_same_with_5_and_50_rows(client, world, django_assert_max_num_queries, url, known):
    if known:
        client.force_login(world.applicant)
    for rows in (5, 45):
        for _ in range(rows):
            make_product(make_laboratory().provider, world.product.category)
        with django_assert_max_num_queries(10):
            page = ask(client, url, q="").content
        assert len(page) < 100_000


def test_a_withdrawn_product_still_resolves_and_cannot_be_ordered(client, shelf):
    product = shelf["metal"]
    Product.objects.filter(pk=product.pk).update(status="withdrawn")
    page = client.get(product.get_absolute_url()).content.decode()
    assert "这个服务现在不接受新订单" in page
    assert reverse("order_place", args=[product.number]) not in page


def test_a_draft_is_its_keepers_alone(client, world):
    draft = make_product(world.provider, status="draft")
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(world.stranger)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(world.provider_member)
    assert "还没有上架" in client.get(draft.get_absolute_url()).content.decode()


def test_related_products_are_few(client, world, django_assert_max_num_queries):
    for _ in range(9):
        make_product(world.provider, world.product.category)
    with django_assert_max_num_queries(10):
        response = client.get(world.product.get_absolute_url())
    assert len(response.context["related"]) == 4


@pytest.mark.parametrize(("status", "said"), [("paused", "暂停接受新订单"), ("removed", "现在不接受新订单")])
def test_a_laboratory_that_takes_no_orders_still_resolves(client, shelf, status, said):
    Laboratory.objects.update(status=status)
    assert names(ask(client, source="lab")) == []
    assert ask(client, LABS).context["page"].count == 0
    for url in (shelf["laboratory"].get_absolute_url(), shelf["lab"].get_absolute_url()):
        page = client.get(url).content.decode()
        assert said in page
        assert reverse("order_place", args=[shelf["lab"].number]) not in page


def test_an_unpublished_batch_is_not_there(client, shelf):
    shelf["laboratory"].batch.published_on = None
    shelf["laboratory"].batch.save()
    assert ask(client, LABS).context["page"].count == 0
    assert client.get(shelf["laboratory"].get_absolute_url()).status_code == 404


def test_phone_and_contact_are_shown_after_login_only(client, world):
    laboratory = make_laboratory()
    provider = laboratory.provider
    provider.contact, provider.phone = "韦联系", "010-00001234"
    provider.save()
    hidden = client.get(laboratory.get_absolute_url()).content.decode()
    assert "010-00001234" not in hidden
    assert "韦联系" not in hidden
    client.force_login(world.applicant)
    assert "010-00001234" in client.get(laboratory.get_absolute_url()).content.decode()


@pytest.fixture
def labs(shelf):
    """One laboratory in Beijing with a service, one in 石家庄 with an instrument."""
    second = make_laboratory(
        host_name="河北（样例）大学", kind="enterprise", fields=["energy"], instruments="扫描电子显微镜"
    )
    provider = second.provider
    provider.region, provider.city = "hebei", "石家庄"
    provider.save()
    for laboratory in Laboratory.objects.all():
        refresh_laboratory(laboratory)
    return {"first": shelf["laboratory"], "second": second}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"first", "second"}),
        ({"q": "河北"}, {"second"}),
        ({"by": "institution", "q": "北京样例"}, {"first"}),
        ({"by": "institution", "q": "复合"}, set()),
        ({"by": "institution", "q": "河北(样例)大学"}, {"second"}),
        ({"by": "institution", "q": "大学、河北"}, {"second"}),
        ({"by": "institution", "q": "（样例）河北"}, {"second"}),
        ({"by": "service", "q": "材料 检测"}, {"first"}),
        ({"by": "service", "q": "显微"}, set()),
        ({"by": "instrument", "q": "显微"}, {"second"}),
        ({"by": "instrument", "q": "复合"}, set()),
        ({"by": "service", "q": "河北"}, set()),
        ({"by": "service"}, {"first", "second"}),
        ({"region": "hebei", "city": "石家庄"}, {"second"}),
        ({"region": "hebei", "city": "唐山"}, set()),
        ({"kind": "enterprise"}, {"second"}),
        ({"field": "materials"}, {"first"}),
        ({"batch": "1"}, {"first", "second"}),
        ({"batch": "9", "kind": "x"}, {"first", "second"}),
    ],
)
def test_what_narrows_the_laboratories(client, labs, query, found):
    shown = {card["number"] for card in ask(client, LABS, **query).context["page"]}
    assert shown == {labs[name].number for name in found}


def test_the_total_is_a_count(client, labs):
    Laboratory.objects.filter(pk=labs["second"].pk).update(status="paused")
    assert "名录共 2 家，其中 1 家正在接受订单" in ask(client, LABS).content.decode()


def test_a_card_names_first_the_service_that_was_asked_for(client, labs):
    provider = labs["first"].provider
    for name in ("甲", "乙", "丙"):
        make_product(provider, name=f"{name}服务")
    shown = ask(client, LABS, by="service", q="复合").context["page"].object_list[0]["services"]
    assert shown.startswith("复合材料检测、")
    assert shown.endswith("等")


def test_a_card_names_the_instruments_that_were_asked_for(client, labs):
    Laboratory.objects.filter(pk=labs["second"].pk).update(instruments="光谱仪、扫描电子显微镜；透射电子显微镜")
    labs["second"].refresh_from_db()
    refresh_laboratory(labs["second"])
    [card] = ask(client, LABS, by="instrument", q="电子显微").context["page"]
    assert card["instruments"] == "扫描电子显微镜、透射电子显微镜"
    assert "仪器：扫描电子显微镜、透射电子显微镜" in ask(client, LABS, q="显微").content.decode()


def tiles_of(page):
    """name → (count, url, active) of the tiles, and of what lies in none of them."""
    drawings = page.context["drawings"]
    tiles = [*(tile for drawing in drawings for tile in (*drawing.tiles, drawing.rest) if tile and tile.name)]
    return {tile.name: (tile.count, unquote(tile.url), tile.active) for tile in tiles}


def test_a_tile_leads_to_its_laboratories_and_keeps_what_else_is_asked(client, labs):
    tiles = tiles_of(ask(client, LABS))
    assert (tiles["石家庄"], tiles["北京"]) == ((1, "?region=hebei&city=石家庄", False), (1, "?region=beijing", False))
    assert (tiles["唐山"], tiles["西青区"]) == ((0, "", False), (0, "", False))
    chosen = tiles_of(ask(client, LABS, q="显微", region="hebei", city="石家庄", page="1"))
    assert (chosen["石家庄"], chosen["北京"][0]) == ((1, "?q=显微", True), 0)
    page = ask(client, LABS, region="hebei", city="石家庄").content.decode()
    assert 'aria-label="石家庄，1 家，已选，点按取消"' in page


def test_what_lies_in_no_tile_has_its_own_line(client, labs):
    Provider.objects.filter(region="hebei").update(city="", address="")
    told = tiles_of(ask(client, LABS))["河北未注明地点"]
    assert told == (1, "?region=hebei&city=未注明", False)
    [found] = ask(client, LABS, region="hebei", city="未注明").context["page"]
    assert found["number"] == labs["second"].number


def test_a_batch_has_a_page_with_what_it_names(client, labs):
    second = LabBatch.objects.create(number=2, published_on=dt.date(2025, 6, 1))
    hidden = LabBatch.objects.create(number=3)
    Laboratory.objects.filter(pk=labs["second"].pk).update(batch=second, status="paused")
    page = client.get(second.get_absolute_url())
    said = page.content.decode()
    assert [card["number"] for card in page.context["page"]] == [labs["second"].number]
    for words in ("京津冀开放实验室第 2 批", "2025-06-01 发布，共 1 家，其中 0 家正在接受订单", ">暂停</span>"):
        assert words in said
    assert (page.context["previous"].number, page.context["next"]) == (1, None)
    assert "上一批：第 1 批" in said
    assert client.get(hidden.get_absolute_url()).status_code == 404
    first = client.get(reverse("lab_batch", args=[1]))
    assert tiles_of(first)["北京"] == (1, "/labs/?batch=1&region=beijing", False)


def test_the_provider_of_a_laboratory_has_the_laboratory_page(client, labs):
    first = labs["first"]
    response = client.get(reverse("provider_detail", args=[first.provider.pk]))
    assert response["Location"] == first.get_absolute_url()


def test_the_page_of_an_institution_shows_its_products(client, shelf):
    provider = make_provider(name="空机构", is_active=False)
    assert names(client.get(shelf["metal"].provider.get_absolute_url())) == ["金属拉伸试验"]
    page = client.get(provider.get_absolute_url()).content.decode()
    assert "这家机构现在不接受新订单" in page
    assert "没有在售的服务" in page
