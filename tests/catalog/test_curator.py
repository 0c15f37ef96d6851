"""The curator's desk: lists, acts on chosen rows with reason, preview and report, edits that overwrite nobody, history in words."""

import pytest
from django.urls import reverse

from catalog.desk.acts import ACTS, WITHDRAW
from catalog.desk.kind import ProductKind
from catalog.desk.services import carry_out
from catalog.models import Category, DeskAct, LabBatch, LabShelf, Product, Provider
from notifications.models import Notice
from records.kinds import KINDS
from tests.catalog.test_deep import copied
from tests.catalog.typed import words_of_product
from tests.factories import drive_order, make_category, make_laboratory, make_product, make_provider
from tests.helpers import afresh, by_owner, refused
from tests.plans import heavy

pytestmark = pytest.mark.django_db
REASON = "资料与实际服务不符，请补充后重新申请。"
PRODUCTS, ACT = "/curator/products/", "/curator/products/act/"


@pytest.fixture
def curator(client, world):
    client.force_login(world.curator)
    return client


def carry(client, room, act, *rows, **more):
    """Send the page that shows the act, as it stands, and read the report."""
    url = reverse(f"curator_{room}_act")
    keys = [row.number if room in {"products", "laboratories"} else row.pk for row in rows]
    lines = client.get(url, {"act": act, "row": keys}).context["lines"]
    keys, was = [line["key"] for line in lines], [line["was"] for line in lines]
    sent = {"act": act, "row": keys, "was": was, "reason": REASON} | more
    return client.post(url, sent, follow=True)


def test_an_act_shows_first_what_would_change_and_writes_nothing(curator, world):
    withdrawn = make_product(world.provider, status="withdrawn")
    page = curator.get(ACT, {"act": "withdraw", "row": [world.product.number, withdrawn.number]})
    told = {line["key"]: (line["was"], line["now"], line["said"]) for line in page.context["lines"]}
    assert told[world.product.number] == ("已上架", "已下架", "")
    assert told[withdrawn.number] == ("已下架", "已下架", "已经是“已下架”，不用改动。")
    assert (afresh(world.product).status, DeskAct.objects.count()) == ("on_sale", 0)


def test_without_a_reason_nothing_is_done_and_the_rows_stay_chosen(curator, world):
    page = carry(curator, "products", "withdraw", world.product, reason=" ")
    assert "请填写原因" in page.content.decode()
    assert page.context["lines"][0]["key"] == world.product.number
    assert afresh(world.product).status == "on_sale"


def test_the_report_says_of_each_row_what_became_of_it(curator, world):
    plain = make_product(world.provider, make_category(may_be_marked=False), is_marked=False)
    allowed = make_product(world.provider, is_marked=False)
    page = carry(curator, "products", "mark", plain, allowed)
    act = DeskAct.objects.get()
    assert page.redirect_chain[-1][0] == act.get_absolute_url()
    assert (act.done, act.left, act.reason, act.by) == (1, 1, REASON, world.curator)
    assert "不在创新券支持范围内" in page.content.decode()
    assert (afresh(plain).is_marked, afresh(allowed).is_marked) == (False, True)


def test_withdrawing_tells_the_provider_and_the_buyers_with_open_orders_why(curator, world):
    placed = world.make_order()
    drive_order(world.make_order(), "cancelled", world)
    Notice.objects.all().delete()
    carry(curator, "products", "withdraw", world.product)
    told = {(notice.recipient, notice.kind) for notice in Notice.objects.all()}
    assert (world.provider_member, "products_off") in told
    assert (world.applicant, "order_product_off") in told
    assert {notice.kind for notice in Notice.objects.filter(recipient=world.applicant)} == {"order_product_off"}
    notice = Notice.objects.get(recipient=world.applicant)
    assert (placed.number in notice.body, REASON in notice.body) == (True, True)
    assert DeskAct.objects.get().told == 1


def test_a_suspended_provider_leaves_the_shelf_and_its_people_hear_of_it(curator, world):
    world.make_order()
    Notice.objects.all().delete()
    carry(curator, "providers", "suspend", world.provider)
    assert not afresh(world.provider).is_active
    assert not Product.objects.on_shelf().filter(provider=world.provider).exists()
    assert set(Notice.objects.values_list("kind", flat=True)) == {"products_off", "order_product_off"}
    carry(curator, "providers", "restore", world.provider)
    assert afresh(world.provider).is_active
    steps = [event.step for event in world.provider.events.order_by("sequence")]
    assert steps == ["put_out_of_use", "put_into_use"]


@pytest.mark.parametrize(("act", "status"), [("pause", "paused"), ("remove", "removed")])
def test_a_laboratory_is_paused_removed_and_listed_again(curator, act, status):
    laboratory = make_laboratory()
    carry(curator, "laboratories", act, laboratory)
    assert afresh(laboratory).status == status
    carry(curator, "laboratories", "list", laboratory)
    assert afresh(laboratory).status == "listed"


def test_a_batch_is_hidden_and_announced(curator):
    LabBatch.objects.create(number=77)
    batch = make_laboratory().batch
    carry(curator, "batches", "hide", batch)
    assert afresh(batch).published_on is None
    carry(curator, "batches", "announce", batch)
    assert afresh(batch).published_on is not None


def test_a_row_that_has_changed_since_it_was_shown_stays_as_it_is(curator, world):
    page = carry(curator, "products", "unmark", world.product, was=["没有标识"])
    assert "这一行已变为“有创新券标识”" in page.content.decode()
    assert afresh(world.product).is_marked


def test_a_choice_of_nothing_or_of_nonsense_leads_back(curator, world):
    for rows in ([], ["NOPE"], ["\0"]):
        assert curator.get(ACT, {"act": "withdraw", "row": rows}).url == PRODUCTS
    assert curator.get(reverse("curator_providers_act"), {"act": "suspend", "row": ["x", "9" * 30]}).status_code == 302
    assert curator.get(ACT, {"act": "nothing", "row": [world.product.number]}).status_code == 404


def test_an_act_on_many_asks_no_more_questions_than_one_on_two(curator, world, django_assert_max_num_queries):
    many = [make_product(world.provider, is_marked=False) for _ in range(20)]
    sent = {"act": "mark", "row": [product.number for product in many], "was": ["没有标识"] * 20, "reason": REASON}
    with django_assert_max_num_queries(25):
        assert curator.post(ACT, sent).status_code == 302
    assert Product.objects.filter(is_marked=True).count() == 21


def test_two_curators_do_not_overwrite_each_other(curator, world):
    url = reverse("curator_providers_row", args=[world.provider.pk])
    form = curator.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"shown": form.shown}
    assert curator.post(url, sent | {"address": "甲地址"}).status_code == 302
    refused = curator.post(url, sent | {"address": "乙地址"})
    assert "已改为“甲地址”" in refused.content.decode()
    assert (refused.context["form"]["address"].value(), afresh(world.provider).address) == ("乙地址", "甲地址")


def test_another_category_takes_the_mark_away(curator, world):
    url = reverse("curator_products_row", args=[world.product.number])
    words = words_of_product(world.product, category=make_category().pk)
    assert curator.post(url, words).status_code == 302
    assert not afresh(world.product).is_marked


def test_a_new_name_is_found_at_once(curator, world):
    category, laboratory = world.product.category, make_laboratory()
    curator.post(reverse("curator_categories_row", args=[category.pk]), {"name": "改名类别", "code": "x", "order": 1})
    url = reverse("curator_providers_row", args=[world.provider.pk])
    curator.post(url, {"name": "改名中心", "region": "tianjin"})
    assert list(Product.objects.search("改名类别 改名中心")) == [world.product]
    url = reverse("curator_laboratories_row", args=[laboratory.number])
    curator.post(
        url, {"host_name": "改名研究院", "kind": "national", "batch": laboratory.batch.pk, "fields": ["energy"]}
    )
    assert [row.laboratory for row in LabShelf.objects.search("改名研究院")] == [laboratory]


def test_what_an_admission_has_carried_is_not_typed(curator, world):
    admission = world.admit()
    form = curator.get(reverse("curator_providers_row", args=[admission.provider_id])).context["form"]
    assert {"name", "legal_representative"}.isdisjoint(form.fields)


def test_categories_are_made_and_moved_among_their_own(curator, world):
    top = make_category(name="检验检测", order=1)
    first, second = (make_category(name=name, parent=top, order=order) for order, name in enumerate("甲乙"))
    curator.post(reverse("curator_categories_move", args=[second.pk]), {"to": "up"})
    below = Category.objects.filter(parent=top).values_list("pk", flat=True)
    assert list(below) == [second.pk, first.pk]
    told = curator.post(reverse("curator_categories_move", args=[second.pk]), {"to": "up"}, follow=True)
    assert "已经在这一级的最前面" in told.content.decode()
    assert (
        curator.post(reverse("curator_categories_new"), {"name": "新类", "code": "new", "order": 0}).status_code == 302
    )
    assert Category.objects.get(code="new").events.get().step == "row_made"


@pytest.mark.parametrize("room", ["products", "providers", "laboratories", "batches", "categories"])
def test_the_lists_are_the_curator_s_alone(client, world, room):
    for person, status in ((world.curator, 200), (world.provider_member, 404), (world.auditor, 404)):
        client.force_login(person)
        assert client.get(reverse(f"curator_{room}")).status_code == status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"疲劳试验", "材料力学性能检测", "停用机构的检测", "没写完的检测"}),
        ({"q": "检测"}, {"疲劳试验", "材料力学性能检测", "停用机构的检测", "没写完的检测"}),
        ({"q": "停用机构"}, {"停用机构的检测"}),
        ({"q": "检测", "status": "draft"}, {"没写完的检测"}),
        ({"mark": "1"}, {"材料力学性能检测"}),
        ({"mark": "0", "status": "on_sale"}, {"疲劳试验", "停用机构的检测"}),
        ({"mark": "rests"}, set()),
        ({"region": "beijing"}, {"停用机构的检测"}),
        ({"q": "、"}, {"疲劳试验", "材料力学性能检测", "停用机构的检测", "没写完的检测"}),
    ],
)
def test_products_are_found_on_the_shelf_and_off_it(curator, world, query, found):
    off = make_provider(name="北京样例所", region="beijing")
    make_product(off, name="停用机构的检测", is_marked=False)
    Provider.objects.filter(pk=off.pk).update(is_active=False)
    make_product(world.provider, name="没写完的检测", status="draft", is_marked=False)
    make_product(world.provider, name="疲劳试验", is_marked=False)
    assert {product.name for product in curator.get(PRODUCTS, query).context["page"]} == found


def test_a_category_finds_what_lies_below_it(curator, world):
    top = make_category(name="检验检测")
    make_product(world.provider, make_category(name="无损", parent=top), name="探伤", is_marked=False)
    assert [p.name for p in curator.get(PRODUCTS, {"category": top.pk}).context["page"]] == ["探伤"]


def test_every_act_has_its_word_in_the_trail():
    for model, acts in ACTS.items():
        assert {act.step for act in acts} <= set(KINDS[model].steps)
    assert ProductKind.steps["shelf_off"] == "下架"


def test_what_was_done_is_listed_and_read_by_whoever_did_it(client, world):
    client.force_login(world.curator)
    carry(client, "products", "withdraw", world.product)
    assert "下架" in client.get(reverse("desk_act_list")).content.decode()
    url = DeskAct.objects.get().get_absolute_url()
    client.force_login(world.provider_member)
    assert client.get(url).status_code == 404
    assert str(DeskAct.objects.get()) == "下架"


def test_batches_and_categories_are_narrowed(curator, world):
    batch = make_laboratory().batch
    LabBatch.objects.create(number=9)
    assert [row.pk for row in curator.get(reverse("curator_batches"), {"shown": "1"}).context["page"]] == [batch.pk]
    found = curator.get(reverse("curator_categories"), {"q": world.product.category.name}).context["rows"]
    assert [row.pk for row in found] == [world.product.category.pk]
    for room, query in (("providers", "样例检测"), ("laboratories", "样例")):
        assert curator.get(reverse(f"curator_{room}"), {"q": query}).context["page"].count >= 1


@pytest.mark.heavy
def test_no_list_of_50000_products_reads_or_sorts_them_all(curator, world):
    copied(world.product, 50_000)
    Product.objects.filter(pk__in=Product.objects.order_by("pk").values("pk")[10:2000]).update(status="withdrawn")
    with by_owner() as cursor:
        cursor.execute("ANALYZE catalog_product")
    keyed = curator.get(PRODUCTS + "?page=50").context["page"].next
    for where in (
        "",
        "?page=50",
        keyed,
        "?end=1",
        "?status=on_sale",
        "?status=withdrawn",
        "?status=draft",
        "?q=绝无此词",
        "?q=检测",
        "?q=检测&end=1",
    ):
        assert heavy(curator, PRODUCTS + where, "catalog_product", "catalog_shelf") == []
    curator.force_login(world.provider_member)
    for where in ("", "?end=1", "?status=withdrawn"):
        assert heavy(curator, "/provider/products/" + where, "catalog_product") == []


def test_no_reason_no_act_whoever_asks(world):
    with refused("R-WORDS"):
        carry_out(WITHDRAW, Product.objects.all(), by=world.curator, reason=" ", seen={})


def test_an_act_on_rows_that_are_as_they_should_be_changes_none(curator, world):
    carry(curator, "products", "publish", world.product)
    assert (DeskAct.objects.get().done, world.product.events.count()) == (0, 0)


def test_the_search_of_a_laboratory_follows_its_services(curator):
    laboratory = make_laboratory()
    service = make_product(laboratory.provider, name="疲劳寿命试验", status="withdrawn", is_marked=False)
    carry(curator, "products", "publish", service)
    assert [row.laboratory for row in LabShelf.objects.search("疲劳寿命")] == [laboratory]
    carry(curator, "products", "withdraw", service)
    assert not LabShelf.objects.search("疲劳寿命").exists()
