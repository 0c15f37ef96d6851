"""One case on one screen: at 1440 × 900 every deciding fact stands in the first 900 px, and the decision is one key away."""

import pytest
from playwright.sync_api import expect

from reviews.kinds import tell
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOW = """() => [...document.querySelectorAll(".fact-strip > div")].map(node => node.getBoundingClientRect())
  .filter(box => !box.height || box.bottom > 900 || box.right > window.innerWidth).length"""
HIT = """(act) => { const box = act.getBoundingClientRect();
  return act.contains(document.elementFromPoint(box.x + box.width / 2, box.bottom - 3)) }"""
WHOLE = """(part) => { const box = part.getBoundingClientRect(), x = box.x + box.width / 2;
  return [box.top + 2, box.bottom - 2].every(y => part.contains(document.elementFromPoint(x, y))) }"""
ROOM = "(() => { const n = document.querySelector('.decision-fields'); return n.scrollHeight - n.clientHeight })()"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def case_of(world, name):
    """(the case, who decides it)."""
    if name == "claim":
        return drive_claim(world.make_claim(), "formal", world), "body"
    if name == "application":
        return drive_application(world.make_application(), "body", world), "body"
    if name == "admission":
        return world.admit("pending"), "platform"
    pending = make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司")
    return drive_unit(pending, "pending", world), "platform"


@pytest.mark.parametrize("name", ["claim", "application", "unit", "admission"])
def test_every_deciding_fact_stands_in_the_first_900_pixels(stage, name):
    world = World()
    case, role = case_of(world, name)
    turn, facts = open_turn(case), tell(case, world.people[role]).facts
    page = stage.staff(role).go(f"/desk/{turn.pk}/").page
    shown = page.locator(".fact-strip dt").all_inner_texts()
    assert shown == [*(row.label for row in facts), "核对"]
    assert page.evaluate(LOW) == 0
    radio, act = page.locator("[name=verdict]").first, page.get_by_role("button", name="提交决定")
    for part in (radio, act):
        expect(part).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the way past the frame
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "verdict":
            break
    assert page.evaluate("document.activeElement.name") == "verdict"
    stage.contexts[-1].pages[0].set_viewport_size(NARROW)
    assert page.evaluate(WIDER) <= 0
    page.get_by_role("link", name="去办理").click()
    expect(radio).to_be_in_viewport(ratio=1)
    page.set_viewport_size(WIDE)


def test_a_fact_below_the_fold_or_hidden_is_found(stage):
    """The measure above can fail."""
    world = World()
    case, role = case_of(world, "application")
    page = stage.staff(role).go(f"/desk/{open_turn(case).pk}/").page
    shown = page.locator(".fact-strip > div").count()
    page.evaluate("document.querySelector('.fact-strip > div').style.display = 'none'")
    assert page.evaluate(LOW) == 1
    page.evaluate("document.querySelector('.fact-strip').style.marginTop = '860px'")
    assert page.evaluate(LOW) == shown


@pytest.mark.parametrize("name", ["claim", "admission"])
def test_whatever_is_told_beside_it_the_act_stays_in_sight(stage, name):
    """A long message, sentences of what is missing, and what was typed before and not sent."""
    world = World()
    case, role = case_of(world, name)
    page = stage.staff(role).go(f"/desk/{open_turn(case).pk}/").page
    act = page.get_by_role("button", name="提交决定")
    for value, told in (("pass_review", "发给"), ("reject", "必须选择原因"), ("send_back", "还没有写上")):
        page.locator(f"[name=verdict][value={value}]").check()
        expect(page.locator(".letter-beside")).to_contain_text(told)
        expect(act).to_be_in_viewport(ratio=1)
        assert act.evaluate(HIT)
    act.click()
    expect(page.locator("#decision .error-summary")).to_be_visible()
    expect(act).to_be_in_viewport(ratio=1)
    assert act.evaluate(HIT)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


@pytest.mark.parametrize("name", ["claim", "application"])
def test_results_box_and_act_are_whole_whatever_is_chosen(stage, name):
    world = World()
    case, role = case_of(world, name)
    page = stage.staff(role).go(f"/desk/{open_turn(case).pk}/").page
    parts = [page.locator("[name=verdict]").nth(number) for number in range(3)]
    parts += [page.locator("#decision textarea"), page.get_by_role("button", name="提交决定")]
    assert page.evaluate(ROOM) == 0
    for chosen in (None, 0, 1, 2):
        if chosen is not None:
            parts[chosen].check()
        for part in parts:
            assert part.evaluate(WHOLE)
    page.get_by_text("询问企业", exact=True).click()
    expect(page.get_by_label("要询问的内容")).to_be_in_viewport()


def test_a_click_on_a_row_turns_the_paper_beside_it(stage):
    world = World()
    claim = drive_claim(world.make_claim(), "formal", world)
    page = stage.staff("body").go(f"/desk/{open_turn(claim).pk}/").page
    paper = claim.invoices.get().document
    page.locator("#rows-1 tbody tr").first.locator("td").first.click()
    pane = page.locator(f"[data-paper-pane*='{paper.pk}']")
    expect(pane).to_be_visible()
    expect(page.locator("#rows-1 tr.at-paper")).to_have_count(1)
