import pytest
from django.urls import reverse

from orders.models import Wanted
from orders.wanted import services
from orders.wanted.services import offer
from tests.factories import World, make_product, make_provider, make_user
from tests.helpers import constrained
from tests.orders.wanting import TYPED, another, moved_to, offered, shown, wanted_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


class TestReading:
    def test_nobody_else_reads_who_looks_for_it(self, client, world):
        wanted = shown(world)
        secrets = (world.unit.name, TYPED["contact"], TYPED["phone"])
        for person in (None, world.stranger, world.provider_member):
            client.logout()
            if person:
                client.force_login(person)
            for address in (reverse("wanted_list"), wanted.get_absolute_url()):
                page = client.get(address).content.decode()
                assert wanted.title in page
                assert [secret for secret in secrets if secret in page] == []

    @pytest.mark.parametrize(
        ("state", "readers"),
        [
            ("pending", {"applicant", "reader", "curator", "municipal"}),
            ("refused", {"applicant", "reader", "curator", "municipal"}),
            ("ordered", {"applicant", "reader", "curator", "municipal", "provider_member"}),
        ],
    )
    def test_what_is_not_shown_is_read_by_its_sides_alone(self, client, world, state, readers):
        wanted = moved_to(world, state)
        assert client.get(wanted.get_absolute_url()).status_code == 404
        names = ("applicant", "reader", "stranger", "provider_member", "platform", "municipal", "curator", "district")
        found = set()
        for name in names:
            client.force_login(world.people[name])
            found |= {name} if client.get(wanted.get_absolute_url()).status_code == 200 else set()
        assert found == readers

    def test_a_provider_reads_its_own_offer_alone(self, client, world):
        made = offered(world)
        rival = make_user()
        other = make_product(make_provider(rival, "12120000000000075R", "另一样例中心"), world.product.category)
        offer(made.wanted, other, "三天出报告。", by=rival)
        client.force_login(rival)
        assert [one.words for one in client.get(made.wanted.get_absolute_url()).context["offers"]] == ["三天出报告。"]
        client.force_login(world.applicant)
        assert len(client.get(made.wanted.get_absolute_url()).context["offers"]) == 2

    def test_lists_are_narrowed_and_tell_their_number(self, client, world):
        first, second = shown(world), shown(world, title="样例软件测评", category=another(world).category)
        wanted_by(world, title="等待审核的需求")
        page = client.get(reverse("wanted_list"))
        assert [one.title for one in page.context["page"]] == [second.title, first.title]
        assert "共 2 条" in page.content.decode()
        assert [one.pk for one in client.get(reverse("wanted_list"), {"q": "软件"}).context["page"]] == [second.pk]
        top = world.product.category.parent_id or world.product.category_id
        assert len(client.get(reverse("wanted_list"), {"category": top}).context["page"].object_list) == 2
        client.force_login(world.curator)
        desk = client.get(reverse("wanted_desk"), {"state": "pending"})
        assert [one.title for one in desk.context["page"]] == ["等待审核的需求"]
        client.force_login(world.applicant)
        assert client.get(reverse("wanted_desk")).status_code == 404
        assert len(client.get(reverse("wanted_own")).context["page"].object_list) == 3

    def test_a_provider_finds_its_offers(self, client, world):
        made = offered(world)
        client.force_login(world.provider_member)
        assert list(client.get(reverse("wanted_offers"), {"q": "疲劳"}).context["page"]) == [made]
        assert list(client.get(reverse("wanted_offers"), {"state": "ordered"}).context["page"]) == []
        client.force_login(make_user())
        for name in ("wanted_offers", "wanted_own"):
            assert list(client.get(reverse(name)).context["page"]) == []

    def test_a_state_that_is_none_is_kept_by_the_database(self, world):
        wanted = wanted_by(world)
        with constrained("wanted_state_known"):
            Wanted.objects.filter(pk=wanted.pk).update(state="nothing")

    @pytest.mark.parametrize("many", [5, 15])
    def test_a_list_costs_the_same_however_long_it_is(
        self, client, world, monkeypatch, many, django_assert_max_num_queries
    ):
        monkeypatch.setattr(services, "MOST", 100)
        for number in range(many):
            shown(world, title=f"样例需求{number}")
        with django_assert_max_num_queries(10):
            client.get(reverse("wanted_list"))
