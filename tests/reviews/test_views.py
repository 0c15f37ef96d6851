"""The desk: who finds what, how many questions the pages ask, and the decision with its message shown first."""

import re

import pytest
from django.urls import reverse

from reviews import panel
from reviews.models import Turn
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn, pile

WORDS = "服务内容过于笼统，请写明检测项目。"
RETURN = {"verdict": "send_back", "text": WORDS, "corrections": ["content"]}


def decide(browser, turn, **said):
    """Post a decision as the page does: with the version that is on screen."""
    return browser.post(at("turn_opinion", turn), {"seen": turn.case.version, **said})


@pytest.mark.bare
@pytest.mark.parametrize("name", ["turn_list", "turn_done_list", "seat_list"])
def test_a_visitor_is_sent_to_sign_in(client, name):
    assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("person", ["applicant", "stranger", "other_district", "body", "platform", "expert_1"])
def test_a_turn_of_another_office_is_not_found(world, signed_in, application, person):
    turn, browser = open_turn(application), signed_in(getattr(world, person))
    assert browser.get(at("turn_detail", turn)).status_code == 404
    for name in ("turn_opinion", "turn_letter", "turn_transfer", "panel_form", "panel_replace"):
        assert browser.post(at(name, turn), {"verdict": "pass_review"}).status_code == 404


@pytest.mark.parametrize("person", ["expert_2", "body", "applicant", "administrator"])
def test_a_seat_of_another_expert_is_not_found(world, signed_in, experts_claim, person):
    seat = panel.form_panel(open_turn(experts_claim), world.experts, by=world.body)[0]
    browser = signed_in(getattr(world, person))
    assert browser.get(at("seat_detail", seat)).status_code == 404
    for name in ("seat_word", "seat_recuse"):
        assert browser.post(at(name, seat), {"word": "agree"}).status_code == 404


@pytest.mark.parametrize("name", ["turn_opinion", "turn_letter", "turn_transfer", "panel_form", "panel_replace"])
def test_a_verb_is_not_read(world, signed_in, application, name):
    assert signed_in(world.district).get(at(name, open_turn(application))).status_code == 405


def test_the_inbox_shows_what_lies_at_the_own_offices_the_most_urgent_first(world, signed_in, application):
    turns = [*pile(application, world.district_office, 2), open_turn(application)]
    drive_application(world.make_application(), "body", world)
    page = signed_in(world.district).get(reverse("turn_list")).context["page"]
    assert [turn.pk for turn in page] == [turn.pk for turn in turns]


@pytest.mark.parametrize("sort", ["-due_on", "nonsense"])
def test_the_inbox_is_sorted_as_asked_or_as_ever(world, signed_in, application, sort):
    turns = pile(application, world.other_district_office, 3)
    page = signed_in(world.other_district).get(reverse("turn_list"), {"sort": sort}).context["page"]
    assert [turn.pk for turn in page] == [turn.pk for turn in (turns[::-1] if sort == "-due_on" else turns)]


def test_an_empty_inbox_says_what_comes_next(world, signed_in):
    page = signed_in(world.district).get(reverse("turn_list")).content.decode()
    assert "没有待办事项" in page
    assert reverse("turn_done_list") in page


def test_a_page_beyond_the_last_is_the_last(world, signed_in, application):
    pile(application, world.other_district_office, 25)
    page = signed_in(world.other_district).get(reverse("turn_list"), {"page": 99}).context["page"]
    assert (page.number, len(page.object_list)) == (2, 5)


def test_the_done_list_says_how_each_turn_ended(world, signed_in, application):
    give_opinion(open_turn(application), by=world.district, verdict="send_back", text=WORDS)
    pile(application, world.district_office, 1, by=world.district)
    page = signed_in(world.district).get(reverse("turn_done_list"))
    assert sorted(turn.ending for turn in page.context["page"]) == ["退回修改", "通过"]
    assert "退回修改</strong>" in page.content.decode()


def test_every_kind_of_case_is_decided_from_its_page(world, signed_in, cases):
    ends = {
        "unit": "certified",
        "application_district": "body",
        "application_body": "approved",
        "claim_district": "formal",
    }
    for name, (case, person) in cases.items():
        assert decide(signed_in(person), open_turn(case), verdict="pass_review").status_code == 302
        assert afresh(case).state == ends[name]


def test_a_decision_is_one_post(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    answer = decide(browser, turn, **RETURN)
    assert (answer.status_code, afresh(application).state) == (302, "district_returned")
    assert turn.opinions.get().corrections == ["content"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "verdict"),
        ({"verdict": "send_back"}, "text"),
        ({"verdict": "reject", "text": WORDS}, "reason"),
        ({"verdict": "return_form", "text": WORDS}, "verdict"),
        ({"verdict": "reject", "text": WORDS, "reason": "R-MOON"}, "reason"),
    ],
)
def test_a_decision_that_lacks_something_keeps_what_was_typed(world, signed_in, application, said, field):
    response = decide(signed_in(world.district), open_turn(application), **said)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert said.get("text", "") in response.content.decode()
    assert afresh(application).state == "district"


def test_an_older_page_says_so_and_keeps_what_was_typed(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    response = decide(browser, turn, **RETURN | {"seen": application.version - 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "已经有了新的进展" in page
    assert WORDS in page
    assert not turn.opinions.exists()


def test_a_second_click_says_so_and_keeps_what_was_typed(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    said = {"seen": application.version, **RETURN}
    assert browser.post(at("turn_opinion", turn), said).status_code == 302
    again = browser.post(at("turn_opinion", turn), said)
    assert again.status_code == 409
    told = again.content.decode()
    assert "办结，结果：退回修改。您这次提交的没有再办理，结果没有改变。" in told
    assert ("办理下一件" in told, WORDS in told, turn.opinions.count()) == (False, True, 1)


def test_who_may_not_decide_reads_why_instead_of_a_form(world, signed_in, application):
    world.unit.memberships.create(user=world.district)
    turn, browser = open_turn(application), signed_in(world.district)
    response = browser.get(at("turn_detail", turn), follow=True)
    assert b'name="verdict"' not in response.content
    assert "您是申请单位的成员" in response.content.decode()
    refusal = decide(browser, turn, verdict="pass_review")
    assert (refusal.status_code, afresh(application).state) == (409, "district")


def test_who_decided_another_stage_reads_why(world, signed_in, application):
    give_opinion(open_turn(application), by=world.district, verdict="pass_review")
    world.body_office.memberships.create(user=world.district)
    page = signed_in(world.district).get(at("turn_detail", open_turn(application))).content.decode()
    assert "您已办理过本事项的“区初审”" in page
    assert "请由同事办理。可以办理的同事：测试body、测试body_second。" in page


def test_signs_of_a_tie_are_shown_to_the_desk_and_not_to_the_applicant(world, signed_in, application):
    world.provider.legal_representative = world.unit.legal_representative
    world.provider.save()
    page = signed_in(world.district).get(at("turn_detail", open_turn(application)))
    assert len(page.context["dossier"].warnings) == 1
    sentence = page.context["dossier"].warnings[0]
    assert sentence in page.content.decode()
    assert sentence not in signed_in(world.applicant).get(application.get_absolute_url()).content.decode()


def test_a_decided_turn_is_read_only(world, signed_in, application):
    turn = open_turn(application)
    give_opinion(turn, by=world.district, verdict="pass_review")
    response = signed_in(world.district).get(at("turn_detail", turn))
    assert b'name="verdict"' not in response.content
    assert re.search(r"这个环节已于 [0-9: -]{16} 由测试district办结，结果：通过。", response.content.decode())


def test_who_comes_back_to_what_he_decided_is_led_to_the_next_case(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    other = open_turn(drive_application(world.make_application(), "district", world))
    shown = {"seen": application.version, **RETURN}
    give_opinion(turn, by=world.district, **RETURN)
    for answer in (browser.get(at("turn_detail", turn)), browser.post(at("turn_opinion", turn), shown)):
        page = answer.content.decode()
        assert ("结果：退回修改。" in page, f'href="{other.get_absolute_url()}#content">办理下一件' in page) == (
            True,
            True,
        )
        assert "请另开窗口" not in page


def test_a_transfer_from_the_page(world, signed_in, application):
    turn, browser = open_turn(application), signed_in(world.district)
    said = {"seen": application.version, "office": world.other_district_office.pk, "words": "注册地在滨海新区。"}
    assert browser.post(at("turn_transfer", turn), said).headers["Location"] == reverse("turn_list")
    assert open_turn(application).office == world.other_district_office
    again = browser.post(at("turn_transfer", turn), said)
    assert again.status_code == 409
    assert "您这次提交的没有再办理" in again.content.decode()


def test_a_transfer_that_lacks_something_keeps_what_was_typed(world, signed_in, application):
    turn = open_turn(application)
    response = signed_in(world.district).post(at("turn_transfer", turn), {"words": "注册地在滨海新区。"})
    assert "office" in response.context["transfer"].errors
    assert "注册地在滨海新区。" in response.content.decode()


def test_only_a_district_is_offered_the_transfer(world, signed_in):
    turn = open_turn(drive_application(world.make_application(), "body", world))
    assert "转办" not in signed_in(world.body).get(at("turn_detail", turn)).content.decode().partition("</header>")[2]


def test_the_city_looks_at_every_turn_and_decides_none(client, world):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    client.force_login(world.municipal)
    listed, page = client.get(reverse("turn_all_list")), client.get(turn.get_absolute_url())
    assert [row.pk for row in listed.context["page"]] == list(
        Turn.objects.order_by("-opened_at", "-pk").values_list("pk", flat=True)
    )
    assert page.context["objection"] == "本事项由南开区科技局办理，您可以查看，不能办理。"
    assert b'name="verdict"' not in page.content
    assert client.post(at("turn_opinion", turn), {"verdict": "pass_review"}).status_code == 404


@pytest.mark.parametrize("role", ["applicant", "district", "body", "platform", "administrator", "expert_1"])
def test_nobody_but_the_city_lists_everything(client, world, role):
    client.force_login(world.people[role])
    assert client.get(reverse("turn_all_list")).status_code == 404


@pytest.mark.parametrize(("lying", "count"), [("open", 1), ("past", 0), ("done", 1)])
def test_the_city_narrows_by_where_a_case_lies(client, world, lying, count):
    drive_application(world.make_application(), "body", world)
    client.force_login(world.municipal)
    found = client.get(reverse("turn_all_list"), {"lying": lying, "q": "SQ"}).context["page"]
    assert found.count == count
