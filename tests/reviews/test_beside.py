"""The message beside the decision: what goes, to whom, what is missing; without script on a page of its own."""

import pytest

from reviews.notices import applicants
from reviews.services import NEEDS_REASON, NEEDS_WORDS, give_opinion
from tests.factories import drive_application
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn
from tests.reviews.test_preview import OUTCOMES, case_of, hidden
from tests.reviews.test_views import RETURN, WORDS, decide


def ask_letter(browser, turn, **said):
    """先看消息, without script."""
    return browser.post(at("turn_letter", turn), {"seen": turn.case.version, **said})


def look(browser, turn, **said):
    """The page with the message, to which 先看消息 leads."""
    return browser.get(ask_letter(browser, turn, **said).headers["Location"])


def beside(browser, turn, **said):
    """What stands beside the decision while it is filled in."""
    said = {"seen": turn.case.version, **said}
    return browser.post(at("turn_letter", turn), said, headers={"HX-Request": "true"})


def test_the_message_stands_beside_the_decision_and_nothing_is_done(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    answer = beside(browser, turn, **RETURN)
    page = answer.content.decode()
    assert (answer.status_code, WORDS in page, "<form" in page) == (200, True, False)
    assert f"发给{world.unit}：站内消息 2 人" in page
    assert (afresh(application).state, turn.opinions.count()) == ("district", 0)
    assert "letters" not in browser.session


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "选择审核结果后，这里显示将要发给申请单位的消息。"),
        ({"verdict": "send_back"}, NEEDS_WORDS[1]),
        ({"verdict": "reject", "text": WORDS}, NEEDS_REASON[1]),
    ],
)
def test_what_is_missing_is_told_beside_the_decision(world, signed_in, application, said, told):
    answer = beside(signed_in(world.district), open_turn(application), **said)
    assert (answer.status_code, told in answer.content.decode(), '<p class="letter">' in answer.content.decode()) == (
        200,
        True,
        False,
    )


def test_beside_a_case_that_has_moved_on_stands_that_it_has(world, signed_in, application):
    answer = beside(signed_in(world.district), open_turn(application), **RETURN | {"seen": application.version - 1})
    assert "已经有了新的进展" in answer.content.decode()


def test_beside_a_case_that_is_decided_stands_that_it_is(world, signed_in, application):
    turn = open_turn(application)
    give_opinion(turn, by=world.district, **RETURN)
    assert "已经有了新的进展" in beside(signed_in(world.district), turn, **RETURN).content.decode()


def test_without_script_the_message_has_a_page_of_its_own(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    shown = look(browser, turn, **RETURN)
    assert (shown.status_code, afresh(application).state) == (200, "district")
    assert WORDS in shown.context["letter"].text
    assert '#decision">去核对消息</a>' in shown.content.decode()  # the button of a phone, where the letter is below
    assert decide(browser, turn, **RETURN).status_code == 302
    back = browser.get(f"{at('turn_detail', turn)}?letter=1")
    assert (back.status_code, "办结，结果：退回修改" in back.content.decode()) == (200, True)
    assert not browser.session["letters"]


@pytest.mark.parametrize(("name", "state", "person", "said"), OUTCOMES)
def test_the_message_that_goes_is_the_one_that_stood_beside_it(world, signed_in, name, state, person, said):
    case = case_of(world, name, state)
    turn, browser = open_turn(case), signed_in(getattr(world, person))
    letter = beside(browser, turn, **said).context["letter"].text
    assert decide(browser, turn, **said).status_code == 302
    sent = applicants(case).first().notices.filter(url=case.get_absolute_url()).order_by("-pk").first()
    assert letter == hidden(f"{sent.subject}\n\n{sent.body}", case)


def test_the_message_is_shown_again_by_a_reload_and_by_going_back(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    address = ask_letter(browser, turn, **RETURN).headers["Location"]
    first, again = browser.get(address), browser.get(address)
    assert first.context["letter"] == again.context["letter"]


def test_a_message_of_a_case_that_has_moved_on_is_not_shown_as_if_it_went(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    address = ask_letter(browser, turn, **RETURN).headers["Location"]
    type(application).objects.filter(pk=application.pk).update(version=application.version + 1)
    page = browser.get(address)
    assert ("已经有了新的进展" in page.content.decode(), WORDS in page.content.decode()) == (True, True)
    assert not page.context["letter"]


def test_a_message_that_cannot_be_shown_keeps_what_was_typed(world, signed_in, application):
    browser, turn = signed_in(world.district), open_turn(application)
    missing = ask_letter(browser, turn, **RETURN | {"verdict": "reject"})
    moved = ask_letter(browser, turn, **RETURN | {"seen": 0})
    for answer, status in ((missing, 200), (moved, 409)):
        assert (answer.status_code, WORDS in answer.content.decode()) == (status, True)


def test_messages_of_several_cases_wait_each_for_itself(world, signed_in, application):
    browser, other = signed_in(world.district), drive_application(world.make_application(), "district", world)
    one = ask_letter(browser, open_turn(application), **RETURN).headers["Location"]
    ask_letter(browser, open_turn(other), **RETURN | {"text": "另一句话。"})
    assert WORDS in browser.get(one).context["letter"].text
    assert browser.get(open_turn(other).get_absolute_url()).context["letter"] == ""
