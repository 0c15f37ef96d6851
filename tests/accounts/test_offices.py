"""单位与人员: the pages of those who keep the people of offices."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.members.invitations import services as invitations
from accounts.models import Invitation, TextMessage, User
from reviews import places
from reviews.models import Office, OfficeMember
from reviews.panel import form_panel
from tests.factories import drive_application, drive_claim, make_office, make_user
from tests.helpers import afresh, refused
from tests.reviews.desk import open_turn, queries

pytestmark = pytest.mark.django_db
PHONE = "13800000088"


@pytest.fixture
def lead(client, world):
    client.force_login(world.municipal)
    return client


@pytest.fixture
def platform_lead(client, world):
    world.platform_office.memberships.update(role="lead")
    client.force_login(world.platform)
    return client


def at(name, row):
    return reverse(name, args=[row.pk])


def shown(page):
    return [office.name for office in page.context["page"]]


def test_the_city_sees_every_office_the_platform_those_that_it_keeps(client, lead, world):
    assert len(shown(lead.get(reverse("office_list")))) == Office.objects.count()
    world.platform_office.memberships.update(role="lead")
    client.force_login(world.platform)
    names = shown(client.get(reverse("office_list")))
    assert "市科技局" not in names
    assert len(names) == Office.objects.count() - 1
    assert client.get(at("office_detail", world.municipal_office)).status_code == 404


@pytest.mark.parametrize(
    "who",
    [
        "platform",
        "district",
        "body",
        "expert_1",
        "administrator",
        "curator",
        "auditor",
        "applicant",
    ],
)
def test_whoever_keeps_nobody_finds_no_page(client, world, who):
    client.force_login(world.people[who])
    place = world.body_office.memberships.first()
    pages = [reverse("office_list"), at("office_detail", world.body_office), at("office_invite", world.body_office)]
    pages += [at(name, place) for name in ("place_role", "place_stand_in", "place_end", "place_return")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page).status_code for page in pages[2:]} == {404}


def test_the_list_is_filtered_and_counted(lead, world):
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)
    drive_application(world.make_application(), "district", world)
    url = reverse("office_list")
    assert shown(lead.get(url, {"kind": "body"})) == ["样例专业机构", "另一专业机构"]
    assert shown(lead.get(url, {"use": "off"})) == ["另一专业机构"]
    assert shown(lead.get(url, {"q": "南开"})) == ["南开区科技局"]
    assert shown(lead.get(url, {"q": "测试expert_2"})) == ["专家库"]
    office = lead.get(url, {"q": "南开"}).context["page"][0]
    assert (office.people, office.waiting) == (1, 1)
    assert "没有符合条件的单位" in lead.get(url, {"q": "没有这个"}).content.decode()
    assert lead.get(url, {"kind": "x", "page": "99"}).status_code == 200


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_ask_little(lead, world, count):
    for number in range(count):
        make_office("body", f"机构 {number}", make_user(f"m{number}"))
        OfficeMember.objects.create(office=world.body_office, user=User.objects.get(username=f"m{number}"))
        places.change_role(OfficeMember.objects.latest("pk"), "lead", by=world.municipal)
    for url in (reverse("office_list"), at("office_detail", world.body_office)):
        lead.get(url)
        assert queries(lambda url=url: lead.get(url)) <= 10


def test_a_number_is_invited_and_comes_in(lead, client, world):
    page = lead.post(at("office_invite", world.body_office), {"phone": PHONE, "role": "reviewer"}, follow=True)
    assert "邀请已发出" in page.content.decode()
    assert "138****0088" in page.content.decode()
    assert PHONE not in page.content.decode()
    assert TextMessage.objects.filter(phone=PHONE).count() == 1
    person = make_user("new", phone=PHONE, phone_verified_at=timezone.now())
    invitations.accept(Invitation.objects.get(phone=PHONE), by=person)
    assert OfficeMember.objects.at_work().filter(user=person, office=world.body_office, role="reviewer").exists()


def test_an_expert_is_invited_as_a_financial_one(lead, world):
    lead.post(at("office_invite", world.expert_office), {"phone": PHONE, "role": "reviewer", "is_financial": "on"})
    person = make_user("new", phone=PHONE, phone_verified_at=timezone.now())
    assert invitations.accept(Invitation.objects.get(phone=PHONE), by=person).is_financial


def test_the_page_says_the_same_of_a_number_with_and_without_an_account(lead, world):
    make_user("known", phone=PHONE, phone_verified_at=timezone.now(), name="不能让人看见")
    pages = []
    for phone in (PHONE, "13800000089"):
        page = lead.post(at("office_invite", world.body_office), {"phone": phone, "role": "reviewer"}, follow=True)
        pages.append(page.content.decode())
        Invitation.objects.all().delete()
        TextMessage.objects.all().delete()
    assert [("邀请已发出" in page, "不能让人看见" in page) for page in pages] == [(True, False)] * 2


def test_nobody_invites_himself_not_even_by_a_second_number(lead, world):
    User.objects.filter(pk=world.municipal.pk).update(phone=PHONE, phone_verified_at=timezone.now())
    page = lead.post(at("office_invite", world.body_office), {"phone": PHONE, "role": "lead"})
    assert "不能邀请自己" in page.content.decode()
    assert not Invitation.objects.exists()
    lead.post(at("office_invite", world.body_office), {"phone": "13800000089", "role": "lead"})
    User.objects.filter(pk=world.municipal.pk).update(phone="13800000089")
    with refused("R-OVER"):
        invitations.accept(Invitation.objects.get(), by=afresh(world.municipal))
    assert not OfficeMember.objects.filter(user=world.municipal, office=world.body_office).exists()


def test_a_platform_lead_offers_no_more_than_he_gives(platform_lead, world):
    page = platform_lead.post(at("office_invite", world.platform_office), {"phone": PHONE, "role": "lead"})
    assert page.status_code == 200
    assert "不在列表中" in page.content.decode()
    assert not Invitation.objects.exists()
    assert platform_lead.post(at("office_invite", world.municipal_office), {"phone": PHONE}).status_code == 404


def test_an_invitation_dies_with_the_inviters_place(platform_lead, world):
    platform_lead.post(at("office_invite", world.body_office), {"phone": PHONE, "role": "reviewer"})
    places.end_place(world.platform_office.memberships.get(), by=world.municipal)
    person = make_user("new", phone=PHONE, phone_verified_at=timezone.now())
    with refused("R-OVER"):
        invitations.accept(Invitation.objects.get(), by=person)


def test_an_auditor_who_was_invited_does_not_come_in(lead, world):
    lead.post(at("office_invite", world.body_office), {"phone": PHONE, "role": "reviewer"})
    User.objects.filter(pk=world.auditor.pk).update(phone=PHONE, phone_verified_at=timezone.now())
    with refused("R-DUTY"):
        invitations.accept(Invitation.objects.get(), by=afresh(world.auditor))


def test_an_invitation_is_taken_back_from_the_page(lead, world):
    lead.post(at("office_invite", world.body_office), {"phone": PHONE, "role": "reviewer"})
    invitation = Invitation.objects.get()
    assert lead.post(reverse("invitation_answer", args=[invitation.pk, "withdraw"])).status_code == 302
    assert "等待接受的邀请" not in lead.get(at("office_detail", world.body_office)).content.decode()


def test_role_leave_end_and_return_on_the_pages(lead, world):
    place = world.district_office.memberships.get()
    assert lead.get(at("place_role", place)).status_code == 200
    assert lead.post(at("place_role", place), {"role": "lead"}).status_code == 302
    assert afresh(place).role == "lead"
    other = world.other_district_office.memberships.get()
    today = timezone.localdate()
    days = {"starts_on": today.isoformat(), "ends_on": (today + dt.timedelta(days=3)).isoformat()}
    assert lead.get(at("place_stand_in", place)).status_code == 200
    assert lead.post(at("place_stand_in", place), {"person": other.pk, **days}).status_code == 302
    text = lead.get(at("office_detail", world.district_office)).content.decode()
    assert [words for words in ("代理中", f"代理 {world.district}", "安排代理", "结束代理") if words not in text] == []
    stand_in = OfficeMember.objects.get(stands_in_for=place)
    assert "结束代理" in lead.get(at("place_end", stand_in)).content.decode()
    lead.post(at("place_end", stand_in))
    assert lead.get(at("place_end", place)).status_code == 200
    lead.post(at("place_end", place))
    assert afresh(place).is_over
    assert lead.get(at("place_return", place)).status_code == 200
    lead.post(at("place_return", place))
    assert world.district_office.memberships.at_work().get().user == world.district
    assert "人员变动记录" in lead.get(at("office_detail", world.district_office)).content.decode()


def test_a_refusal_stands_in_the_form_with_what_was_typed(lead, world):
    place = world.district_office.memberships.get()
    other = world.other_district_office.memberships.get()
    today = timezone.localdate()
    days = {"starts_on": today.isoformat(), "ends_on": (today + dt.timedelta(days=100)).isoformat()}
    page = lead.post(at("place_stand_in", place), {"person": other.pk, **days})
    assert "一次代理最长 60 天" in page.content.decode()
    assert days["ends_on"] in page.content.decode()
    assert lead.post(at("place_stand_in", place), {"person": "x", "starts_on": "31.12."}).status_code == 200
    assert lead.post(at("office_invite", world.body_office), {"phone": "12", "role": "king"}).status_code == 200


def test_pages_of_what_cannot_be_done_lead_back(lead, world):
    place = world.body_office.memberships.get(user=world.body)
    expert = world.experts[0]
    assert lead.get(at("place_return", place)).status_code == 302
    assert lead.get(at("place_stand_in", expert)).status_code == 302
    places.end_place(place, by=world.municipal)
    for name in ("place_end", "place_role", "place_stand_in"):
        assert lead.get(at(name, place)).status_code == 302
    assert lead.post(at("place_end", place)).status_code == 409
    assert lead.get(at("place_end", world.municipal_office.memberships.get())).status_code == 404


def test_the_seats_that_fall_vacant_are_named_before(lead, world):
    turn = open_turn(drive_claim(world.make_claim(), "experts", world))
    form_panel(turn, world.experts, by=world.body)
    page = lead.get(at("place_end", world.expert_office.memberships.get(user=world.expert_2))).content.decode()
    assert turn.number in page
    assert "将空出的评审席位" in page


def test_an_office_out_of_use_offers_nothing_new(lead, world):
    place = world.body_office.memberships.get(user=world.body)
    places.end_place(place, by=world.municipal)
    Office.objects.filter(pk=world.body_office.pk).update(is_active=False)
    page = lead.get(at("office_detail", world.body_office)).content.decode()
    assert "本单位已停用" in page
    assert at("office_invite", world.body_office) not in page
    assert at("place_return", place) not in page
    assert lead.get(at("office_invite", world.body_office)).status_code == 404


def test_an_office_whose_people_have_all_decided_another_stage_is_named_with_its_cases(lead, world):
    claim = drive_claim(world.make_claim(), "experts", world)
    address = at("turn_detail", open_turn(claim))
    free = "无人可办" in lead.get(reverse("office_list")).content.decode()
    said = set(
        open_turn(claim).case.turns.filter(office=world.body_office).values_list("opinions__reviewer", flat=True)
    )
    world.body_office.memberships.exclude(user__in=said).update(ended_at=timezone.now())
    waiting = lead.get(reverse("office_list"), {"kind": "body"}).content.decode()
    named = claim.number in lead.get(at("office_detail", world.body_office)).content.decode()
    told = lead.get(address)
    assert (free, "1 项无人可办" in waiting, named) == (False, True, True)
    assert "现在没有人可以办理这个环节" in told.content.decode()
    assert at("office_detail", world.body_office) in told.content.decode()
    places.add_place(world.body_office, make_user("newcomer"), "reviewer", by=world.municipal)
    assert lead.get(address).context["stuck"] is None


def test_who_belongs_to_the_applicant_s_unit_is_no_hand_for_its_case(world, client):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    colleague = make_user("colleague_at_office")
    world.district_office.memberships.create(user=colleague)
    world.district_office.memberships.exclude(user=colleague).update(ended_at=timezone.now())
    client.force_login(world.municipal)
    free = client.get(at("turn_detail", turn)).context["stuck"]
    world.unit.memberships.create(user=colleague)
    told = client.get(at("turn_detail", turn))
    assert (free, "现在没有人可以办理这个环节" in told.content.decode()) == (None, True)
