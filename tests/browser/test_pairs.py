"""Two people at one thing, each in a browser of his own: nobody undoes the other, each reads what the other did."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import FormDraft, KeptForm
from redemption.models import Claim
from reviews.models import Opinion, TurnClaim
from tests.browser.stage import PASSWORD
from tests.factories import World, drive_application, make_user
from tests.reviews.desk import at, open_turn
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = "委托检测三批复合材料样品的力学性能，用于改进配方。"
SECOND = "委托完成五件样机的疲劳试验，用于确定壁厚和热处理参数。"
SAVED = 15_000  # milliseconds until what is typed has saved itself


@pytest.fixture
def world(stage):
    world = World()
    world.unit.memberships.create(user=make_user("colleague", name="同事乙"), role="handler")
    return world


def pair(stage, one, other):
    """Two people, each in his own browser; a refusal (409) is no fault of a page here."""
    people = stage.staff(one), stage.staff(other)
    for person in people:
        person.page.on("close", lambda _: forgive(stage))
    return people


def forgive(stage):
    """Forget what the console says about an answer that refuses."""
    stage.complaints[:] = [words for words in stage.complaints if "409 (Conflict)" not in words]


def both_at(people, address):
    for person in people:
        person.go(address)


def open_row(person):
    """The row of the contract, opened; what is in it."""
    person.page.locator("#rows-contract").get_by_role("link", name="编辑").click()
    row = person.page.locator(".row-open")
    expect(row.locator("[name=name]")).to_be_visible()
    return row


def keep(row):
    row.get_by_role("button", name="保存").click()


def test_rows_a_colleague_s_row_is_not_undone_and_what_was_typed_stays(stage, world):
    claim = world.make_claim()
    people = one, other = pair(stage, "applicant", "colleague")
    both_at(people, reverse("claim_edit", args=[claim.number]))
    first, second = open_row(one), open_row(other)
    first.locator("[name=name]").fill("先到的合同")
    keep(first)
    one.sees("先到的合同")
    second.locator("[name=name]").fill("后到的合同")
    keep(second)
    other.sees(f"{world.applicant.name}", "修改了合同 先到的合同", "还没有保存")
    expect(second.locator("[name=name]")).to_have_value("后到的合同")
    assert claim.contracts.get().name == "先到的合同"
    keep(second)
    expect(second).to_have_count(0)
    other.sees("后到的合同")
    one.go(one.page.url.removeprefix(stage.url)).sees("后到的合同")
    assert claim.contracts.get().name == "后到的合同"


def ready(person, words):
    """A verdict as far as the message that will go out, which stands beside it."""
    person.page.locator("[name=verdict][value=pass_review]").check()
    person.fill(text=words)
    expect(person.page.locator(".letter-beside .letter")).to_be_visible()


def test_decisions_of_two_reviewers_at_one_moment_are_one(stage, world):
    case = drive_application(world.make_application(), "body", world)
    people = pair(stage, "body", "body_second")
    both_at(people, at("turn_detail", open_turn(case)))
    for person in people:
        expect(person.page.get_by_text("正在办理").first).to_be_visible()
    TurnClaim.objects.all().delete()  # as if the lease of whoever came first had run out
    for person, words in zip(people, (FIRST, SECOND), strict=True):
        ready(person, words)
    for person in people:  # neither waits for the other
        person.page.evaluate("() => { setTimeout(() => document.querySelector('#decision form').requestSubmit()) }")
    for person in people:
        expect(person.page.get_by_text(re.compile("已办理：|没有再办理")).first).to_be_visible()
    opinion = Opinion.objects.filter(turn__state="body").get()
    winner, loser = people if opinion.reviewer == world.body else people[::-1]
    winner.sees("已办理")
    loser.sees("没有再办理", SECOND if opinion.text == FIRST else FIRST)
    assert Application.objects.get(pk=case.pk).state == "approved"


def test_drafts_keep_both_where_two_answer_different_questions(stage, world):
    case = world.make_application()
    people = one, other = pair(stage, "applicant", "colleague")
    both_at(people, reverse("application_edit", args=[case.number]))
    one.fill(project_name="先到的项目").press("保存").sees("已保存")
    other.fill(content=SECOND).press("保存").sees("已保存。您可以随时回来继续填写")
    expect(other.page.locator("[name=project_name]")).to_have_value("先到的项目")
    case = Application.objects.get(pk=case.pk)
    assert (case.project_name, case.content) == ("先到的项目", SECOND)


def test_drafts_show_the_other_answer_beside_the_same_question(stage, world):
    case = world.make_application()
    people = one, other = pair(stage, "applicant", "colleague")
    both_at(people, reverse("application_edit", args=[case.number]))
    one.fill(content=FIRST).press("保存").sees("已保存")
    other.fill(content=SECOND).press("保存").sees("修改了", f"已改为“{FIRST}”")
    expect(other.page.locator("[name=content]")).to_have_value(SECOND)
    assert Application.objects.get(pk=case.pk).content == FIRST
    other.press("保存").sees("已保存。您可以随时回来继续填写")
    one.go(one.page.url.removeprefix(stage.url))
    expect(one.page.locator("[name=content]")).to_have_value(SECOND)
    assert Application.objects.get(pk=case.pk).content == SECOND


def opine(person, verdict, words):
    """Type an opinion and wait until it has saved itself."""
    person.page.locator(f"[name=verdict][value={verdict}]").check()
    person.fill(text=words)
    place = person.page.locator("#decision [role=status].saved")
    expect(place).to_contain_text("已自动保存", timeout=SAVED)
    return place


def test_opinions_save_themselves_beside_each_other(stage, world):
    turn = open_turn(drive_application(world.make_application(), "body", world))
    one, other = pair(stage, "body", "body_second")
    opine(one.go(at("turn_detail", turn)), "send_back", FIRST)
    other.go(at("turn_detail", turn)).sees("也在填写这份内容", FIRST)
    expect(other.page.locator("#decision [name=text]")).to_have_value("")  # nothing is filled in by itself
    other.press("不采用")
    expect(opine(other, "pass_review", SECOND)).to_contain_text(f"{world.body} ")
    one.go(at("turn_detail", turn)).sees("填写的内容已自动保存", FIRST, "也在填写这份内容", SECOND)
    one.press("恢复这些内容")
    expect(one.page.locator("#decision [name=text]")).to_have_value(FIRST)
    saved = {draft.user: dict(draft.fields)["text"] for draft in FormDraft.objects.all()}
    assert saved == {world.body: FIRST, world.body_second: SECOND}
    assert not Opinion.objects.filter(turn=turn).exists()


def test_submit_against_change_hands_in_only_what_was_shown(stage, world):
    claim = world.make_claim()
    one, other = pair(stage, "applicant", "colleague")
    one.go(reverse("claim_check", args=[claim.number]))
    other.go(reverse("claim_edit", args=[claim.number]))
    row = open_row(other)
    row.locator("[name=name]").fill("核对之后改的合同")
    keep(row)
    expect(row).to_have_count(0)
    one.press("确认提交").sees("同事乙", "修改了合同 核对之后改的合同")
    assert Claim.objects.get(pk=claim.pk).state == "draft"
    one.press("确认提交").sees("提交回执")
    other.go(reverse("claim_detail", args=[claim.number])).sees("待初审")
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.state, claim.contracts.get().name) == ("district", "核对之后改的合同")


def test_session_end_while_one_types_loses_no_word(stage, world):
    case = world.make_application()
    one = stage.staff("applicant")
    other = stage.enter("applicant").sign_in("applicant")  # the same account elsewhere
    one.go(reverse("application_edit", args=[case.number])).fill(content=FIRST)
    other.go(reverse("session_end_all")).sees("提交时会先保留").press("退出其他设备").sees("已结束其他 1 处登录")
    expect(one.page.locator("[data-saved]")).to_contain_text("登录已结束", timeout=SAVED)
    one.press("保存").sees("登录已结束")
    assert KeptForm.objects.get().user == world.applicant
    one.page.get_by_label("用户名或手机号").fill("applicant")
    one.page.get_by_label("密码").fill(PASSWORD)
    one.press("登录").sees("您输入的内容已保留", FIRST).press("继续保存").sees("已保存")
    other.go(reverse("application_edit", args=[case.number]))
    expect(other.page.locator("[name=content]")).to_have_value(FIRST)
    assert Application.objects.get(pk=case.pk).content == FIRST
    assert not KeptForm.objects.exists()
