"""服务评价: given by redemptions that pass, shown from three on, answered once, hidden with a reason."""

import itertools
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Rating
from catalog.ratings import services
from catalog.ratings.figures import Figures, figures_of
from records.steps import chain_holds
from redemption.models import Claim
from tests.factories import drive_claim, make_product, make_user
from tests.helpers import afresh, constrained, refused

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)


def rated(world, *stars, product=None):
    """Ratings with so many stars."""
    product = product or world.product
    for each in stars:
        services.rate_service(world.make_order(product=product), f"DX{next(numbers):09d}", each)
    return list(Rating.objects.filter(product=product).order_by("pk"))


def opened(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(thing):
    return Client().get(thing.get_absolute_url()).content.decode()


def steps(rating):
    return list(rating.events.order_by("sequence").values_list("step", "text"))


def test_a_redemption_that_passes_gives_its_stars_once(world):
    claim = drive_claim(world.make_claim(), "passed", world)
    rating = Rating.objects.get()
    said = (rating.product, rating.provider, rating.claim_number, rating.stars)
    assert said == (world.product, world.provider, claim.number, claim.rating)
    services.rate_service(claim.application.order, claim.number, 1)
    assert afresh(rating).stars == claim.rating


def test_a_redemption_without_stars_leaves_none(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim)
    Claim.objects.filter(pk=claim.pk).update(rating=None)
    claim = world.decide(claim, world.body_second, "pass_review", "专家组一致同意。")
    assert (claim.state, Rating.objects.count()) == ("passed", 0)


def test_a_redemption_that_is_under_way_says_nothing(world):
    drive_claim(world.make_claim(), "experts", world)
    assert not Rating.objects.exists()


def test_of_fewer_than_three_nothing_is_shown(world):
    rated(world, 5, 1)
    for page in (page_of(world.product), page_of(world.provider)):
        assert "评价满 3 条后显示" in page
        assert "rating-mean" not in page


def test_from_three_on_mean_and_spread_are_shown_without_a_name(world):
    rated(world, 5, 4, 4)
    page = page_of(world.product)
    assert "<strong>4.3</strong>" in page
    assert "这个服务共 3 条评价" in page
    assert 'value="67" aria-label="4 分占 67%"' in page
    assert "4.3" in page_of(world.provider)
    assert not any(word in page for word in (world.unit.name, Rating.objects.first().claim_number))


def test_a_service_with_few_shows_those_of_its_institution(world):
    rated(world, 5, 5, 2)
    other = make_product(world.provider, world.product.category, name="另一项服务")
    page = page_of(other)
    assert "这家机构的全部服务共 3 条评价" in page
    assert "<strong>4.0</strong>" in page


def test_the_institution_answers_once_in_public(world):
    low = rated(world, 2, 5, 5)[0]
    keeper, address = opened(world.provider_member), reverse("rating_answer", args=[low.pk])
    assert "回复" in keeper.get(reverse("rating_list")).content.decode()
    assert "至少写 5 个字" in keeper.post(address, {"answer": "好"}).content.decode()
    assert keeper.post(address, {"answer": "已经改进了报告的格式。"})["Location"] == reverse("rating_list")
    assert "已经改进了报告的格式。" in page_of(world.product)
    again = keeper.post(address, {"answer": "再说一次，换一种说法。"}).content.decode()
    assert "每条评价只能回复一次" in again
    assert steps(low) == [("rating_answered", "已经改进了报告的格式。")]
    assert chain_holds(low)


def test_one_that_was_answered_asks_for_nothing_more(world):
    low = rated(world, 2, 5, 5)[0]
    keeper, address = opened(world.provider_member), reverse("rating_answer", args=[low.pk])
    assert 'name="answer"' in keeper.get(address).content.decode()
    services.answer_rating(low, "已经改进了报告的格式。", by=world.provider_member)
    page = keeper.get(address).content.decode()
    assert "每条评价只回复一次，回复后不能修改。" in page
    assert 'name="answer"' not in page
    assert 'name="why"' in opened(world.curator).get(reverse("rating_hide", args=[low.pk])).content.decode()


def test_a_curator_hides_with_a_reason_and_shows_again(world):
    bad = rated(world, 1, 5, 5, 5)[0]
    curator, address = opened(world.curator), reverse("rating_hide", args=[bad.pk])
    assert "至少写 5 个字" in curator.post(address, {"why": "错"}).content.decode()
    curator.post(address, {"why": "评价的是另一家机构的服务。"})
    assert figures_of(product=world.product).counts == {5: 3}
    assert "已隐藏：评价的是另一家机构的服务。" in curator.get(reverse("rating_list")).content.decode()
    assert "恢复显示" in curator.get(address).content.decode()
    with refused("R-ONCE"):
        services.answer_rating(bad, "我们不同意这个评价。", by=world.provider_member)
    curator.post(address)
    assert figures_of(product=world.product).count == 4
    assert steps(bad) == [("rating_hidden", "评价的是另一家机构的服务。"), ("rating_shown", "")]


def test_who_may(world):
    rating = rated(world, 5, 5, 5)[0]
    for name in ("applicant", "stranger", "platform", "municipal"):
        with refused("R-PERM"):
            services.answer_rating(rating, "不该由他回复。", by=world.people[name])
        with refused("R-PERM"):
            services.hide_rating(rating, "不该由他隐藏。", by=world.people[name])
        client = opened(world.people[name])
        found = [client.get(reverse(f"rating_{page}", args=args)).status_code for page, args in pages(rating)]
        assert found == [404, 404, 404]
    with refused("R-PERM"):
        services.answer_rating(rating, "目录管理员不替机构回复。", by=world.curator)
    assert opened(world.provider_member).get(reverse("rating_hide", args=[rating.pk])).status_code == 404


def pages(rating):
    return [("list", []), ("answer", [rating.pk]), ("hide", [rating.pk])]


def test_an_institution_sees_none_while_one_could_tell_whose_they_are(world):
    rating = rated(world, 4, 4)[0]
    keeper = opened(world.provider_member)
    assert "还没有可以显示的评价" in keeper.get(reverse("rating_list")).content.decode()
    assert keeper.get(reverse("rating_answer", args=[rating.pk])).status_code == 404
    world.provider.unit.memberships.create(user=(reader := make_user("quiet")), role="reader")
    rated(world, 3)
    assert reverse("rating_answer", args=[rating.pk]) not in opened(reader).get(reverse("rating_list")).content.decode()
    assert opened(reader).get(reverse("rating_answer", args=[rating.pk])).status_code == 404


def test_the_list_costs_the_same_for_fifty(world, django_assert_max_num_queries):
    rated(world, *([5] * 25))
    client = opened(world.provider_member)
    client.get(reverse("rating_list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("rating_list"))


def test_constraints(world):
    (rating,) = rated(world, 5)
    rows, now = Rating.objects.filter(pk=rating.pk), timezone.now()
    for name, change in (
        ("rating_of_one_to_five", {"stars": 6}),
        ("rating_answered_with_words", {"answered_at": now}),
        ("rating_hidden_with_a_reason", {"hidden_at": now}),
    ):
        with constrained(name):
            rows.update(**change)


@pytest.mark.bare
def test_arithmetic():
    figures = Figures({5: 1, 4: 1, 1: 1})
    assert (figures.mean, figures.is_enough) == (Decimal("3.3"), True)
    assert [(line.stars, line.count, line.percent) for line in figures.lines][:2] == [(5, 1, 33), (4, 1, 33)]
    assert not Figures({5: 2}).is_enough
