"""A demo that is as skewed as a portal: what is counted there comes back as shares, and nothing else leaves it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from catalog.models import Product
from orders.models import Order
from reviews.models import Turn
from tests.factories import World, drive_application
from tests.helpers import by_owner
from tten.demo.mass.profile import Profile, bounds, shares
from vouchers.models import Application

PROFILE = Profile(
    products=400,
    cases=600,
    products_of_providers=[(200, 1), (20, 5), (10, 10)],
    products_of_categories=[(200, 1), (100, 1), (10, 10)],
    orders_of_providers=[(150, 1), (10, 15)],
    applications_of_firms=[(120, 1), (8, 20), (2, 10)],
    turns_of_districts=[(900, 1), (20, 20)],
)


def largest(model, path, **only):
    """The share that the largest has, and how often each is met."""
    sizes = model.objects.filter(**only).values_list(path).annotate(size=Count("pk")).values_list("size", flat=True)
    return max(sizes) / sum(sizes)


@pytest.mark.bare
def test_a_profile_of_another_number_keeps_its_curve():
    assert shares([(6, 1), (2, 2)], 3) == [0.6, 0.2, 0.2]
    assert shares([(6, 1), (2, 2)], 6) == pytest.approx([0.3, 0.3, 0.1, 0.1, 0.1, 0.1])
    assert bounds([0.5, 0.25, 0.25]) == "ARRAY[0.500000000, 0.750000000]::float8[]"


@pytest.mark.bare
@pytest.mark.parametrize(
    "told", ["[]", '{"names": 1}', '{"products": -1}', '{"products": "many"}', "{", '{"orders_of_providers": [[0, 1]]}']
)
def test_what_is_no_profile_is_refused_by_the_name_of_its_file(tmp_path, told):
    path = tmp_path / "profile.json"
    path.write_text(told)
    with pytest.raises(CommandError, match=r"profile\.json"):
        call_command("demo", "--like", str(path))


@pytest.mark.django_db
def test_a_profile_tells_counts_alone():
    world = World()
    drive_application(world.make_application(), "district", world)
    told = io.StringIO()
    call_command("profile", stdout=told)
    found = json.loads(told.getvalue())
    assert set(found) == set(Profile.__dataclass_fields__)
    assert found["applications_of_firms"] == [[1, 1]]
    assert found["orders_of_providers"] == [[Order.objects.count(), 1]]
    assert {type(value) for value in found.values()} == {int, list}
    assert {type(part) for value in found.values() if isinstance(value, list) for pair in value for part in pair} == {
        int
    }


@pytest.mark.django_db
def test_a_demo_is_as_skewed_as_its_profile(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(PROFILE.text())
    assert Profile.read(path) == PROFILE
    with by_owner():  # as whoever types `make run`
        call_command("demo", "--like", str(path), stdout=io.StringIO())
        made = {"provider__unit__memberships__user__username__startswith": "institute_"}
        assert largest(Product, "provider", **made) == pytest.approx(0.5, abs=0.1)
        offering = Product.objects.filter(is_marked=True, status="on_sale", **made).values("provider").distinct()
        first = shares(PROFILE.orders_of_providers, offering.count())[0]  # who offers nothing has no share
        assert largest(Order, "provider", **made) == pytest.approx(first, abs=0.1)
        firms = {"unit__memberships__user__username__startswith": "enterprise_"}
        assert largest(Application, "unit", **firms) > 0.35
        assert largest(Turn, "office", office__district__isnull=False) > 0.4
        transaction.set_rollback(True)
