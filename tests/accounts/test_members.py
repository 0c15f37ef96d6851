"""单位成员: roles, going, handing over; a unit never loses its last administrator."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.members.invitations.services import invite
from accounts.members.joining.services import ask_to_join
from accounts.members.services import change_role, hand_over, is_last_administrator, leave, remove
from accounts.models import UnitMember
from notifications.models import Notice
from records.rules import StaleCase
from tests.factories import make_user
from tests.helpers import afresh, at_once, constrained, refused

pytestmark = pytest.mark.django_db


def member_of(unit, user):
    return UnitMember.objects.get(unit=unit, user=user)


@pytest.fixture
def colleague(world):
    person = make_user("colleague", name="丙样例", phone="13812345678")
    world.unit.memberships.create(user=person)
    return person


ACTS = {  # the act on the colleague → who may
    "role": lambda world, member, by: change_role(member, "reader", by=by),
    "remove": lambda world, member, by: remove(member, by=by),
    "hand over": lambda world, member, by: hand_over(world.unit, member, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["reader", "stranger", "platform", "municipal", "administrator", "colleague"])
def test_only_administrators_of_the_unit_keep_its_people(world, colleague, act, role):
    world.people["colleague"] = colleague
    with refused("R-PERM"):
        ACTS[act](world, member_of(world.unit, colleague), world.people[role])


def test_the_page_names_people_and_offers_acts_to_administrators_alone(client, world, colleague):
    url = world.unit.get_members_url()
    client.force_login(colleague)
    page = client.get(url).content.decode()
    assert "测试applicant" in page
    assert "移出" not in page
    client.force_login(world.applicant)
    page = client.get(url).content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "移出" in page
    client.force_login(world.stranger)
    assert client.get(url).status_code == 404


def test_a_role_is_changed_and_told(client, world, colleague):
    member = member_of(world.unit, colleague)
    client.force_login(world.applicant)
    url = reverse("member_role", args=[world.unit.number, member.pk])
    client.post(url, {"role": "reader", "was": "handler"})
    assert afresh(member).role == "reader"
    assert Notice.objects.filter(recipient=colleague, kind="unit_role_changed", subject__contains="只读").exists()
    assert world.unit.events.latest("sequence").text == "丙样例：经办人 → 只读"
    assert client.post(url, {"role": "admin", "was": "handler"}).status_code == 409  # a colleague was quicker
    assert client.post(url, {"role": "emperor"}).status_code == 409
    assert afresh(member).role == "reader"


def test_somebody_is_removed_after_a_question_and_finds_nothing_more(client, world, colleague):
    order = world.make_order(by=colleague)
    member = member_of(world.unit, colleague)
    client.force_login(world.applicant)
    url = reverse("member_remove", args=[world.unit.number, member.pk])
    assert "确认移出" in client.get(url).content.decode()
    client.post(url)
    assert client.post(url).status_code == 404
    client.force_login(colleague)
    assert client.get(order.get_absolute_url()).status_code == 404
    assert Notice.objects.filter(recipient=colleague, kind="unit_removed").exists()
    with pytest.raises(StaleCase):
        remove(member, by=world.applicant)


def test_nobody_removes_himself_and_the_last_administrator_stays(client, world):
    own = member_of(world.unit, world.applicant)
    assert is_last_administrator(world.unit, world.applicant)
    with refused("R-SELF"):
        remove(own, by=world.applicant)
    with refused("R-ADMIN"):
        change_role(own, "handler", by=world.applicant)
    with refused("R-ADMIN"):
        leave(world.unit, by=world.applicant)
    client.force_login(world.applicant)
    page = client.get(reverse("unit_leave", args=[world.unit.number])).content.decode()
    assert "单位至少要有一位管理员" in page
    assert "确认退出" not in page


def test_an_administrator_out_of_use_does_not_count(world, colleague):
    change_role(member_of(world.unit, colleague), "admin", by=world.applicant)
    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    with refused("R-ADMIN"):
        leave(world.unit, by=world.applicant)
    with refused("R-ADMIN", match="已停用"):
        hand_over(world.unit, member_of(world.unit, colleague), by=world.applicant)


def test_handing_over_is_one_step(client, world, colleague):
    client.force_login(world.applicant)
    url = reverse("unit_hand_over", args=[world.unit.number])
    assert "请选择接任的管理员" in client.post(url, {"to": ""}).content.decode()
    own = member_of(world.unit, world.applicant)
    assert "请选择本单位现在的成员" in client.post(url, {"to": own.pk}).content.decode()
    client.post(url, {"to": member_of(world.unit, colleague).pk})
    assert (afresh(own).role, member_of(world.unit, colleague).role) == ("handler", "admin")
    assert Notice.objects.filter(recipient=colleague, kind="unit_handed_over").exists()
    assert client.get(url)["Location"] == world.unit.get_members_url()


def test_leaving_is_asked_once_and_told_to_the_administrators(client, world, colleague):
    client.force_login(colleague)
    url = reverse("unit_leave", args=[world.unit.number])
    assert "确认退出" in client.get(url).content.decode()
    client.post(url)
    assert not world.unit.has_member(colleague)
    leave(world.unit, by=colleague)  # a second click
    assert Notice.objects.filter(recipient=world.applicant, kind="unit_left").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_step_down_at_once_leave_one(world, colleague):
    change_role(member_of(world.unit, colleague), "admin", by=world.applicant)
    given = at_once(lambda: leave(world.unit, by=world.applicant), lambda: leave(world.unit, by=colleague))
    assert sorted(map(str, given)) == ["None", "R-ADMIN"]
    assert world.unit.memberships.filter(role="admin").count() == 1


def test_the_database_keeps_an_administrator_whoever_writes(world, colleague):
    for act in (
        lambda: UnitMember.objects.filter(unit=world.unit, role="admin").update(role="handler"),
        lambda: UnitMember.objects.filter(unit=world.unit, role="admin").delete(),
    ):
        with constrained("unit_keeps_an_administrator"):
            act()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS unit_keeps_an_administrator IMMEDIATE")
    with constrained("unit_member_role_known"):
        UnitMember.objects.filter(user=colleague).update(role="emperor")


def test_the_page_costs_at_most_ten_queries(client, world, django_assert_max_num_queries):
    for _ in range(12):
        world.unit.memberships.create(user=make_user())
    client.force_login(world.applicant)
    with django_assert_max_num_queries(10):
        client.get(world.unit.get_members_url())
    with django_assert_max_num_queries(10):
        client.get(reverse("unit_list"))


def test_who_administers_no_more_hears_so_and_a_stranger_finds_nothing(client, world, colleague):
    member = member_of(world.unit, world.applicant)
    sent = invite(world.unit, "13700000001", "handler", by=world.applicant)
    asked = ask_to_join(world.unit.uscc, words="研发部，分机 8008", by=make_user())
    acts = {
        reverse("member_role", args=[world.unit.number, member.pk]): {"role": "reader"},
        reverse("member_remove", args=[world.unit.number, member.pk]): {},
        reverse("join_answer", args=[asked.pk]): {"act": "admit", "role": "handler"},
        reverse("invitation_answer", args=[sent.pk, "withdraw"]): {},
    }
    for person, status in ((colleague, 409), (world.stranger, 404)):
        client.force_login(person)
        for url, data in acts.items():
            response = client.post(url, data)
            assert response.status_code == status
            assert ("只有单位管理员" in response.content.decode()) == (status == 409)
    client.force_login(colleague)
    assert client.post(reverse("unit_hand_over", args=[world.unit.number]), {"to": member.pk}).status_code == 409
    assert afresh(asked).answer == ""


def test_a_request_to_join_has_its_button(client, world):
    asked = ask_to_join(world.unit.uscc, words="研发部，分机 8008", by=make_user())
    client.force_login(world.applicant)
    page = client.get(world.unit.get_members_url()).content.decode()
    assert f'<a class="btn btn-plain btn-sm" href="{asked.get_absolute_url()}">办理' in page


def test_oneself_a_second_click_and_somebody_who_has_gone(world, colleague):
    own, other = member_of(world.unit, world.applicant), member_of(world.unit, colleague)
    with refused("R-SELF"):
        hand_over(world.unit, own, by=world.applicant)
    change_role(other, "admin", by=world.applicant)
    before = Notice.objects.count()
    assert change_role(own, "handler", by=world.applicant).role == "handler"
    assert change_role(member_of(world.unit, world.applicant), "handler", by=colleague).role == "handler"
    assert Notice.objects.count() == before
    leave(world.unit, by=world.applicant)
    lines = world.unit.events.count()
    leave(world.unit, by=world.applicant)
    assert world.unit.events.count() == lines
    with pytest.raises(StaleCase):
        remove(own, by=colleague)
