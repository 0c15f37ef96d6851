import pytest
from django.urls import reverse

from catalog.models import Laboratory, Product, Provider
from tests.factories import make_category, make_laboratory, make_provider

pytestmark = pytest.mark.django_db
PRODUCTS = reverse("admin:catalog_product_changelist")


@pytest.fixture
def admin(client, world):
    client.force_login(world.curator)
    return client


def act(client, action, *products):
    data = {"action": action, "_selected_action": [product.pk for product in products]}
    return client.post(PRODUCTS, data, follow=True).content.decode()


def change(admin, product, **changes):
    data = {"name": product.name, "category": product.category_id, "price": "10", "price_unit": "次"} | changes
    return admin.post(reverse("admin:catalog_product_change", args=[product.pk]), data)


@pytest.mark.parametrize("model", ["category", "provider", "product", "labbatch", "laboratory"])
def test_lists_and_forms_open(admin, world, model):
    laboratory = make_laboratory()
    rows = {
        "category": world.product.category,
        "provider": world.provider,
        "product": world.product,
        "labbatch": laboratory.batch,
        "laboratory": laboratory,
    }
    assert admin.get(reverse(f"admin:catalog_{model}_changelist"), {"q": "样例"}).status_code in {200, 302}
    assert admin.get(reverse(f"admin:catalog_{model}_add")).status_code == 200
    assert admin.get(reverse(f"admin:catalog_{model}_change", args=[rows[model].pk])).status_code == 200


def test_status_and_mark_are_not_typed_and_a_new_category_takes_the_mark(admin, world):
    url = reverse("admin:catalog_product_change", args=[world.product.pk])
    fields = admin.get(url).context["adminform"].form.fields
    assert {"status", "is_marked", "search_text", "provider"}.isdisjoint(fields)
    data = {"name": "新名字", "category": make_category().pk, "price": "10", "price_unit": "次"}
    assert admin.post(url, data).status_code == 302
    product = Product.objects.get(pk=world.product.pk)
    assert (product.name, product.is_marked, product.status) == ("新名字", False, "on_sale")


def test_a_new_name_is_found_at_once(admin, world):
    provider, category = world.provider, world.product.category
    form = {"name": "改名中心", "uscc": provider.uscc, "region": "tianjin", "is_admitted": "on", "is_active": "on"}
    admin.post(reverse("admin:catalog_provider_change", args=[provider.pk]), form | {"unit": provider.unit.pk})
    assert list(Product.objects.search("改名中心")) == [world.product]
    form = {"name": "改名类别", "code": category.code, "order": "0", "may_be_marked": "on"}
    admin.post(reverse("admin:catalog_category_change", args=[category.pk]), form)
    assert list(Product.objects.search("改名类别")) == [world.product]


def test_a_laboratory_ticks_its_fields(admin):
    laboratory = make_laboratory()
    data = {
        "number": laboratory.number,
        "provider": laboratory.provider.pk,
        "host_name": "新依托单位",
        "kind": "national",
        "fields": ["energy", "aerospace"],
        "batch": laboratory.batch.pk,
        "status": "paused",
    }
    admin.post(reverse("admin:catalog_laboratory_change", args=[laboratory.pk]), data)
    changed = Laboratory.objects.get(pk=laboratory.pk)
    assert (changed.fields, changed.status) == (["energy", "aerospace"], "paused")
    assert "新依托单位" in changed.search_text


def test_an_admission_is_read_by_the_auditor(client, world):
    admission = world.admit()
    client.force_login(world.auditor)
    page = client.get(reverse("admin:catalog_admission_change", args=[admission.pk]))
    assert admission.qualifications.get().number in page.content.decode()


def test_what_an_admission_carried_to_the_provider_is_not_typed(admin, world):
    admission = world.admit()
    url = reverse("admin:catalog_provider_change", args=[admission.provider_id])
    fields = admin.get(url).context["adminform"].form.fields
    assert {"name", "uscc", "legal_representative", "unit", "is_admitted"}.isdisjoint(fields)
    data = {"region": "tianjin", "city": "天津", "address": "新址", "is_active": "on"}
    assert admin.post(url, data).status_code == 302
    provider = Provider.objects.get(pk=admission.provider_id)
    assert (provider.address, provider.is_admitted) == ("新址", True)


def test_lists_are_searched_as_the_portal_is(admin, world):
    world.product.name = "金属材料（ＳＥＭ）检测"
    world.product.save()
    for typed, found in {"材料检测": 1, "金属、sem": 1, "金属、木材": 0}.items():
        assert admin.get(PRODUCTS, {"q": typed}).context["cl"].result_count == found


@pytest.mark.parametrize(("field", "typed"), [("name", "\ue000检测"), ("summary", "含\ue000字")])
def test_a_character_of_one_machine_is_refused_as_everywhere(admin, world, field, typed):
    answer = change(admin, world.product, **{field: typed})
    assert "是自造字" in answer.content.decode()


def test_a_price_of_nothing_is_refused_in_words(admin, world):
    words = change(admin, world.product, price="0").content.decode()
    assert ("参考价格须大于 0 元" in words, "约束" in words) == (True, False)


def test_a_category_is_chosen_below_the_one_above_it(admin, world):
    below = make_category(name="拉伸试验", parent=world.product.category)
    page = admin.get(reverse("admin:catalog_product_change", args=[world.product.pk])).content.decode()
    group = page.partition(f'<optgroup label="{world.product.category.name}">')[2].partition("</optgroup>")[0]
    assert f'value="{below.pk}"' in group


def test_the_name_of_an_institution_is_judged_as_in_an_admission(admin, world):
    provider = make_provider(name="样例检测院")
    url = reverse("admin:catalog_provider_change", args=[provider.pk])
    said = [admin.post(url, {"name": name}).context["adminform"].form.errors["name"] for name in ("院", "\ue001检测院")]
    assert "至少两个字" in said[0][0]
    assert "是自造字" in said[1][0]


def test_an_amount_in_a_list_is_written_as_everywhere(admin, world):
    Product.objects.filter(pk=world.product.pk).update(price=12_345)
    assert '<span class="money">¥\xa012,345.00</span>' in admin.get(PRODUCTS).content.decode()
