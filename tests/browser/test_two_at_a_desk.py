"""Two reviewers of one office at one case, each in a browser: who has it, who takes it over, who is led on."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from reviews.models import Office, TurnClaim
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, drive_application
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATE = "#claim-state"
WORDS = "请补充检测报告的编号。"
SEEN = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def turns():
    """Three cases that lie at the same body."""
    world = World()
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)
    return [open_turn(drive_application(world.make_application(10_000, 5_000), "body", world)) for _ in range(3)]


def at(person, turn):
    """The page of a case that lies open, and its first sign of life has been answered."""
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.go(turn.get_absolute_url())
    return person


def reads(person, words):
    expect(person.page.locator(STATE)).to_contain_text(words)
    return person


def stirs(person):
    """The page comes back into sight, and its sign of life has been answered."""
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.page.evaluate(SEEN)


def decide(person):
    person.page.locator("[name=verdict][value=send_back]").check()
    return person.fill(text=WORDS).press("提交决定")


def run_out():
    """As if the last sign of life had come twenty minutes ago."""
    ago = dt.timedelta(minutes=20)
    for claim in TurnClaim.objects.all():
        TurnClaim.objects.filter(pk=claim.pk).update(since=claim.since - ago, alive_until=claim.alive_until - ago)


def test_two_reviewers_share_a_desk(stage, turns):
    first, second = stage.staff("body"), stage.staff("body_second")
    reads(at(first, turns[0]), "您正在办理")
    before = TurnClaim.objects.get().alive_until
    stirs(first)
    reads(first, "您正在办理")
    reads(at(second, turns[0]), "测试body正在办理")
    assert TurnClaim.objects.get().alive_until > before
    second.look("82-held")
    decide(second).sees("请先点“接手”")  # refused, with the words on the page
    stage.complaints.clear()  # the answer was a 409, as it should be
    expect(second.page.locator("#decision [name=text]")).to_have_value(WORDS)
    second.page.locator(f"{STATE} summary").click()
    second.press("确认接手", within=second.page.locator(STATE))
    reads(second, "您正在办理")
    expect(second.page.locator("#decision [name=text]")).to_have_value(WORDS)
    stirs(first)
    reads(first, "测试body_second正在办理")
    second.press("提交决定").sees("已办理")
    stirs(first)
    reads(first, "由测试body_second办结")
    reads(second, "您正在办理")  # led on to the next case, which is his now
    first.go(turns[0].get_absolute_url()).sees("由测试body_second办结")
    first.press("办理下一件", role="link")
    reads(first, "您正在办理")
    assert first.page.url.partition("#")[0] != second.page.url.partition("#")[0]


def test_a_killed_browser_frees_the_case(stage, turns):
    first, second = stage.staff("body"), stage.staff("body_second")
    reads(at(first, turns[0]), "您正在办理")
    first.page.context.close()
    stage.contexts.remove(stage.contexts[0])
    reads(at(second, turns[0]), "测试body正在办理")
    run_out()
    stirs(second)
    reads(second, "您正在办理")


def test_a_case_is_put_aside_skipped_and_handed_over(stage, turns):
    first = stage.staff("body")
    reads(at(first, turns[0]), "您正在办理")
    first.press("搁置", role="link").fill(words="等发票查验。").look("83-aside")
    first.press("搁置").sees("已搁置至")
    reads(at(first, turns[0]), "您已搁置至").look("84-put-aside")
    first.press("取消搁置")
    reads(first, "您正在办理")
    first.press("跳过，看下一件")
    reads(first, "您正在办理")
    assert turns[0].get_absolute_url() not in first.page.url.partition("?")[0]
    first.press("交给同事", role="link").fill(place="测试body_second", note="金额我已核对，请接着看。").look(
        "85-hand-over"
    )
    first.press("交给他").sees("他已收到消息")
    second = stage.staff("body_second")
    claim = TurnClaim.objects.get(is_kept=True)
    reads(at(second, claim.turn), "您正在办理").sees("金额我已核对，请接着看。")
    second.page.set_viewport_size(NARROW)
    second.look("86-handed-over").page.set_viewport_size(WIDE)
