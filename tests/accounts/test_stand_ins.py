"""代理人: begins and ends by itself, decides as his own word, and only what he may."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from reviews import places
from reviews.models import District, OfficeMember
from reviews.permissions import is_reviewer_in_turn, leads_at
from reviews.progress import opinions_of
from reviews.services import give_opinion
from reviews.stand_ins import add_stand_in, candidates_for
from reviews.transfers import transfer
from tests.factories import drive_application, make_office, make_user
from tests.helpers import afresh, new_policy, refused
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture
def absent(world):
    """The place of the district's only reviewer."""
    return world.district_office.memberships.get()


def lend(absent, person, by, start=0, days=7):
    first = timezone.localdate() + dt.timedelta(days=start)
    return add_stand_in(absent, person, first, first + dt.timedelta(days=days - 1), by=by)


def test_a_stand_in_works_from_the_first_to_the_last_day(world, absent, time_machine):
    application = drive_application(world.make_application(), "district", world)
    today = timezone.localdate()
    lend(absent, world.other_district, world.municipal, start=2, days=3)
    worked = []
    for day in range(7):
        time_machine.move_to(
            dt.datetime.combine(today + dt.timedelta(days=day), dt.time(23, 30), timezone.get_current_timezone())
        )
        worked.append(is_reviewer_in_turn(application, world.other_district))
    assert worked == [False, False, True, True, True, False, False]


def test_the_last_second_of_the_last_day_counts_in_shanghai(world, absent, time_machine):
    application = drive_application(world.make_application(), "district", world)
    stand_in = lend(absent, world.other_district, world.municipal, days=1)
    midnight = dt.datetime.combine(stand_in.ends_on + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
    time_machine.move_to(midnight - dt.timedelta(seconds=1))
    assert is_reviewer_in_turn(application, world.other_district)
    time_machine.move_to(midnight)
    assert not is_reviewer_in_turn(application, world.other_district)


def test_his_word_is_his_own_and_the_trail_says_for_whom(world, absent):
    application = drive_application(world.make_application(), "district", world)
    lend(absent, world.other_district, world.municipal)
    opinion = give_opinion(open_turn(application), by=world.other_district, verdict="pass_review")
    assert opinion.reviewer == world.other_district
    last = list(application.events.order_by("-sequence").values_list("step", "office", "text", "actor__username")[:2])
    assert last == [
        ("stood_in", "南开区科技局（代理）", f"代 {world.district} 办理区初审", "other_district"),
        ("pass_review", "南开区科技局（代理）", "", "other_district"),
    ]
    rows = opinions_of(afresh(application))
    assert [row.office for row in rows] == ["南开区科技局"]


def test_the_applicant_reads_no_name(world, absent, client):
    world.district.name, world.other_district.name = "请假人甲", "代理人乙"
    world.district.save()
    world.other_district.save()
    application = drive_application(world.make_application(), "district", world)
    lend(absent, world.other_district, world.municipal)
    give_opinion(open_turn(application), by=world.other_district, verdict="send_back", text="请补充说明。")
    client.force_login(world.applicant)
    page = client.get(application.get_absolute_url()).content.decode()
    told = "".join(Notice.objects.filter(recipient=world.applicant).values_list("body", flat=True))
    assert "请补充说明" in page
    assert [name for name in ("请假人甲", "代理人乙", "代理") if name in page + told] == []


def test_a_person_with_a_place_of_his_own_stands_in_for_nobody(world, absent):
    application = drive_application(world.make_application(), "district", world)
    lend(absent, world.other_district, world.municipal)
    give_opinion(open_turn(application), by=world.district, verdict="pass_review")
    assert not application.events.filter(step="stood_in").exists()


def test_a_transfer_by_a_stand_in_is_told_so(world, absent):
    application = drive_application(world.make_application(), "district", world)
    deputy = make_user("deputy")
    make_office(
        "district",
        "河西区科技局",
        deputy,
        district=District.objects.get(code="120103"),
    )
    lend(absent, deputy, world.municipal)
    transfer(open_turn(application), world.other_district_office, by=deputy, text="不属于本区")
    assert application.events.filter(step="stood_in", text__startswith="代 ").count() == 1


def test_a_stand_in_may_not_be_of_the_unit_nor_decide_two_stages(world, absent):
    application = drive_application(world.make_application(), "district", world)
    lend(absent, world.other_district, world.municipal)
    world.unit.memberships.create(user=world.other_district)
    assert not is_reviewer_in_turn(application, world.other_district)
    with refused("R-PERM"):
        give_opinion(open_turn(application), by=world.other_district, verdict="pass_review")
    place = world.body_office.memberships.get(user=world.body)
    both = make_user("both")
    OfficeMember.objects.create(office=world.district_office, user=both)
    OfficeMember.objects.create(office=world.other_body_office, user=both)
    lend(place, both, world.municipal)
    give_opinion(open_turn(application), by=both, verdict="pass_review")
    assert not is_reviewer_in_turn(afresh(application), both)


def test_he_hears_what_arrives_and_finds_it_in_his_inbox(world, absent, client):
    lend(absent, world.other_district, world.municipal)
    application = drive_application(world.make_application(), "district", world)
    assert Notice.objects.filter(recipient=world.other_district, kind="application_arrived").count() == 1
    client.force_login(world.other_district)
    page = client.get(reverse("turn_list")).content.decode()
    assert application.number in page
    assert f"您正在代理 {world.district}（南开区科技局）" in page
    client.force_login(world.district)
    assert "您正在代理" not in client.get(reverse("turn_list")).content.decode()


def test_only_people_of_a_like_office_are_asked(world, absent):
    assert [place.user for place in candidates_for(absent)] == [world.other_district]
    codes = {"body": "R-PLACE", "applicant": "R-PLACE", "municipal": "R-SELF", "auditor": "R-DUTY"}
    for name, code in codes.items():
        with refused(code):
            lend(absent, world.people[name], world.municipal)


def test_experts_and_stand_ins_are_not_stood_in_for(world, absent):
    with refused("R-SEAT", match="席位属于本人"):
        lend(world.experts[0], world.expert_2, world.municipal)
    stand_in = lend(absent, world.other_district, world.municipal)
    with refused("R-PLACE", match="不能再请人代理"):
        lend(stand_in, world.district, world.municipal)
    with refused("R-PLACE", match="不能改变角色"):
        places.change_role(stand_in, "lead", by=world.municipal)


@pytest.mark.parametrize(
    ("start", "days", "words"),
    [
        (-1, 5, "不能早于今天"),
        (0, 0, "不能早于开始日期"),
        (0, 61, "最长 60 天"),
    ],
)
def test_the_days_are_held_to_the_rule(world, absent, start, days, words):
    with refused("R-DATE", match=words):
        lend(absent, world.other_district, world.municipal, start=start, days=days)


def test_sixty_days_are_allowed_and_the_policy_says_so(world, absent):
    new_policy(stand_in_days=90)
    assert lend(absent, world.other_district, world.municipal, days=90).pk


def test_one_stand_in_at_a_time(world, absent):
    third = make_user("third")
    make_office("district", "河西区科技局", third, district=District.objects.get(code="120103"))
    lend(absent, world.other_district, world.municipal, days=7)
    with refused("R-PLACE", match="日期有重叠"):
        lend(absent, third, world.municipal, start=6)
    assert lend(absent, third, world.municipal, start=7).pk


def test_the_same_person_again_after_it_is_over(world, absent, time_machine):
    first = lend(absent, world.other_district, world.municipal, days=1)
    time_machine.move_to(timezone.now() + WEEK)
    second = lend(absent, world.other_district, world.municipal)
    assert afresh(first).ended_at is not None
    assert afresh(second).is_at_work


def test_it_ends_early_and_both_are_told(world, absent):
    stand_in = lend(absent, world.other_district, world.municipal)
    Notice.objects.all().delete()
    places.end_place(stand_in, by=world.municipal)
    assert sorted(Notice.objects.values_list("kind", "recipient__username")) == [
        ("stand_in_ended", "other_district"),
        ("stand_in_over", "district"),
    ]
    assert world.district_office.events.latest("sequence").step == "stand_in_ended"


def test_it_ends_with_the_place_and_with_the_own_place(world, absent):
    stand_in = lend(absent, world.other_district, world.municipal)
    places.end_place(absent, by=world.municipal)
    assert afresh(stand_in).is_over
    back = places.bring_back(absent, by=world.municipal)
    again = lend(back, world.other_district, world.municipal)
    places.end_place(world.other_district_office.memberships.get(), by=world.municipal)
    assert afresh(again).is_over


def test_a_stand_in_for_a_lead_leads_nobody(world):
    platform_lead = world.platform_office.memberships.get()
    OfficeMember.objects.filter(pk=platform_lead.pk).update(role="lead")
    other = make_user("other")
    make_office("platform", "第二平台", other)
    lend(afresh(platform_lead), other, world.municipal)
    assert leads_at(other) == set()
