"""A group of five decides twenty cases: proposed, asked, heard in one table by keyboard, recorded together."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from redemption.models import Claim
from reviews.models import Panel, PanelSeat
from tests.factories import World
from tests.reviews.pool import come, expert, more_turns, speak

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = 20


@pytest.fixture
def world():
    world = World()
    for number in (4, 5):
        expert(world, f"expert_{number}", employer=f"样例大学{number}", specialties=["materials"])
    more_turns(world, CASES)
    return world


def form(body):
    """Every case that waits, and whoever is proposed."""
    body.go(reverse("group_new")).look("90-group-cases")
    for box in body.page.locator("[name=turn]").all():
        box.check()
    body.fill(size="5").press("下一步：提名专家").look("91-group-experts")
    body.fill(name="十二月评审组").press("发出邀请").sees("已向 5 位专家发出邀请").look("92-group-asked")


def say_yes_by_keyboard(person):
    """同意 in every row, without a mouse: from the title of a case to its choice, its amount, its words, and on."""
    person.page.locator(".hear-rows a").first.focus()
    for _ in range(CASES):
        person.page.keyboard.press("Tab")
        person.page.keyboard.press("ArrowDown")
        for _ in range(3):
            person.page.keyboard.press("Tab")
    person.agrees().press("提交已填写的意见").sees(f"已提交 {CASES} 个事项的评审意见")


def test_a_group_of_five_decides_twenty_cases(stage, world):
    body = stage.staff("body")
    form(body)
    first = stage.staff("expert_1").go(reverse("seat_list"))
    first.press("十二月评审组", role="link").look("93-hearing-asked")
    first.press("接受邀请").sees("您已接受邀请")
    group = come(Panel.objects.get())
    first.go(group.get_hearing_url()).look("94-hearing-words")
    say_yes_by_keyboard(first)
    for member in group.members.exclude(expert=world.expert_1).select_related("expert"):
        speak(group, member.expert)
    assert PanelSeat.objects.filter(word="agree").count() == 5 * CASES
    second = stage.staff("body_second").go(group.get_absolute_url()).look("95-group-heard")  # the first did 形式审查
    second.press(f"批量记录多数同意的 {CASES} 件")
    second.page.locator("[name=verdict][value=pass_review]").check()
    second.fill(text="评审组一致同意。")
    second.page.once("dialog", lambda dialog: dialog.accept())
    second.press(f"办理 {CASES} 件").sees("已办理")
    second.go(group.get_absolute_url()).look("96-group-decided")
    assert Claim.objects.filter(state="passed").count() == CASES
    assert Notice.objects.filter(kind="panel_result").count() == 5
