"""Invitations by phone number: who may send and take them; nothing tells whether a number has an account."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.members.invitations.services import accept, decline, invite, renew, withdraw
from accounts.members.joining.services import ask_to_join
from accounts.members.services import change_role, hand_over
from accounts.models import Invitation, TextMessage, UnitMember
from accounts.permissions import may_invite
from notifications.models import Notice
from tests.factories import make_unit, make_user
from tests.helpers import afresh, at_once, constrained, new_policy, refused

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "13700000001", "13700000002"


@pytest.fixture
def guest():
    return make_user("guest", name="丁样例", phone=NUMBER, phone_verified_at=timezone.now())


def send(world, phone=NUMBER, role="handler", **more):
    return invite(world.unit, phone, role, by=more.pop("by", world.applicant), **more)


PLACES = {  # place → (role, who may invite with it)
    "unit": ("admin", {"applicant"}),
    "platform_office": ("reviewer", {"municipal"}),
    "district_office": ("reviewer", {"municipal"}),
    "municipal_office": ("lead", {"municipal"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_who_may_invite(world, place):
    role, expected = PLACES[place]
    found = {name for name, person in world.people.items() if may_invite(getattr(world, place), person, role)}
    assert found == expected
    outsider = next(person for name, person in world.people.items() if name not in expected)
    with refused("R-PERM"):
        invite(getattr(world, place), NUMBER, role, by=outsider)


def test_the_page_says_the_same_whether_a_number_has_an_account(client, world, guest):
    client.force_login(world.applicant)
    url = reverse("unit_invite", args=[world.unit.number])
    answers = [client.post(url, {"phone": phone, "role": "handler"}, follow=True) for phone in (NUMBER, OTHER)]
    texts = [answer.content.decode().replace(OTHER, NUMBER) for answer in answers]
    messages = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert messages[0] == messages[1]
    assert "丁样例" not in "".join(texts)
    assert list(TextMessage.objects.order_by("phone").values_list("phone", "template")) == [
        (NUMBER, "invitation"),
        (OTHER, "invitation"),
    ]


def test_whoever_has_verified_the_number_accepts(client, world, guest, django_assert_max_num_queries):
    client.force_login(world.applicant)
    with django_assert_max_num_queries(27):  # two of them for the key of the act
        client.post(reverse("unit_invite", args=[world.unit.number]), {"phone": NUMBER, "role": "handler"})
    invitation = Invitation.objects.get()
    client.force_login(guest)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("invitation_list")).content.decode()
    assert world.unit.name in page
    with django_assert_max_num_queries(25):
        client.post(reverse("invitation_answer", args=[invitation.pk, "accept"]))
    assert UnitMember.objects.get(user=guest).role == "handler"
    assert afresh(invitation).accepted_by == guest
    assert Notice.objects.filter(recipient=world.applicant, kind="invitation_accepted").exists()
    assert world.unit.events.latest("sequence").step == "invitation_accepted"


@pytest.mark.parametrize("verified", [None, "other"])
def test_a_number_that_was_only_typed_opens_nothing(client, world, verified):
    phone = NUMBER if verified is None else OTHER
    thief = make_user("thief", phone=phone)
    type(thief).objects.filter(pk=thief.pk).update(phone_verified_at=timezone.now() if verified else None)
    thief.refresh_from_db()
    invitation = send(world)
    client.force_login(thief)
    assert world.unit.name not in client.get(reverse("invitation_list")).content.decode()
    assert client.post(reverse("invitation_answer", args=[invitation.pk, "accept"])).status_code == 404
    with refused("R-PHONE"):
        accept(invitation, by=thief)
    assert not Notice.objects.filter(recipient=thief).exists()


def test_it_ends_after_fourteen_days_and_can_be_sent_again(client, world, guest):
    invitation = send(world)
    assert (invitation.expires_at - timezone.now()).days == 13
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with refused("R-OVER"):
        accept(invitation, by=guest)
    TextMessage.objects.update(at=timezone.now() - dt.timedelta(hours=2))
    client.force_login(world.applicant)
    assert "已过期" in client.get(world.unit.get_members_url()).content.decode()
    client.post(reverse("invitation_answer", args=[invitation.pk, "renew"]))
    accept(Invitation.objects.get(closed_at=None), by=guest)
    assert world.unit.has_member(guest)


def test_a_second_click_sends_one_and_another_role_waits_for_the_withdrawal(world):
    first = send(world)
    assert send(world) == first
    with refused("R-OPEN"):
        send(world, role="admin")
    for _ in range(2):
        withdraw(first, by=world.applicant)
    assert TextMessage.objects.count() == 1
    with refused("R-SMS"):  # one a minute to the same number
        send(world, role="admin")


def test_declining_and_withdrawing_end_it(client, world, guest):
    invitation = send(world)
    client.force_login(guest)
    client.post(reverse("invitation_answer", args=[invitation.pk, "decline"]))
    assert Notice.objects.filter(recipient=world.applicant, kind="invitation_declined").exists()
    with refused("R-OVER"):
        accept(invitation, by=guest)
    assert client.post(reverse("invitation_answer", args=[invitation.pk, "withdraw"])).status_code == 404
    assert client.post(reverse("invitation_answer", args=[invitation.pk, "burn"])).status_code == 404


def test_an_accepted_one_is_not_withdrawn(world, guest):
    invitation = send(world)
    accept(invitation, by=guest)
    with refused("R-OVER"):
        withdraw(invitation, by=world.applicant)
    with refused("R-MEMBER", match="已经是本单位成员.*【单位成员】"):
        send(world)


def test_nobody_invites_himself(world):
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(phone=OTHER)
    world.applicant.refresh_from_db()
    with refused("R-SELF"):
        send(world, phone=OTHER)


def test_what_an_administrator_sent_ends_with_his_office_or_goes_over(world, guest):
    second = make_user("second")
    world.unit.memberships.create(user=second, role="admin")
    sent = send(world, by=second)
    change_role(world.unit.memberships.get(user=second), "handler", by=world.applicant)
    with refused("R-OVER"):
        accept(sent, by=guest)
    kept = send(world, phone=OTHER)
    hand_over(world.unit, world.unit.memberships.get(user=second), by=world.applicant)
    assert afresh(kept).by == second
    UnitMember.objects.filter(user=world.applicant).update(role="admin")
    UnitMember.objects.filter(user=second).update(role="handler")
    heir = make_user("heir", phone=OTHER, phone_verified_at=timezone.now())
    with refused("R-OVER", match="不再管理"):
        accept(kept, by=heir)


def test_an_open_request_is_answered_by_accepting(world, guest):
    asked = ask_to_join(world.unit.uscc, words="研发部，分机 8008", by=guest)
    accept(send(world), by=guest)
    assert (afresh(asked).answer, afresh(asked).answered_by) == ("admitted", world.applicant)


def test_a_text_message_carries_no_name_that_nobody_has_checked(world):
    draft = make_unit(world.stranger, "91120222MA00000312", "免费领奖请点这里有限公司", "120114")
    invite(draft, NUMBER, "handler", by=world.stranger)
    send(world, phone=OTHER)
    names = dict(TextMessage.objects.values_list("phone", "params__name"))
    assert names == {NUMBER: "一家单位", OTHER: world.unit.name}


def test_at_most_twenty_lie_open(world):
    new_policy(invitations_most_open=1)
    send(world)
    with refused("R-MANY"):
        send(world, phone=OTHER)


def test_an_office_invitation_gives_a_place_there(world, guest):
    invitation = invite(world.expert_office, NUMBER, "reviewer", by=world.municipal, is_financial=True)
    place = accept(invitation, by=guest)
    assert (place.office, place.user, place.role, place.is_financial, place.added_by) == (
        world.expert_office,
        guest,
        "reviewer",
        True,
        world.municipal,
    )
    assert world.expert_office.events.latest("sequence").step == "invitation_accepted"


def test_renewing_keeps_role_and_number(world):
    first = send(world, role="reader")
    TextMessage.objects.update(at=timezone.now() - dt.timedelta(hours=2))
    again = renew(first, by=world.applicant)
    assert (again.phone, again.role, afresh(first).is_open) == (NUMBER, "reader", False)
    with refused("R-PERM"):
        decline_as(world.stranger, again)


def decline_as(person, invitation):
    withdraw(invitation, by=person)


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_at_once_send_one(world):
    second = make_user("second")
    world.unit.memberships.create(user=second, role="admin")
    given = at_once(lambda: send(world).pk, lambda: send(world, by=second).pk)
    assert given[0] == given[1]


@pytest.mark.django_db(transaction=True)
def test_accepting_and_withdrawing_at_once_end_in_one_of_both(world, guest):
    invitation = send(world)
    at_once(lambda: accept(invitation, by=guest), lambda: withdraw(invitation, by=world.applicant))
    assert world.unit.has_member(guest) == (afresh(invitation).accepted_by == guest)


def test_the_database_holds_the_rules_of_invitations(world):
    send(world)
    rows = Invitation.objects
    with constrained("invitation_one_per_unit"):
        rows.create(unit=world.unit, phone=NUMBER, unit_role="reader", by=world.applicant)
    with constrained("invitation_into_one_place_with_a_role"):
        rows.create(unit=world.unit, phone=OTHER, by=world.applicant)
    with constrained("invitation_one_per_office"):
        for _ in range(2):
            rows.create(office=world.body_office, phone=OTHER, office_role="lead", by=world.municipal)


def test_declining_needs_the_number(world, guest):
    invitation = send(world, phone=OTHER)
    with refused("R-PHONE"):
        decline(invitation, by=guest)


def test_who_has_come_in_meanwhile_keeps_his_place_and_the_trail_its_lines(world, guest):
    invitation = send(world)
    member = world.unit.memberships.create(user=guest, role="reader")
    lines = world.unit.events.count()
    assert accept(invitation, by=guest) == member
    assert (afresh(member).role, world.unit.events.count()) == ("reader", lines)
