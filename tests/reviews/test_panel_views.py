"""Pages of expert groups: the body forms them, experts speak or step aside."""

import pytest
from django.urls import reverse

from reviews import panel
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn

TEXT = "检测费用偏高，建议核减。"


@pytest.fixture
def turn(experts_claim):
    return open_turn(experts_claim)


@pytest.fixture
def seats(world, turn):
    return panel.form_panel(turn, world.experts, by=world.body)


def chosen(world, number=3):
    return {"experts": [member.pk for member in world.experts[:number]]}


def test_the_body_chooses_its_experts(world, signed_in, turn):
    browser = signed_in(world.body_second)
    assert "组建专家组" in browser.get(at("turn_detail", turn)).content.decode()
    assert browser.post(at("panel_form", turn), chosen(world)).headers["Location"] == at("turn_detail", turn)
    assert turn.seats.count() == 3


def test_who_did_the_formal_review_may_form_the_group_but_not_decide(world, signed_in, turn):
    page = signed_in(world.body).get(at("turn_detail", turn)).content.decode()
    assert "组建专家组" in page
    assert "您已办理过本事项的“专业机构形式审查”" in page


@pytest.mark.parametrize(("number", "sentence"), [(2, "现在选了 2 人"), (0, "请选择专家")])
def test_a_group_that_is_refused_keeps_the_choice(world, signed_in, turn, number, sentence):
    response = signed_in(world.body_second).post(at("panel_form", turn), chosen(world, number))
    assert sentence in response.content.decode()
    assert response.content.decode().count(" checked") == number
    assert not turn.seats.exists()


def test_the_result_is_offered_once_all_have_spoken(world, signed_in, turn, seats):
    browser = signed_in(world.body_second)
    choices = browser.get(at("turn_detail", turn)).context["form"].fields["verdict"].choices
    assert [value for value, _ in choices] == ["return_form"]
    panel.give_word(seats[0], by=world.expert_1, word="cut", amount=40_000, text=TEXT)
    page = browser.get(at("turn_detail", turn))
    assert page.context["form"] is None
    assert "已提交 1 / 3" in page.content.decode()
    panel.give_word(seats[1], by=world.expert_2, word="agree")
    panel.give_word(seats[2], by=world.expert_3, word="cut", amount=45_000, text=TEXT)
    page = browser.get(at("turn_detail", turn))
    assert [value for value, _ in page.context["form"].fields["verdict"].choices] == ["pass_review"]
    assert page.context["group"]["suggestion"] == 45_000
    assert TEXT in page.content.decode()


def test_the_inbox_counts_the_words(world, signed_in, seats):
    panel.give_word(seats[0], by=world.expert_1, word="agree")
    assert "专家意见 1 / 3" in signed_in(world.body).get(reverse("turn_list"), {"tab": "experts"}).content.decode()


def test_a_left_place_is_filled_from_the_page(world, signed_in, turn, seats):
    panel.recuse(seats[1], by=world.expert_2)
    member = world.expert_office.memberships.create(user=world.stranger)
    browser = signed_in(world.body)
    assert "请选择补选专家" in browser.post(at("panel_replace", turn), {}).content.decode()
    assert browser.post(at("panel_replace", turn), {"expert": member.pk}).status_code == 302
    assert turn.seats.get(expert=world.stranger).replaces == seats[1]
    world.expert_office.memberships.create(user=world.platform)
    again = browser.post(at("panel_replace", turn), {"expert": world.expert_office.memberships.last().pk})
    assert "没有空缺" in again.content.decode()


def test_an_expert_finds_his_task_reads_the_papers_and_speaks(world, signed_in, seats):
    browser, seat = signed_in(world.expert_1), seats[0]
    assert at("seat_detail", seat) in browser.get(reverse("seat_list")).content.decode()
    page = browser.get(at("seat_detail", seat)).content.decode()
    assert "50,000.00" in page
    assert "form.pdf" in page
    answer = browser.post(at("seat_word", seat), {"word": "cut", "amount": "40,000", "text": TEXT})
    assert answer.headers["Location"] == reverse("seat_list")
    assert (afresh(seat).word, afresh(seat).amount, afresh(seat).text) == ("cut", 40_000, TEXT)
    page = browser.get(at("seat_detail", seat))
    assert page.context["form"] is None
    assert TEXT in page.content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": TEXT}, "word"),
        ({"word": "cut", "text": TEXT}, "amount"),
        ({"word": "cut", "text": TEXT, "amount": "50000"}, "amount"),
        ({"word": "refuse"}, "text"),
    ],
)
def test_a_word_that_lacks_something_keeps_what_was_typed(world, signed_in, seats, said, field):
    response = signed_in(world.expert_1).post(at("seat_word", seats[0]), said)
    assert field in response.context["form"].errors
    assert said.get("text", "") in response.content.decode()
    assert afresh(seats[0]).is_waiting


def test_a_second_click_of_an_expert_says_so(world, signed_in, seats):
    browser, said = signed_in(world.expert_1), {"word": "agree"}
    assert browser.post(at("seat_word", seats[0]), said).status_code == 302
    again = browser.post(at("seat_word", seats[0]), said)
    assert again.status_code == 409
    assert "您已经提交过意见" in again.content.decode()


def test_an_expert_who_steps_aside_no_longer_finds_the_case(world, signed_in, seats):
    browser = signed_in(world.expert_2)
    assert browser.post(at("seat_recuse", seats[1])).headers["Location"] == reverse("seat_list")
    assert afresh(seats[1]).recused_at is not None
    assert browser.get(at("seat_detail", seats[1])).status_code == 404
    assert browser.get(seats[1].turn.case.get_absolute_url()).status_code == 404
