"""Expert groups: how they form, who steps aside, and that nothing is read before every word is in."""

from decimal import Decimal

import pytest

from notifications.models import Notice
from records.rules import StaleCase
from reviews import panel
from reviews.experts.pool import free_for
from reviews.models import OfficeMember, PanelSeat
from reviews.services import give_opinion
from tests.factories import World, drive_claim, make_user
from tests.helpers import afresh, at_once, constrained, refused
from tests.reviews.desk import at, open_turn

SECRET = "机密评审词句甲乙丙"
CUT = Decimal("43210.00")


@pytest.fixture
def turn(experts_claim):
    return open_turn(experts_claim)


@pytest.fixture
def more(world):
    """Two further experts, none of them financial."""
    people = [make_user("expert_4"), make_user("expert_5")]
    return [OfficeMember.objects.create(office=world.expert_office, user=person) for person in people]


def seated(world, turn):
    return panel.form_panel(turn, world.experts, by=world.body)


def speak(seats, **said):
    for seat in seats:
        panel.give_word(seat, by=seat.expert, **{"word": "agree", **said})


def test_a_group_is_seated_and_told(world, turn):
    Notice.objects.all().delete()
    seats = seated(world, turn)
    assert [seat.expert for seat in seats] == [world.expert_1, world.expert_2, world.expert_3]
    assert [seat.is_financial for seat in seats] == [True, False, False]
    assert sorted(Notice.objects.values_list("recipient__username", flat=True)) == ["expert_1", "expert_2", "expert_3"]


def test_a_group_that_is_none_is_not_seated(world, turn, more):
    for experts in (world.experts[:2], [*world.experts[1:], more[0]]):
        with refused("R-PANEL"):
            panel.form_panel(turn, experts, by=world.body)
    assert len(panel.form_panel(turn, [*world.experts, *more], by=world.body)) == 5


def test_a_group_is_formed_once(world, turn):
    seated(world, turn)
    with refused("R-PANEL", match="已经组建"):
        seated(world, turn)


@pytest.mark.parametrize("person", ["district", "other_body", "applicant", "municipal", "expert_1"])
def test_only_the_body_in_turn_forms_a_group(world, turn, person):
    with refused("R-PERM"):
        panel.form_panel(turn, world.experts, by=getattr(world, person))


def test_a_body_member_of_the_unit_forms_no_group(world, turn):
    world.unit.memberships.create(user=world.body_second)
    with refused("R-PERM"):
        panel.form_panel(turn, world.experts, by=world.body_second)


def test_other_stages_have_no_group(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    with refused("R-STATE"):
        panel.form_panel(open_turn(claim), world.experts, by=world.body)


def test_a_decided_turn_takes_no_group(world, turn):
    give_opinion(turn, by=world.body_second, verdict="return_form", text="未盖章。")
    with pytest.raises(StaleCase):
        seated(world, turn)


def test_a_member_of_the_unit_is_no_expert_of_its_case(world, turn):
    world.unit.memberships.create(user=world.expert_2)
    with refused("R-REL", match="是申请单位的现任或原成员"):
        seated(world, turn)


def test_who_reviewed_the_case_is_no_expert_of_it(world, turn):
    member = OfficeMember.objects.create(office=world.expert_office, user=world.district)
    with refused("R-REL", match="已审核过"):
        panel.form_panel(turn, [*world.experts[:2], member], by=world.body)


def test_only_people_of_the_expert_office_at_work_are_seated(world, turn):
    outsider = world.platform_office.memberships.get()
    with refused("R-PANEL", match="不在专家库"):
        panel.form_panel(turn, [*world.experts[:2], outsider], by=world.body)
    world.expert_3.is_active = False
    world.expert_3.save()
    with refused("R-PANEL", match="不在专家库"):
        panel.form_panel(turn, world.expert_office.memberships.order_by("pk"), by=world.body)


def test_candidates_leave_out_whoever_is_concerned(world, turn, more):
    world.unit.memberships.create(user=world.expert_2)
    OfficeMember.objects.create(office=world.expert_office, user=world.district)
    assert [*free_for([turn])] == [world.experts[0], world.experts[2], *more]
    panel.form_panel(turn, [world.experts[0], world.experts[2], more[0]], by=world.body)
    assert [*free_for([turn])] == [more[1]]


def test_recusal_tells_the_body_and_leaves_a_place(world, turn):
    seats = seated(world, turn)
    Notice.objects.all().delete()
    panel.recuse(seats[1], by=world.expert_2)
    assert list(turn.seats.vacant()) == [seats[1]]
    assert sorted(Notice.objects.values_list("recipient__username", flat=True)) == ["body", "body_second"]


def test_a_place_is_filled_once_and_by_someone_new(world, turn, more):
    seats = seated(world, turn)
    panel.recuse(seats[1], by=world.expert_2)
    with refused("R-REL", match="已在专家组中，或已声明回避"):
        panel.replace_recused(turn, world.experts[1], by=world.body)
    seat = panel.replace_recused(turn, more[0], by=world.body)
    assert (seat.expert, seat.replaces) == (more[0].user, seats[1])
    with refused("R-PANEL", match="没有空缺"):
        panel.replace_recused(turn, more[1], by=world.body)


def test_the_last_place_goes_to_a_financial_expert_where_none_is_left(world, turn, more):
    panel.recuse(seated(world, turn)[0], by=world.expert_1)
    with refused("R-PANEL", match="一名财务专家"):
        panel.replace_recused(turn, more[0], by=world.body)
    OfficeMember.objects.filter(pk=more[1].pk).update(is_financial=True)
    assert panel.replace_recused(turn, afresh(more[1]), by=world.body).is_financial


def test_only_the_body_fills_a_place(world, turn, more):
    panel.recuse(seated(world, turn)[1], by=world.expert_2)
    with refused("R-PERM"):
        panel.replace_recused(turn, more[0], by=world.other_body)


def test_an_expert_speaks_once_and_does_not_step_aside_afterwards(world, turn):
    seat = seated(world, turn)[0]
    panel.give_word(seat, by=world.expert_1, word="agree")
    with refused("R-STATE"):
        panel.give_word(seat, by=world.expert_1, word="refuse", text="改变主意。")
    with refused("R-STATE"):
        panel.recuse(seat, by=world.expert_1)


def test_nobody_speaks_from_the_seat_of_another(world, turn):
    seat = seated(world, turn)[0]
    for person in (world.expert_2, world.body, world.applicant):
        with refused("R-PERM"):
            panel.give_word(seat, by=person, word="agree")
        with refused("R-PERM"):
            panel.recuse(seat, by=person)


def test_a_word_is_kept_with_its_amount_and_a_wrong_one_is_not(world, turn):
    seats = seated(world, turn)
    seat = panel.give_word(seats[0], by=world.expert_1, word="cut", amount=CUT, text=" 理由。")
    assert (seat.word, seat.amount, seat.text) == ("cut", CUT, "理由。")
    with refused("R-SUM"):
        panel.give_word(seats[1], by=world.expert_2, word="cut", amount=Decimal(50_000), text="理由。")
    assert afresh(seats[1]).given_at is None


def test_a_word_after_the_decision_is_stale(world, turn):
    seat = seated(world, turn)[0]
    give_opinion(turn, by=world.body_second, verdict="return_form", text="未盖章。")
    with pytest.raises(StaleCase):
        panel.give_word(seat, by=world.expert_1, word="agree")


def test_the_result_waits_for_every_word(world, turn, more):
    seats = seated(world, turn)
    panel.recuse(seats[2], by=world.expert_3)
    speak(seats[:2])
    for verdict in ("pass_review", "reject"):
        with refused("R-PANEL", match="还没有全部提交"):
            give_opinion(turn, by=world.body_second, verdict=verdict, text="结果。", reason="R-RESULT")
    seat = panel.replace_recused(turn, more[0], by=world.body)
    assert not panel.is_unsealed(turn)
    speak([seat])
    give_opinion(turn, by=world.body_second, verdict="pass_review", text="专家组同意。")
    assert afresh(turn.case).state == "passed"


def test_the_form_goes_back_only_while_nobody_has_spoken(world, turn):
    speak(seated(world, turn)[:1])
    with refused("R-PANEL", match="不能再退回"):
        give_opinion(turn, by=world.body_second, verdict="return_form", text="未盖章。")


def test_the_body_hears_once_all_have_spoken(world, turn):
    seats = seated(world, turn)
    speak(seats[:2])
    Notice.objects.all().delete()
    speak(seats[2:])
    assert set(Notice.objects.values_list("kind", "recipient__username")) == {
        ("group_heard", "body"),
        ("group_heard", "body_second"),
    }


def pages_of(world, turn, client, seats):
    """Every page that tells of the case, as each person who may read it sees it."""
    desk, done = [at("turn_detail", turn), "/desk/"], "/desk/done/"
    readers = {
        world.body: [*desk, done],
        world.body_second: desk,
        world.district: [turn.case.get_absolute_url(), done],
        world.municipal: [turn.case.get_absolute_url()],
        world.applicant: [turn.case.get_absolute_url(), "/center/"],
    }
    for seat in seats[1:]:
        readers[seat.expert] = ["/desk/seats/", at("seat_detail", seat), turn.case.get_absolute_url()]
    for person, urls in readers.items():
        client.force_login(person)
        for url in [*urls, "/center/notices/"]:
            response = client.get(url)
            assert response.status_code == 200, f"{person.username} {url}"
            yield f"{person.username} {url}", response


def leaks(world, turn, client, seats):
    """Where the first expert's word can be read."""
    told = [(name, response.content.decode()) for name, response in pages_of(world, turn, client, seats)]
    return {name for name, page in told if SECRET in page or "43,210" in page}


def test_no_page_shows_a_word_before_all_are_in_and_then_only_the_bodys(world, turn, client):
    seats = seated(world, turn)
    panel.give_word(seats[0], by=world.expert_1, word="cut", amount=CUT, text=SECRET)
    assert leaks(world, turn, client, seats) == set()
    speak(seats[1:])
    seen = at("turn_detail", turn)
    assert leaks(world, turn, client, seats) == {f"body {seen}", f"body_second {seen}"}
    give_opinion(turn, by=world.body_second, verdict="pass_review", text="专家组同意。")
    assert leaks(world, turn, client, seats) == {f"body {seen}", f"body_second {seen}"}


def test_the_database_keeps_seats_whole(world, turn):
    seat = seated(world, turn)[0]
    with constrained("seat_once_per_expert"):
        PanelSeat.objects.create(turn=turn, expert=world.expert_1)
    with constrained("seat_word_is_whole"):
        PanelSeat.objects.filter(pk=seat.pk).update(given_at=seat.assigned_at)
    with constrained("seat_recused_says_nothing"):
        PanelSeat.objects.filter(pk=seat.pk).update(
            word="agree", amount=1, given_at=seat.assigned_at, recused_at=seat.assigned_at
        )


@pytest.mark.django_db(transaction=True)
def test_two_body_members_at_once_form_one_group():
    world = World()
    turn = open_turn(drive_claim(world.make_claim(), "experts", world))
    results = at_once(
        *(
            lambda person=person: len(panel.form_panel(turn, world.experts, by=person))
            for person in (world.body, world.body_second)
        )
    )
    assert sorted(map(str, results)) == ["3", "R-PANEL"]
    assert turn.seats.count() == 3
