"""The mark is in force while the provider is admitted and the category in scope: the database carries it."""

import pytest
from django.db import connection

from catalog.admissions.services import move_admission
from catalog.mall.benefit import tell_benefits
from catalog.mall.services import save_product, set_mark
from catalog.models import Product, Provider
from tests.factories import drive_admission, make_category, make_laboratory, make_product, make_provider
from tests.helpers import afresh, by_owner, constrained, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(db):
    return make_category()


@pytest.fixture
def admission(world, category):
    return world.admit(scope=[category])


@pytest.fixture
def product(admission, category):
    return make_product(admission.provider, category)


def mark(product):
    product.refresh_from_db()
    return product.is_marked, product.mark_rests


def suspend(admission, world):
    return move_admission(admission, "suspend", by=world.platform, note="整改。")


def test_the_mark_needs_an_admission_that_is_in_force(world, admission, category):
    plain = make_product(admission.provider, category, is_marked=False)
    suspend(admission, world)
    with refused("R-QUAL", "现在不是创新券服务机构"):
        set_mark(plain, marked=True)


def test_the_mark_needs_a_category_in_scope(admission):
    with refused("R-SCOPE", "不在“海河样例科技有限公司”的入驻服务范围内"):
        set_mark(make_product(admission.provider, make_category(), is_marked=False), marked=True)


def test_a_category_below_one_in_scope_is_in_scope(admission, category):
    below = make_category(parent=category)
    assert set_mark(make_product(admission.provider, below, is_marked=False), marked=True).is_marked


def test_a_scope_without_the_flag_bears_no_mark(world):
    plain = make_category(may_be_marked=False)
    admission = world.admit(scope=[plain])
    with refused("R-SCOPE", "不在创新券支持范围内"):
        set_mark(make_product(admission.provider, plain, is_marked=False), marked=True)


def test_marks_rest_while_suspended_and_come_back(world, admission, product):
    taken = make_product(admission.provider, product.category, is_marked=False)
    suspended = suspend(admission, world)
    assert mark(product) == (False, True)
    move_admission(suspended, "resume", by=world.platform, note="整改完成。")
    assert (mark(product), mark(taken)) == ((True, False), (False, False))


def test_marks_rest_after_the_end_and_a_new_admission_wakes_those_in_its_scope(world, admission, product, category):
    wider = make_category()
    admission.provider.scope.add(wider)
    other = make_product(admission.provider, wider)
    move_admission(admission, "withdraw", by=world.applicant)
    assert (mark(product), mark(other)) == ((False, True), (False, True))
    drive_admission(world.make_admission(scope=[category]), "admitted", world, by=world.applicant)
    assert (mark(product), mark(other)) == ((True, False), (False, True))


def test_a_resting_mark_neither_shows_nor_counts_nor_is_copied(client, world, admission, product):
    suspend(admission, world)
    assert product not in Product.objects.on_shelf().filter(is_marked=True)
    product.refresh_from_db()
    tell_benefits([product])
    assert product.benefit is None
    shown = client.get(product.get_absolute_url()).content.decode()
    assert "券后约" not in shown
    assert not world.make_order(by=world.stranger, product=product).is_marked


def test_orders_of_before_keep_their_mark(world, admission, product):
    order = world.make_order(by=world.stranger, product=product)
    suspend(admission, world)
    assert afresh(order).is_marked


def test_writing_a_product_keeps_its_resting_mark_and_a_new_category_takes_it(world, admission, product):
    suspend(admission, world)
    product.refresh_from_db()
    product.name = "改名"
    save_product(product, by=world.applicant)
    assert mark(product) == (False, True)
    product.category = make_category()
    save_product(product, by=world.applicant)
    assert mark(product) == (False, False)


def test_the_mark_may_be_taken_while_it_rests(world, admission, product):
    suspend(admission, world)
    set_mark(product, marked=False)
    assert mark(product) == (False, False)


@pytest.mark.parametrize(
    "write",
    [
        lambda product: Product.objects.filter(pk=product.pk).update(is_marked=True, mark_rests=False),
        lambda product: make_product(product.provider, product.category),
        lambda product: Product.objects.bulk_create(
            [
                Product(
                    number="KTX",
                    provider=product.provider,
                    category=product.category,
                    name="x",
                    price=1,
                    is_marked=True,
                )
            ]
        ),
    ],
)
def test_the_database_refuses_a_mark_without_an_admission(world, admission, product, write):
    suspend(admission, world)
    with constrained("product_mark_needs_admission"):
        write(product)


def test_the_database_refuses_a_mark_out_of_scope_and_at_another_provider(admission, product):
    with constrained("product_mark_needs_admission"):
        Product.objects.filter(pk=product.pk).update(category=make_category())
    with constrained("product_mark_needs_admission"):
        Product.objects.filter(pk=product.pk).update(provider=make_provider(is_admitted=False))


def test_a_raw_write_of_the_provider_carries_the_marks_too(admission, product):
    Provider.objects.filter(pk=admission.provider_id).update(is_admitted=False)
    assert mark(product) == (False, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_provider SET is_admitted = true WHERE id = %s", [admission.provider_id])
    assert mark(product) == (True, False)


def test_a_laboratory_bears_the_mark_by_its_list_alone(world):
    laboratory = make_laboratory()
    product = make_product(laboratory.provider, is_marked=False)
    assert set_mark(product, marked=True).is_marked
    assert not laboratory.provider.admissions.exists()


def test_marks_are_settled_once_however_many_categories_change(admission, product):
    with by_owner() as cursor:
        cursor.execute("SET LOCAL track_functions = 'all'")
        before = settled(cursor)
        admission.provider.scope.add(*(make_category() for _ in range(5)))
        assert settled(cursor) - before == 1
        admission.provider.scope.remove(*admission.provider.scope.all())
        assert settled(cursor) - before == 2
    assert mark(product) == (True, False)  # no scope limits nothing


def settled(cursor):
    cursor.execute("SELECT sum(calls) FROM pg_stat_xact_user_functions WHERE funcname = 'catalog_settle_marks'")
    return cursor.fetchone()[0] or 0


def test_marks_follow_a_row_of_the_scope_that_is_changed(admission, product):
    wider = make_category()
    admission.provider.scope.through.objects.filter(provider=admission.provider).update(category=wider)
    assert mark(product) == (False, True)
