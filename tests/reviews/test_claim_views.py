"""The opened page claims its case by a POST of its own; colleagues read who has it, take over, hand over, put aside, skip."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from policy.working_days import add_working_days
from reviews.claims import services
from reviews.models import Office, Turn, TurnClaim
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.reviews.desk import at, open_turn

HTMX = {"headers": {"HX-Request": "true"}}
PASS = {"verdict": "pass_review", "text": "材料齐全。"}
WORDS = "测试body正在办理，"


@pytest.fixture
def turn(world):
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)  # one body gets all of it
    return open_turn(drive_application(world.make_application(10_000, 5_000), "body", world))


@pytest.fixture
def others(world, turn):
    """Two more cases of the same list, due after the first."""
    turns = [open_turn(drive_application(world.make_application(10_000, 5_000), "body", world)) for _ in "ab"]
    for days, other in enumerate(turns, start=1):
        Turn.objects.filter(pk=other.pk).update(due_on=turn.due_on + dt.timedelta(days))
    return turns


def page_of(browser, turn, query=""):
    return browser.get(turn.get_absolute_url() + query).content.decode()


def test_a_look_writes_nothing_and_the_page_asks_for_the_claim(world, signed_in, turn):
    page = page_of(signed_in(world.body), turn)
    assert not TurnClaim.objects.exists()
    assert f'hx-post="{at("turn_claim", turn)}" hx-trigger="load, alive"' in page
    assert ("还没有人认领。" in page, ">认领</button>" in page) == (True, True)


def test_the_part_says_who_has_it_and_nothing_where_that_is_known(world, signed_in, turn):
    browser = signed_in(world.body)
    part = browser.post(at("turn_claim", turn), {"shown": ""}, **HTMX)
    assert "您正在办理，" in part.content.decode()
    assert 'hx-trigger="alive"' in part.content.decode()
    key = part.context["claim"]["key"]
    assert browser.post(at("turn_claim", turn), {"shown": key}, **HTMX).status_code == 204
    other = signed_in(world.body_second).post(at("turn_claim", turn), {"shown": ""}, **HTMX).content.decode()
    assert (WORDS in other, "确认接手" in other, ">放开<" in other) == (True, True, False)
    assert TurnClaim.objects.get().person == world.body


def test_without_script_a_button_claims_and_a_refusal_stands_on_the_page(world, signed_in, turn):
    assert (
        signed_in(world.body).post(at("turn_claim", turn) + "?q=SQ").headers["Location"]
        == f"{turn.get_absolute_url()}?q=SQ"
    )
    answer = signed_in(world.body_second).post(at("turn_claim", turn))
    assert (answer.status_code, answer.context["refusal"].code) == (409, "R-HELD")


def test_an_open_page_reads_that_the_case_is_decided_and_by_whom(world, signed_in, turn):
    give_opinion(turn, by=world.body, verdict="pass_review")
    part = signed_in(world.body_second).post(at("turn_claim", turn), **HTMX).content.decode()
    assert "由测试body办结，结果：通过。" in part
    assert "hx-post" not in part


def test_who_may_not_decide_reads_who_has_it_and_claims_nothing(world, signed_in, turn):
    world.body_office.memberships.create(user=world.district)
    browser = signed_in(world.district)
    assert "hx-trigger" not in page_of(browser, turn).partition('id="claim-state"')[2].partition("</div>")[0]
    services.claim(turn, by=world.body)
    page = page_of(browser, turn)
    assert (WORDS in page, "确认接手" in page) == (True, False)
    part = browser.post(at("turn_claim", turn), {"shown": "x"}, **HTMX).content.decode()
    assert WORDS in part


def test_a_decision_of_what_a_colleague_has_keeps_the_words_and_names_him(world, signed_in, turn):
    services.claim(turn, by=world.body)
    browser = signed_in(world.body_second)
    said = {"seen": turn.case.version, "verdict": "send_back", "text": "请补充检测报告。"}
    answer = browser.post(at("turn_opinion", turn), said)
    told = answer.content.decode()
    assert (answer.status_code, "请先点“接手”" in told, said["text"] in told) == (409, True, True)
    assert not turn.opinions.exists()
    assert browser.post(at("turn_take_over", turn)).headers["Location"] == turn.get_absolute_url()
    assert browser.post(at("turn_opinion", turn), said).status_code == 302
    assert turn.opinions.get().reviewer == world.body_second


def test_a_colleague_takes_over_inside_the_page(world, signed_in, turn):
    services.claim(turn, by=world.body)
    part = signed_in(world.body_second).post(at("turn_take_over", turn), **HTMX)
    assert "您正在办理，" in part.content.decode()
    assert TurnClaim.objects.get().person == world.body_second


def test_who_releases_goes_to_the_list(world, signed_in, turn):
    browser = signed_in(world.body)
    services.claim(turn, by=world.body)
    answer = browser.post(at("turn_release", turn) + "?stage=x&skip=1", follow=True)
    assert answer.redirect_chain == [(reverse("turn_list") + "?stage=x", 302)]
    assert "已放开" in answer.content.decode()
    assert "已放开" not in browser.post(at("turn_release", turn), follow=True).content.decode()
    give_opinion(turn, by=world.body, verdict="pass_review")
    assert browser.post(at("turn_release", turn)).status_code == 409


def test_a_skip_leaves_the_case_to_others_and_remembers_it(world, signed_in, turn, others):
    browser = signed_in(world.body)
    services.claim(turn, by=world.body)
    first, second = others
    there = browser.post(at("turn_skip", turn) + "?q=SQ").headers["Location"]
    assert there == f"{first.get_absolute_url()}?q=SQ&skip={turn.pk}#content"
    assert not TurnClaim.objects.exists()
    there = browser.post(at("turn_skip", first) + f"?q=SQ&skip={turn.pk}").headers["Location"]
    assert there == f"{second.get_absolute_url()}?q=SQ&skip={turn.pk}.{first.pk}#content"
    last = browser.post(at("turn_skip", second) + f"?q=SQ&skip={turn.pk}.{first.pk}", follow=True)
    assert last.redirect_chain == [(reverse("turn_list") + "?q=SQ", 302)]
    assert "跳过的还在待办里" in last.content.decode()


@pytest.mark.parametrize("skip", ["x", "1.x", "１", "1..2", "9" * 13, "-1"])
def test_a_part_of_an_address_that_is_no_list_of_keys_skips_nothing(world, signed_in, turn, others, skip):
    there = signed_in(world.body).post(f"{at('turn_skip', turn)}?skip={skip}").headers["Location"]
    assert there == f"{others[0].get_absolute_url()}?skip={turn.pk}#content"


def test_after_a_decision_what_a_colleague_has_and_what_is_put_aside_is_passed_over(world, signed_in, turn, others):
    third = open_turn(drive_application(world.make_application(10_000, 5_000), "body", world))
    Turn.objects.filter(pk=third.pk).update(due_on=turn.due_on + dt.timedelta(9))
    services.claim(others[0], by=world.body_second)
    services.put_aside(others[1], add_working_days(timezone.localdate(), 1), words="等回电。", by=world.body)
    browser, said = signed_in(world.body), {"seen": turn.case.version, **PASS}
    there = browser.post(at("turn_opinion", turn), said).headers["Location"]
    assert there == f"{third.get_absolute_url()}#content"


def test_a_case_is_handed_to_a_colleague_who_reads_the_words(world, signed_in, turn):
    browser = signed_in(world.body)
    place = world.body_office.memberships.get(user=world.body_second)
    assert ">交给同事</a>" in page_of(browser, turn)
    form = browser.get(at("turn_hand_over", turn) + "?q=SQ")
    assert list(form.context["form"].fields["place"].queryset) == [place]
    answer = browser.post(at("turn_hand_over", turn) + "?q=SQ", {"place": place.pk, "note": "金额我已核对。"})
    assert answer.headers["Location"] == reverse("turn_list") + "?q=SQ"
    page = page_of(signed_in(world.body_second), turn)
    assert ("测试body交给您：" in page, "金额我已核对。" in page) == (True, True)
    refused = signed_in(world.body).post(at("turn_hand_over", turn), {"place": place.pk, "note": "再交一次。"})
    assert (refused.status_code, "已交给测试body_second办理" in refused.content.decode()) == (200, True)
    assert "再交一次。" in refused.content.decode()


@pytest.mark.parametrize(
    ("name", "said", "field"),
    [
        ("turn_hand_over", {"note": "请办理。"}, "place"),
        ("turn_hand_over", {"place": "0", "note": "请办理。"}, "place"),
        ("turn_aside", {"until": "明天", "words": "等回电。"}, "until"),
        ("turn_aside", {"until": "2026-12-01"}, "words"),
    ],
)
def test_a_form_that_lacks_something_keeps_what_was_typed(world, signed_in, turn, name, said, field):
    answer = signed_in(world.body).post(at(name, turn), said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert all(value in answer.content.decode() for value in said.values() if value != "0")


def test_a_case_is_put_aside_and_brought_back(world, signed_in, turn):
    browser, until = signed_in(world.body), add_working_days(timezone.localdate(), 2)
    assert browser.get(at("turn_aside", turn)).context["form"].fields["until"].initial == add_working_days(
        timezone.localdate(), 1
    )
    answer = browser.post(at("turn_aside", turn), {"until": f"{until}", "words": "等发票查验。"}, follow=True)
    assert f"已搁置至 {until}" in answer.content.decode()
    assert f"您已搁置至 {until}：等发票查验。到期自动回到待办。" in page_of(browser, turn)
    assert f"测试body已搁置至 {until}：等发票查验。" in page_of(signed_in(world.body_second), turn)
    assert "已取消搁置" in signed_in(world.body).post(at("turn_take_up", turn), follow=True).content.decode()
    assert Turn.objects.claimed_by(world.body).get() == turn


def test_a_day_too_far_is_refused_in_the_form(world, signed_in, turn):
    said = {"until": f"{add_working_days(timezone.localdate(), 30)}", "words": "等回电。"}
    told = signed_in(world.body).post(at("turn_aside", turn), said).content.decode()
    assert ("最多可以搁置 10 个工作日" in told, "等回电。" in told) == (True, True)


def test_a_day_behind_the_promised_one_is_warned_of(world, signed_in, turn):
    first, second, last = (add_working_days(timezone.localdate(), number) for number in (1, 2, 10))
    Turn.objects.filter(pk=turn.pk).update(due_on=first)
    browser = signed_in(world.body)
    form = browser.get(at("turn_aside", turn)).content.decode()
    assert f"承诺办结日期是 {first}，搁置到更晚的日期" in form
    assert (f'min="{first}"' in form, f'max="{last}"' in form) == (True, True)
    told = browser.post(at("turn_aside", turn), {"until": f"{second}", "words": "等回电。"}, follow=True)
    assert f"承诺办结日期 {first} 早于这一天" in told.content.decode()


def test_where_there_is_no_colleague_nothing_is_handed_over(world, signed_in, turn):
    world.body_office.memberships.exclude(user=world.body).delete()
    browser = signed_in(world.body)
    assert ">交给同事</a>" not in page_of(browser, turn)
    part = browser.post(at("turn_claim", turn), {"shown": ""}, **HTMX).content.decode()
    assert (">搁置</a>" in part, ">交给同事</a>" in part) == (True, False)
    page = browser.get(at("turn_hand_over", turn)).content.decode()
    assert ("没有其他可以办理本环节的在岗同事" in page, 'name="place"' in page) == (True, False)


@pytest.mark.parametrize("name", ["turn_hand_over", "turn_aside"])
def test_the_forms_of_a_decided_case_and_of_one_s_own_firm_lead_away(world, signed_in, turn, name):
    world.unit.memberships.create(user=world.body_second)
    own = signed_in(world.body_second).get(at(name, turn))
    assert own.headers["Location"] == turn.case.get_absolute_url()
    give_opinion(turn, by=world.body, verdict="pass_review")
    assert signed_in(world.body).get(at(name, turn)).headers["Location"] == turn.get_absolute_url()


def test_nothing_of_it_is_shown_to_the_applicant(world, signed_in, turn):
    services.hand_over(turn, world.body_second, note="这家企业材料反复。", by=world.body)
    services.put_aside(turn, add_working_days(timezone.localdate(), 1), words="等主任定。", by=world.body_second)
    services.take_over(turn, by=world.body)
    page = signed_in(world.applicant).get(turn.case.get_absolute_url()).content.decode()
    for words in ("这家企业材料反复", "等主任定", "交给同事", "搁置", "接手", "测试body"):
        assert words not in page
