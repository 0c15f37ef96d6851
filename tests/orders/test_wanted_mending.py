"""企业需求: what was not shown is mended and handed in again; offers end with the day that the firm wants; who was chosen reads it."""

import datetime as dt

import pytest
from django.urls import reverse

from notifications.models import Notice
from orders.models import Wanted
from orders.wanted import services
from orders.wanted.pages import CHOSEN, PASSED_OVER
from orders.wanted.services import mend_wanted, move_wanted, offer, take_offer
from policy.calendar import today
from tests.accounts.test_freezing_units import freeze
from tests.factories import World, make_product, make_provider, make_user
from tests.helpers import afresh, refused
from tests.orders.wanting import TYPED, curator, moved_to, offered, shown, typed, wanted_by

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(1)


@pytest.fixture
def world():
    return World()


def said(wanted, **changed):
    return {name: getattr(wanted, name) for name in services.ASKED} | changed


class TestMending:
    def test_the_page_tells_why_and_leads_to_the_form_which_hands_it_in_again(self, client, world):
        wanted = moved_to(world, "refused")
        client.force_login(world.applicant)
        page = client.get(wanted.get_absolute_url()).content.decode()
        edit = reverse("wanted_edit", args=[wanted.number])
        assert "平台没有公布，原因见说明。" in page
        assert edit in page
        assert "还没有报价" not in page
        form = client.get(edit).content.decode()
        assert "涉及保密内容。" in form
        assert TYPED["requirement"] in form
        answer = client.post(edit, typed(world, requirement="只需要检测室温下的拉伸性能。", seen=wanted.version))
        now = Wanted.objects.get()
        assert (answer.url, now.state, now.closing_words) == (wanted.get_absolute_url(), "pending", "")
        assert now.requirement == "只需要检测室温下的拉伸性能。"
        assert now.events.latest("sequence").text == "修改了需求描述"
        assert Notice.objects.filter(kind="wanted_pending", recipient=world.curator).count() == 2
        move_wanted(now, "publish", by=world.curator)
        assert list(Wanted.objects.shown()) == [now]

    def test_what_may_not_be_handed_in_again(self, world):
        wanted = moved_to(world, "refused")
        with refused("R-SAME"):
            mend_wanted(wanted, said(wanted), by=world.applicant)
        with refused("R-DATE"):
            mend_wanted(wanted, said(wanted, wanted_on=today() - DAY), by=world.applicant)
        with refused("R-ROLE"):
            mend_wanted(wanted, said(wanted, title="另一个名称"), by=world.reader)
        with refused("R-STATE"):
            mend_wanted(wanted_by(world, title="等待审核"), said(wanted), by=world.applicant)
        with refused("R-STALE"):
            mend_wanted(wanted, said(wanted, title="另一个名称"), by=world.applicant, seen=wanted.version + 5)
        freeze(world)
        with refused("R-FROZEN"):
            mend_wanted(wanted, said(wanted, title="另一个名称"), by=world.applicant)

    def test_it_counts_among_those_that_wait_at_once(self, world, monkeypatch):
        wanted = moved_to(world, "refused")
        monkeypatch.setattr(services, "MOST", 1)
        wanted_by(world, title="另一条需求")
        with refused("R-MANY"):
            mend_wanted(wanted, said(wanted, title="另一个名称"), by=world.applicant)

    def test_the_form_is_there_for_who_may_mend_it_and_says_what_stands_in_the_way(self, client, world):
        wanted = moved_to(world, "refused")
        edit = reverse("wanted_edit", args=[wanted.number])
        client.force_login(world.stranger)
        assert client.get(edit).status_code == 404
        client.force_login(world.reader)
        assert client.get(edit).url == wanted.get_absolute_url()
        client.force_login(world.applicant)
        page = client.post(edit, typed(world))
        assert page.context["form"].non_field_errors() == [services.UNCHANGED]
        assert set(client.post(edit, typed(world, phone="1")).context["form"].errors) == {"phone"}


class TestLastDay:
    def test_offers_are_taken_no_longer_than_the_day_on_which_it_is_wanted(self, world):
        soon = wanted_by(world, wanted_on=today() + 3 * DAY)
        assert move_wanted(soon, "publish", by=curator()).expires_on == today() + 3 * DAY

    def test_what_waited_beyond_that_day_is_not_shown(self, world):
        late = wanted_by(world)
        Wanted.objects.update(wanted_on=today() - DAY)
        with refused("R-DATE", match="已经过去"):
            move_wanted(late, "publish", by=curator())
        assert afresh(late).state == "pending"


class TestChosen:
    def test_each_provider_reads_whether_its_offer_was_chosen(self, client, world):
        wanted, rival = shown(world), make_user("rival")
        made = offered(world, wanted)
        other = make_product(make_provider(rival, "12120000000000075R", "另一样例中心"), world.product.category)
        offer(wanted, other, "三天出报告。", by=rival)
        order = take_offer(made, by=world.applicant)
        told = {}
        for person in (world.provider_member, rival, world.applicant):
            client.force_login(person)
            page = client.get(wanted.get_absolute_url())
            outcomes = {one.product_id: one.outcome for one in page.context["offers"]}
            told[person] = outcomes, order.get_absolute_url() in page.content.decode()
        mine, theirs = {made.product_id: CHOSEN}, {other.pk: PASSED_OVER}
        assert told == {
            world.provider_member: (mine, True),
            rival: (theirs, False),
            world.applicant: (mine | theirs, True),
        }
        client.force_login(rival)
        assert PASSED_OVER in client.get(reverse("wanted_offers")).content.decode()
        ordered = Notice.objects.filter(kind="wanted_ordered").values_list("recipient", flat=True)
        assert list(ordered) == [rival.pk]
