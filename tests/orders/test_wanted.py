import datetime as dt

import pytest
from django.urls import reverse

from accounts.members.switching import carried
from catalog.models import Product, Provider
from notifications.models import Notice
from orders.models import Order, Wanted, WantedOffer
from orders.tasks import expire_needs
from orders.wanted import services
from orders.wanted.kind import WantedKind
from orders.wanted.services import move_wanted, offer, take_back, take_offer
from policy.calendar import today
from records.rules import RuleBroken
from tests.accounts.test_freezing_units import freeze
from tests.factories import World, make_product, make_provider, make_unit, make_user
from tests.helpers import constrained, new_policy
from tests.orders.wanting import TYPED, another, curator, moved_to, offered, shown, typed, wanted_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def refused(code, verb, *given, **said):
    with pytest.raises(RuleBroken) as refusal:
        verb(*given, **said)
    assert refusal.value.code == code


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


class TestPublishing:
    def test_a_certified_firm_hands_its_need_to_the_platform_and_the_curator_hears_of_it(self, client, world):
        keeper = curator()
        client.force_login(world.applicant)
        answer = client.post(reverse("wanted_new"), typed(world, acting=carried(world.unit)))
        wanted = Wanted.objects.get()
        assert answer.url == wanted.get_absolute_url()
        assert (wanted.unit, wanted.author, wanted.state) == (world.unit, world.applicant, "pending")
        assert [event.step for event in wanted.events.all()] == ["place"]
        assert told(keeper) == ["wanted_pending"]

    def test_an_equal_second_is_asked_about_and_kept_when_it_is_meant(self, client, world):
        client.force_login(world.applicant)
        first, second = (client.post(reverse("wanted_new"), typed(world)) for _ in range(2))
        assert (first.status_code, second.status_code, Wanted.objects.count()) == (302, 200, 1)
        again = typed(world, again=Wanted.objects.get().number)
        assert client.post(reverse("wanted_new"), again).status_code == 302
        assert Wanted.objects.count() == 2

    def test_what_is_missing_is_said_beside_its_field(self, client, world):
        client.force_login(world.applicant)
        page = client.post(reverse("wanted_new"), typed(world, requirement="太短", phone="123"))
        assert set(page.context["form"].errors) == {"requirement", "phone"}

    def test_who_has_no_unit_or_none_that_stands_is_refused(self, world):
        refused("R-UNIT", services.publish_wanted, Wanted(**TYPED), by=make_user())
        refused("R-ROLE", services.publish_wanted, Wanted(**TYPED), by=world.reader)
        refused("R-CERT", services.publish_wanted, Wanted(**TYPED), by=uncertified())
        freeze(world)
        refused("R-FROZEN", services.publish_wanted, Wanted(**TYPED), by=world.applicant)

    def test_a_firm_has_only_so_many_at_once(self, client, world, monkeypatch):
        monkeypatch.setattr(services, "MOST", 1)
        wanted_by(world)
        client.force_login(world.applicant)
        page = client.post(reverse("wanted_new"), typed(world, title="另一条需求"))
        assert page.context["form"].non_field_errors() == [services.TOO_MANY]


def uncertified():
    person = make_user()
    make_unit(person, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    return person


class TestDeciding:
    def test_what_is_shown_gets_its_last_day_from_the_policy_and_the_firm_hears(self, world):
        new_policy(wanted_days=7)
        wanted = shown(world)
        assert (wanted.state, wanted.expires_on) == ("open", today() + dt.timedelta(7))
        assert told(world.applicant)[-1:] == ["wanted_open"]

    def test_not_to_show_it_needs_words_which_the_firm_reads(self, world):
        wanted = wanted_by(world)
        refused("R-WORDS", move_wanted, wanted, "refuse", by=curator(), words=" ")
        move_wanted(wanted, "refuse", by=curator(), words="涉及保密内容。")
        assert "涉及保密内容。" in Notice.objects.get(recipient=world.applicant, kind="wanted_refused").body

    @pytest.mark.parametrize(
        ("state", "step", "allowed"),
        [
            ("pending", "publish", {"curator"}),
            ("pending", "refuse", {"curator"}),
            ("pending", "close", {"applicant"}),
            ("open", "close", {"applicant"}),
            ("open", "publish", set()),
            ("ordered", "close", set()),
            ("refused", "close", {"applicant"}),
            ("closed", "publish", set()),
            ("expired", "close", set()),
        ],
    )
    def test_who_may_take_which_step(self, world, state, step, allowed):
        wanted, found = moved_to(world, state), set()
        names = ("applicant", "reader", "stranger", "provider_member", "platform", "municipal", "curator", "district")
        for name in names:
            try:
                move_wanted(Wanted.objects.get(pk=wanted.pk), step, by=world.people[name], words="原因。")
            except RuleBroken:
                continue
            found.add(name)
            break
        assert found == allowed

    def test_pages_offer_the_steps_and_take_them(self, client, world):
        wanted = wanted_by(world)
        client.force_login(world.curator)
        page = client.get(wanted.get_absolute_url())
        assert [act["step"] for act in page.context["acts"]] == ["publish", "refuse"]
        assert client.post(reverse("wanted_move", args=[wanted.number, "publish"])).url == wanted.get_absolute_url()
        assert Wanted.objects.get().state == "open"
        assert client.post(reverse("wanted_move", args=[wanted.number, "nothing"])).status_code == 404


class TestOffering:
    def test_mark_price_and_category_are_copied_and_the_firm_hears(self, world):
        made = offered(world)
        product = world.product
        assert (made.product_name, made.price, made.is_marked) == (product.name, product.price, product.is_marked)
        assert (made.category_name, made.price_unit, made.provider) == (
            product.category.name,
            product.price_unit,
            world.provider,
        )
        assert told(world.applicant)[-1:] == ["wanted_offered"]
        Product.objects.filter(pk=product.pk).update(price=1)
        assert WantedOffer.objects.get().price == product.price

    def test_one_service_is_offered_once_and_again_after_it_was_taken_back(self, world):
        made = offered(world)
        refused("R-DUP", offer, made.wanted, world.product, "再来。", by=world.provider_member)
        with constrained("wanted_offer_once_a_product"):
            WantedOffer.objects.create(
                **{
                    field: getattr(made, field)
                    for field in (
                        "wanted",
                        "provider",
                        "product",
                        "product_name",
                        "category_name",
                        "price",
                        "words",
                        "by",
                    )
                }
            )
        take_back(made, by=world.provider_member)
        assert offered(world, made.wanted).pk == made.pk

    def test_what_may_not_be_offered(self, world):
        wanted, pending = shown(world), wanted_by(world, title="没有公布的需求")
        refused("R-STATE", offer, pending, world.product, "说明", by=world.provider_member)
        refused("R-REL", offer, wanted, world.product, "说明", by=world.applicant)
        refused("R-SHELF", offer, wanted, world.product, "说明", by=world.stranger)
        refused("R-SHELF", offer, wanted, another(world, status="withdrawn"), "说明", by=world.provider_member)
        Wanted.objects.filter(pk=wanted.pk).update(expires_on=today() - dt.timedelta(1))
        refused("R-STATE", offer, wanted, world.product, "说明", by=world.provider_member)

    def test_a_person_of_two_units_offers_no_service_of_the_firm_itself(self, world):
        member = make_user()
        own = make_product(make_provider(member), world.product.category)
        wanted = shown(world)
        Wanted.objects.filter(pk=wanted.pk).update(unit=own.provider.unit)
        own.provider.unit.memberships.all().delete()
        refused("R-SHELF", offer, wanted, own, "说明", by=member)

    def test_a_reason_that_is_too_long_is_said_and_nothing_ends(self, client, world):
        wanted = shown(world)
        client.force_login(world.applicant)
        answer = client.post(reverse("wanted_move", args=[wanted.number, "close"]), {"words": "长" * 600})
        assert (answer.status_code, Wanted.objects.get(pk=wanted.pk).state) == (409, "open")
        assert "500" in answer.content.decode()
        assert "长" * 600 in answer.content.decode()

    def test_nobody_takes_back_what_an_institution_without_a_unit_has_offered(self, world):
        made = offered(world)
        Provider.objects.filter(pk=made.provider_id).update(unit=None)
        refused("R-PERM", take_back, WantedOffer.objects.get(pk=made.pk), by=world.provider_member)
        assert WantedOffer.objects.get(pk=made.pk).taken_back_at is None

    def test_after_the_need_has_ended_an_offer_stays(self, world):
        made = offered(world)
        move_wanted(made.wanted, "close", by=world.applicant)
        refused("R-STATE", take_back, made, by=world.provider_member)
        assert told(world.provider_member)[-1:] == ["wanted_closed"]

    def test_the_page_takes_an_offer_and_says_why_not(self, client, world):
        wanted = shown(world)
        client.force_login(world.provider_member)
        address = reverse("wanted_offer", args=[wanted.number])
        typed_words = {"product": world.product.pk, "words": "五天出报告。"}
        assert client.post(address, typed_words).url == wanted.get_absolute_url()
        page = client.post(address, typed_words)
        assert page.status_code == 409
        assert services.OFFERED_ALREADY in page.content.decode()
        made = WantedOffer.objects.get()
        assert client.post(reverse("wanted_offer_withdraw", args=[made.pk])).url == wanted.get_absolute_url()
        assert client.post(reverse("wanted_offer_withdraw", args=[made.pk])).status_code == 404


class TestTaking:
    def test_what_was_offered_is_ordered_as_every_order_is_and_the_need_ends(self, client, world):
        made = offered(world)
        client.force_login(world.applicant)
        address = reverse("wanted_take", args=[made.wanted.number, made.pk])
        assert made.product_name in client.get(address).content.decode()
        assert Order.objects.count() == 0
        answer = client.post(address, {"acting": carried(world.unit)})
        order, wanted = Order.objects.get(), Wanted.objects.get()
        assert answer.url == order.get_absolute_url()
        assert (order.product, order.unit, order.requirement) == (world.product, world.unit, wanted.requirement)
        assert (order.price, order.is_marked, order.budget) == (world.product.price, world.product.is_marked, 20_000)
        assert (wanted.state, wanted.order_placed) == ("ordered", order)
        assert "order_placed" in told(world.provider_member)
        assert client.post(address).status_code == 409

    def test_an_offer_that_was_taken_back_or_whose_service_is_gone_is_not_ordered(self, world):
        wanted = shown(world)
        made, gone = offered(world, wanted), offered(world, wanted, another(world))
        take_back(made, by=world.provider_member)
        refused("R-STATE", take_offer, made, by=world.applicant)
        Product.objects.filter(pk=gone.product_id).update(status="withdrawn")
        refused("R-SHELF", take_offer, gone, by=world.applicant)
        assert (Order.objects.count(), Wanted.objects.get().state) == (0, "open")

    def test_a_need_past_its_last_day_is_not_ordered(self, world):
        made = offered(world)
        Wanted.objects.update(expires_on=today() - dt.timedelta(1))
        refused("R-DATE", take_offer, made, by=world.applicant)
        assert Order.objects.count() == 0

    def test_nobody_else_orders(self, client, world):
        made = offered(world)
        refused("R-UNIT", take_offer, made, by=world.stranger)
        client.force_login(world.stranger)
        assert client.get(reverse("wanted_take", args=[made.wanted.number, made.pk])).status_code == 404


class TestEnding:
    def test_the_clock_ends_what_is_past_its_last_day_once(self, world):
        made = offered(world)
        Wanted.objects.update(expires_on=today())
        expire_needs()
        assert Wanted.objects.get().state == "open"
        Wanted.objects.update(expires_on=today() - dt.timedelta(1))
        expire_needs()
        expire_needs()
        assert Wanted.objects.get(pk=made.wanted_id).state == "expired"
        assert told(world.applicant)[-1:] == ["wanted_expired"]
        assert told(world.provider_member) == ["wanted_closed"]

    def test_a_unit_with_a_need_under_way_keeps_its_administrator(self, world):
        kind = WantedKind()
        assert kind.keeps(world.unit) is False
        wanted = wanted_by(world)
        assert kind.keeps(world.unit) is True
        assert list(kind.of(world.applicant)) == [wanted]
        assert kind.next_words(wanted, own=True).startswith("等待平台审核")
        assert kind.next_words(wanted, own=False) == ""

    def test_the_copy_of_one_s_data_tells_needs_and_offers(self, world):
        made = offered(world)
        assert WantedKind().export(world.applicant)["我发布的需求"][0]["需求"] == made.wanted.title
        assert WantedKind().export(world.provider_member)["我的报价"] == [
            {"需求": made.wanted.title, "产品": made.product_name, "说明": "五天出报告。"}
        ]
