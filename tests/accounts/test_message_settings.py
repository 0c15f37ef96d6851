"""消息设置: what a person turns off does not reach him that way; what may not be turned off does, whatever is sent."""

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.kinds import KINDS
from notifications.matters import MATTERS, Use
from notifications.models import Channel, Delivery, MessageSettings, Notice
from notifications.services import keep_wishes, send_out
from notifications.ways import next_way, wishes_for
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db
URL = "message_settings"
PHONE = "13800000001"


def known(**facts):
    return make_user(email="jia@example.com", phone=PHONE, phone_verified_at=timezone.now(), **facts)


def ways(person, kind):
    notice = Notice.objects.create(recipient=person, kind=kind, subject="标题", body="内容")
    send_out([notice])
    return list(notice.deliveries.values_list("channel", flat=True))


def boxes(client):
    return {name: True for name, field in client.get(reverse(URL)).context["form"].fields.items() if field.initial}


def test_without_a_choice_everything_goes_as_the_table_says():
    person = known()
    assert [ways(person, kind) for kind in ("application_body", "unit_left", "list_ready")] == [["mail"], ["mail"], []]


def test_a_way_that_is_turned_off_is_passed_over(client):
    person = known()
    client.force_login(person)
    sent = boxes(client)
    del sent["progress.mail"]
    answer = client.post(reverse(URL), sent)
    assert answer.status_code == 302
    assert MessageSettings.objects.get().chosen == {"progress.mail": False}
    assert ways(person, "application_body") == ["sms"]
    assert boxes(client) == sent


def test_a_group_that_is_turned_off_stands_in_the_portal_alone():
    person = known()
    keep_wishes(person, {f"orders.{channel}": False for channel in Channel})
    assert (ways(person, "order_confirmed"), ways(person, "application_body")) == ([], ["mail"])
    assert Notice.objects.filter(recipient=person).count() == 2


def test_the_next_way_is_one_that_is_wanted():
    person = known()
    keep_wishes(person, {"progress.sms": False})
    notice = Notice.objects.create(recipient=person, kind="application_body", subject="标题", body="内容")
    send_out([notice])
    Delivery.objects.update(failed_at=timezone.now())
    assert next_way(notice) is None
    keep_wishes(person, {})
    following = next_way(notice)
    assert (following.channel, following.address) == ("sms", PHONE)


def test_what_may_not_be_turned_off_is_no_choice(client):
    person = known()
    client.force_login(person)
    page = client.get(reverse(URL))
    forced = [matter for matter in MATTERS.values() if Use.FORCED in matter.ways.values()]
    assert not {matter.key("mail") for matter in forced} & set(page.context["form"].fields)
    assert MATTERS["verdicts"].why in page.content.decode()
    client.post(reverse(URL), {"progress.mail": "on", "verdicts.mail": ""})
    keep_wishes(person, {"verdicts.mail": False, "security.mail": False, "nothing": False})
    assert wishes_for(person.pk).chosen == {}
    assert ways(person, "application_approved") == ["mail"]


def test_each_reads_of_the_groups_that_concern_him(client):
    world = World()
    read = {}
    for person in (world.applicant, world.people["district"], make_user()):
        client.force_login(person)
        read[person] = {line.matter.name for line in client.get(reverse(URL)).context["form"].lines()}
    firm, staff, newcomer = read.values()
    assert ("orders" in firm, "arrivals" in firm) == (True, False)
    assert ("orders" in staff, "arrivals" in staff) == (False, True)
    assert newcomer == firm


def test_addresses_are_masked_and_lead_to_where_they_are_changed(client, settings):
    client.force_login(known())
    page = client.get(reverse(URL)).content.decode()
    assert ("138****0001" in page, PHONE in page, reverse("wechat_account") in page) == (True, False, False)
    settings.NOTICES = settings.NOTICES | {"wechat": settings.NOTICES["wechat"] | {"template": "T1"}}
    page = client.get(reverse(URL)).content.decode()
    assert reverse("wechat_account") in page


def test_it_asks_once_for_the_choices_of_all(django_assert_num_queries):
    people = [known(), make_user(email="yi@example.com"), make_user(email="bing@example.com")]
    notices = [Notice(recipient=person, kind="unit_left", subject="标题", body="内容") for person in people]
    with django_assert_num_queries(3):
        send_out(Notice.objects.bulk_create(notices))


@pytest.mark.bare
def test_each_kind_goes_by_ways_that_its_group_knows():
    strange = {kind.name for kind in KINDS.values() if set(kind.ways) - set(kind.matter.ways)}
    assert strange == set()
    assert [matter.name for matter in MATTERS.values() if Use.FORCED in matter.ways.values() and not matter.why] == []


@pytest.mark.bare
def test_a_way_may_be_off_until_it_is_chosen():
    matter = MATTERS["orders"]
    quiet = type(matter)("quiet", "a", "b", {Channel.MAIL: Use.OFF})
    del MATTERS["quiet"]
    assert (quiet.takes("mail", {}), quiet.takes("mail", {"quiet.mail": True}), quiet.takes("sms", {})) == (
        False,
        True,
        False,
    )
