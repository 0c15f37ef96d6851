"""分派: the head gives the oldest to whom he chooses, evenly, up to the cap; nobody gets what he may not decide."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from policy.querysets import MEMORY
from policy.working_days import add_working_days
from reviews.claims import services
from reviews.claims.pages import loads_of
from reviews.claims.sharing import share_out, to_share
from reviews.models import Office, OfficeMember, Turn, TurnClaim
from reviews.services import give_opinion
from reviews.stand_ins import add_stand_in
from tests.factories import drive_application, make_user
from tests.helpers import new_policy, refused
from tests.reviews.desk import open_turn, pile

SHARE = "turn_share"


@pytest.fixture
def head(world):
    """The 负责人 of the body, at which `body` and `body_second` work, too."""
    head = make_user("head")
    world.body_office.memberships.create(user=head, role=OfficeMember.Role.LEAD)
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)
    return head


@pytest.fixture
def turn(world, head):
    return open_turn(drive_application(world.make_application(10_000, 5_000), "body", world))


@pytest.fixture
def both(world, head):
    """The places of the two."""
    return list(world.body_office.memberships.filter(user__in=[world.body, world.body_second]).order_by("pk"))


def aged(turns):
    """The turns, the first the oldest."""
    for number, one in enumerate(turns):
        Turn.objects.filter(pk=one.pk).update(opened_at=timezone.now() - dt.timedelta(days=30 - number))
    return turns


def has(person):
    return list(Turn.objects.claimed_by(person).order_by("opened_at", "pk").values_list("pk", flat=True))


def test_the_oldest_are_given_evenly_and_to_who_has_least_first(world, head, turn, both):
    turns = aged(pile(turn.case, world.body_office, 5))
    share_out(world.body_office, turns[:1], both[:1], by=head)
    shared = share_out(world.body_office, to_share(world.body_office)[:3], both, by=head)
    assert (shared.total, shared.left) == (3, [])
    assert has(world.body_second) == [turns[1].pk, turns[3].pk]
    assert has(world.body) == [turns[0].pk, turns[2].pk]
    assert TurnClaim.objects.filter(is_kept=True, given_by=head).count() == 4


def test_what_was_given_is_told_once_to_each_and_stands_in_the_trail_of_the_office(world, head, turn, both):
    turns = pile(turn.case, world.body_office, 3)
    Notice.objects.all().delete()
    share_out(world.body_office, turns, both, by=head)
    told = list(Notice.objects.order_by("recipient").values_list("recipient", "body"))
    assert [person for person, _ in told] == sorted([world.body.pk, world.body_second.pk])
    assert all("样例专业机构的 3 件事项：测试body 2 件、测试body_second 1 件。" in body for _, body in told)
    line = world.body_office.events.order_by("-sequence").first()
    assert (line.step, line.actor) == ("shared_out", head)
    assert line.text.startswith("分派 3 件。测试body：SQ00000000000、SQ00000000002；测试body_second：")


def test_nobody_is_given_what_he_may_not_decide(world, head, turn, both):
    world.unit.memberships.create(user=world.body)
    world.body_office.memberships.create(user=world.district)
    places = [*both, world.body_office.memberships.get(user=world.district)]
    shared = share_out(world.body_office, [turn], places, by=head)
    assert shared.given == {world.body_second.pk: [turn]}
    again = share_out(world.body_office, [turn], places, by=head)  # only the others are asked, and none of them may
    assert (again.total, again.left) == (0, [turn])


def test_the_cap_is_a_figure_of_the_policy_and_what_is_left_stays(world, head, turn, both):
    new_policy(share_most=1)
    turns = pile(turn.case, world.body_office, 3)
    shared = share_out(world.body_office, turns, both, by=head)
    assert (shared.total, len(shared.left)) == (2, 1)
    assert Turn.objects.free().filter(pk=shared.left[0].pk).exists()


def test_the_whole_load_of_who_is_absent_goes_to_others(world, head, turn, both):
    turns = pile(turn.case, world.body_office, 3)
    share_out(world.body_office, turns, both[:1], by=head)
    until = add_working_days(timezone.localdate(), 2)
    services.put_aside(turn, until, words="等发票查验。", by=world.body)
    shared = share_out(world.body_office, to_share(world.body_office, of=world.body), both, by=head)
    assert (shared.total, has(world.body), len(has(world.body_second))) == (4, [], 3)
    moved = TurnClaim.objects.get(turn=turn)
    assert (moved.person, moved.aside_until, moved.is_aside) == (world.body_second, until, True)


def test_only_what_is_open_at_the_office_is_given(world, head, turn, both):
    elsewhere = open_turn(drive_application(world.make_application(10_000, 5_000), "district", world))
    give_opinion(turn, by=world.body, verdict="pass_review")
    shared = share_out(world.body_office, [turn, elsewhere], both, by=head)
    assert (shared.total, shared.left, TurnClaim.objects.exists()) == (0, [], False)


@pytest.mark.parametrize("person", ["body", "district", "municipal", "platform", "applicant", "administrator"])
def test_only_the_head_of_the_office_gives(world, head, turn, both, person):
    with refused("R-PERM"):
        share_out(world.body_office, [turn], both, by=getattr(world, person))


def test_somebody_has_to_be_named(world, head, turn):
    with refused("R-HANDS"):
        share_out(world.body_office, [turn], [], by=head)


def test_what_is_to_be_given_is_narrowed_by_kind_and_district(world, head, turn):
    assert list(to_share(world.body_office, kind=turn.case_type_id)) == [turn]
    assert not to_share(world.body_office, kind=0).exists()
    assert list(to_share(world.body_office, district=world.district_office.district)) == [turn]
    assert not to_share(world.body_office, district=world.other_district_office.district).exists()


def test_the_loads_of_an_office(world, head, turn, both, time_machine):
    time_machine.move_to("2026-11-30 10:00+08:00", tick=False)
    turns = pile(turn.case, world.body_office, 4)
    Turn.objects.filter(pk=turns[0].pk).update(opened_at="2026-11-25 10:00+08:00", due_on="2026-11-27")
    other = open_turn(drive_application(world.make_application(10_000, 5_000), "body", world))
    share_out(world.body_office, [turns[0], other], both[:1], by=head)
    services.put_aside(other, dt.date(2026, 12, 2), words="等回电。", by=world.body)
    services.claim(turn, by=world.body)
    load = next(load for load in loads_of(world.body_office) if load.person == world.body)
    assert (load.kept, load.leased, load.aside, load.total) == (1, 1, 1, 3)
    assert (load.days, load.overdue, load.is_here) == (3, 1, True)


def test_who_has_gone_and_still_has_something_is_listed(world, head, turn, time_machine):
    today = timezone.localdate()
    place = world.body_office.memberships.get(user=world.body)
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=True)
    add_stand_in(place, world.other_body, today, today, by=world.municipal)
    services.hand_over(turn, world.other_body, note="请代办。", by=world.body)
    time_machine.move_to(timezone.now() + dt.timedelta(days=1))
    gone = next(load for load in loads_of(world.body_office) if load.person == world.other_body)
    assert (gone.is_here, gone.kept) == (False, 1)


def test_the_page_of_the_head(world, signed_in, head, turn, both):
    pile(turn.case, world.body_office, 2)
    browser = signed_in(head)
    page = browser.get(reverse(SHARE)).content.decode()
    assert ("没有人认领的 3 件" in page, 'href="/desk/share/"' in page) == (True, True)
    answer = browser.post(reverse(SHARE), {"source": "", "count": "2", "to": [place.pk for place in both]}, follow=True)
    assert answer.redirect_chain == [(f"{reverse(SHARE)}?office={world.body_office.pk}", 302)]
    assert "已分派 2 件：测试body 1 件、测试body_second 1 件。他们已收到消息。" in answer.content.decode()
    source = {"source": f"{world.body.pk}", "to": [both[1].pk]}
    assert "已分派 1 件：测试body_second 1 件。" in browser.post(reverse(SHARE), source, follow=True).content.decode()


def test_the_page_says_what_was_left(world, signed_in, head, turn, both):
    new_policy(share_most=1)
    pile(turn.case, world.body_office, 1)
    told = signed_in(head).post(reverse(SHARE), {"source": "", "to": [both[0].pk]}, follow=True).content.decode()
    assert "1 件没有分派：所选的人名下已满 1 件" in told


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": ""}, "to"),
        ({"source": "", "count": "0", "to": "own"}, "count"),
        ({"source": "", "count": "x", "to": "own"}, "count"),
        ({"source": "77", "to": "own"}, "source"),
        ({"source": "", "kind": "0", "to": "own"}, "kind"),
        ({"source": "", "district": "120116", "to": "own"}, "__all__"),
    ],
)
def test_a_form_that_names_nothing_true_is_refused(world, signed_in, head, turn, both, said, field):
    sent = said | ({"to": [both[0].pk]} if said.get("to") else {})
    answer = signed_in(head).post(reverse(SHARE), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert not TurnClaim.objects.exists()


@pytest.mark.parametrize(
    "person", ["body", "district", "municipal", "platform", "applicant", "administrator", "expert_1"]
)
def test_the_page_is_the_head_s_alone(world, signed_in, head, person):
    assert signed_in(getattr(world, person)).get(reverse(SHARE)).status_code == 404


def test_a_head_of_two_offices_chooses(world, signed_in, head):
    world.district_office.memberships.create(user=head, role=OfficeMember.Role.LEAD)
    browser = signed_in(head)
    page = browser.get(reverse(SHARE), {"office": world.district_office.pk})
    assert page.context["office"] == world.district_office
    assert ("district" in page.context["form"].fields, "改看样例专业机构" in page.content.decode()) == (False, True)
    assert browser.get(reverse(SHARE), {"office": world.platform_office.pk}).status_code == 404


def test_by_district_one_person_gets_all_of_it(world, head, turn, both):
    turns = pile(turn.case, world.body_office, 6)
    for number, row in enumerate(turns):
        Turn.objects.filter(pk=row.pk).update(district=("南开区", "河西区")[number // 3])
    shared = share_out(world.body_office, turns, both, by=head, by_district=True)
    assert sorted([row.pk for row in given] for given in shared.given.values()) == [
        [row.pk for row in turns[:3]],
        [row.pk for row in turns[3:]],
    ]


def test_by_district_goes_on_with_another_where_the_first_has_no_room(world, head, turn, both):
    new_policy(share_most=2)
    MEMORY.forget()
    turns = pile(turn.case, world.body_office, 5)
    shared = share_out(world.body_office, turns, both, by=head, by_district=True)
    assert (sorted(len(given) for given in shared.given.values()), len(shared.left)) == ([2, 2], 1)


def test_the_page_gives_out_by_district(world, head, turn, both, signed_in):
    rows = pile(turn.case, world.body_office, 4)
    Turn.objects.filter(pk__in=[row.pk for row in rows]).update(district="南开区")
    typed = {"source": "", "count": "4", "rule": "district", "to": [place.pk for place in both]}
    signed_in(head).post(reverse("turn_share") + f"?office={world.body_office.pk}", typed)
    assert len(set(TurnClaim.objects.filter(turn__in=rows).values_list("person", flat=True))) == 1


def test_a_colleague_is_handed_no_more_than_the_cap(world, head, turn, both):
    new_policy(share_most=1)
    MEMORY.forget()
    share_out(world.body_office, pile(turn.case, world.body_office, 1), both[:1], by=head)
    holder = both[0].user
    with refused("R-MANY", "已满 1 件"):
        services.hand_over(turn, holder, note="请接着办。", by=both[1].user)
    assert not TurnClaim.objects.filter(turn=turn).exists()
