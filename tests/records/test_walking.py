"""Many rows come piece by piece, and nothing stays open between two pieces."""

import pytest

from accounts.models import User
from records.walking import walked
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_every_row_comes_once_in_the_order_of_its_key():
    made = [make_user() for _ in range(7)]
    rows = User.objects.filter(pk__in=[one.pk for one in made]).order_by("-pk")
    assert list(walked(rows, 3)) == made


def test_a_row_that_goes_meanwhile_does_not_come():
    made = [make_user() for _ in range(4)]
    walk = walked(User.objects.filter(pk__gte=made[0].pk, username__gt=""), 2)
    seen = [next(walk), next(walk)]
    User.objects.filter(pk=made[2].pk).update(username="")
    assert [*seen, *walk] == [made[0], made[1], made[3]]


def test_each_piece_is_a_question_of_its_own(django_assert_num_queries):
    made = [make_user() for _ in range(5)]
    with django_assert_num_queries(3):
        assert list(walked(User.objects.filter(pk__gte=made[0].pk), 2)) == made
