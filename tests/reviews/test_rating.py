"""What experts rate by the rubric of the policy: points of each criterion, their weighted sum, sealed with the word."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reviews import panel
from reviews.models import PanelSeat, Turn
from reviews.panels import hearing
from reviews.panels.results import results_of
from reviews.progress import opinions_of
from reviews.rating import group_score
from reviews.services import give_opinion
from tests.factories import World
from tests.helpers import afresh, new_policy, refused
from tests.reviews.desk import at
from tests.reviews.pool import come, formed, more_turns
from tests.unsaved import AT, having

RUBRIC = "技术先进性 40\n\n经济合理性：35\n实施条件　25\n"
POINTS = {"expert_1": (90, 80, 70), "expert_2": (50, 60, 70), "expert_3": (100, 100, 0)}
SCORES = {"expert_1": Decimal("81.50"), "expert_2": Decimal("58.50"), "expert_3": Decimal("75.00")}
AGREE = {"word": "agree", "amount": None, "text": ""}


@pytest.fixture
def world(db):
    new_policy(rubric=RUBRIC)
    return World()


@pytest.fixture
def turn(world):
    return more_turns(world, 1)[0]


def rated(world, turn):
    """All three have spoken and rated."""
    for seat in panel.form_panel(turn, world.experts, by=world.body):
        panel.give_word(seat, by=seat.expert, word="agree", points=POINTS[seat.expert.username])
    return turn


@pytest.mark.bare
def test_the_group_gives_the_median_of_those_who_have_spoken():
    seats = [PanelSeat(score=Decimal(score), given_at=AT) for score in (60, 90, 80)]
    assert group_score(having(Turn(), seats=[*seats, PanelSeat(recused_at=AT)])) == Decimal(80)
    assert group_score(having(Turn(), seats=seats[:2])) == Decimal(75)
    assert group_score(having(Turn(), seats=[PanelSeat(given_at=AT)])) is None


def test_points_are_kept_with_the_word_and_sealed(world, turn):
    rated(world, turn)
    seats = {seat.expert.username: seat for seat in turn.seats.all()}
    assert {name: seat.score for name, seat in seats.items()} == SCORES
    assert seats["expert_1"].points == [
        ["技术先进性（40 %）", 90],
        ["经济合理性（35 %）", 80],
        ["实施条件（25 %）", 70],
    ]
    for changed in ({"score": 100}, {"points": []}):
        with pytest.raises(IntegrityError, match="seat_word_is_sealed"), transaction.atomic():
            PanelSeat.objects.filter(pk=seats["expert_1"].pk).update(**changed)


@pytest.mark.parametrize("points", [(), (90, 80), (90, 80, 70, 60), (90, 80, 101), (90, -1, 70)])
def test_a_word_without_all_its_points_is_refused(world, turn, points):
    seat = panel.form_panel(turn, world.experts, by=world.body)[0]
    with refused("R-WORDS", match="逐项打分"):
        panel.give_word(seat, by=seat.expert, word="agree", points=points)
    group = come(formed(world, more_turns(world, 1)))
    key = PanelSeat.objects.get(expert=world.expert_1, turn__panel_lines__panel=group).pk
    with refused("R-WORDS", match="逐项打分"):
        hearing.speak(group, {key: {**AGREE, "points": points}}, by=world.expert_1)


def test_a_policy_without_a_rubric_takes_no_points(db):
    world = World()
    [turn] = more_turns(world, 1)
    seat = panel.form_panel(turn, world.experts, by=world.body)[0]
    kept = panel.give_word(seat, by=seat.expert, word="agree", points=(90, 80, 70))
    assert (kept.points, kept.score) == ([], None)


def test_the_body_reads_the_sum_once_all_have_spoken_and_the_firm_that_of_the_group(world, turn, signed_in):
    seats = panel.form_panel(turn, world.experts, by=world.body)
    for seat in seats:
        before = signed_in(world.body_second).get(turn.get_absolute_url()).content.decode()
        assert "加权得分" not in before
        assert "81.50" not in before
        panel.give_word(seat, by=seat.expert, word="agree", points=POINTS[seat.expert.username])
    page = signed_in(world.body_second).get(turn.get_absolute_url()).content.decode()
    assert all(str(score) in page for score in SCORES.values())
    assert "专家组评分（中位数）：75.00 分" in page
    give_opinion(afresh(turn), by=world.body_second, verdict="pass_review", text="专家组同意。")
    case = afresh(turn.case)
    assert "专家组评分（中位数）：75.00 分。" in opinions_of(case)[-1].text
    told = signed_in(world.applicant).get(case.get_absolute_url()).content.decode()
    assert "75.00 分" in told
    assert "81.50" not in told


def test_an_expert_rates_on_the_page_of_one_case(world, turn, signed_in):
    seat = panel.form_panel(turn, world.experts, by=world.body)[0]
    browser = signed_in(seat.expert)
    assert "技术先进性（40 %）" in browser.get(seat.get_absolute_url()).content.decode()
    typed = {"word": "agree", "points_1": "90", "points_2": "80"}
    page = browser.post(at("seat_word", seat), {**typed, "points_3": "101"}).content.decode()
    assert "每项填写 0 至 100 的整数" in page
    assert 'value="90"' in page
    assert browser.post(at("seat_word", seat), {**typed, "points_3": "70"}).status_code == 302
    assert "81.50" in browser.get(seat.get_absolute_url()).content.decode()


def test_an_expert_rates_many_cases_in_rows(world, signed_in):
    turns = more_turns(world, 2)
    group = come(formed(world, turns))
    browser, words = signed_in(world.expert_1), at("hearing_words", group)
    page = browser.get(group.get_hearing_url())
    keys = [row["seat"].pk for row in page.context["rows"]]
    typed = {f"{keys[0]}-word": "agree", f"{keys[0]}-points_1": "90", f"{keys[0]}-points_2": "80"}
    assert "每项填写 0 至 100 的整数" in browser.post(words, typed).content.decode()
    assert browser.post(words, {**typed, f"{keys[0]}-points_3": "70"}).status_code == 302
    assert PanelSeat.objects.get(pk=keys[0]).score == SCORES["expert_1"]
    assert "81.50 分" in browser.get(group.get_hearing_url()).content.decode()
    for person in (world.expert_1, world.expert_2, world.expert_3):
        waiting = PanelSeat.objects.filter(expert=person).waiting()
        said = {seat.pk: {**AGREE, "points": POINTS[person.username]} for seat in waiting}
        hearing.speak(group, said, by=person)
    assert [result.score for result in results_of(group, world.body)] == [Decimal("75.00")] * 2
    assert "评分 75.00" in signed_in(world.body).get(group.get_absolute_url()).content.decode()
