"""批量办理: one word for many turns, a row with its result, none twice, to be gone on with after a kill."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from reviews.bulk import tasks, work
from reviews.bulk.services import MOST, choose, start
from reviews.claims import services as claims
from reviews.models import BulkDecision, Opinion, Turn, Verdict
from reviews.money import decides_money
from tests.factories import drive_application, drive_claim, make_user
from tests.helpers import afresh, refused
from tests.reviews.desk import open_turn, pile, queries

pytestmark = pytest.mark.django_db
WORDS = "经审核，符合要求。"
PASS = {"verdict": "pass_review", "text": WORDS}


@pytest.fixture
def three(world):
    """Three applications that wait for 区初审."""
    return [drive_application(world.make_application(20_000, 10_000), "district", world) for _ in range(3)]


def turns_of(cases):
    return list(
        Turn.objects.filter(pk__in=[open_turn(case).pk for case in cases]).select_related("office", "case_type")
    )


def chosen(cases, world, **said):
    """Chosen and confirmed, not begun."""
    kept = choose(turns_of(cases), by=world.district)
    return start(kept, by=world.district, **(PASS | said))


def spoken(world):
    return Opinion.objects.filter(reviewer=world.district)


def told(decision):
    return [(line.done, line.said) for line in decision.lines.order_by("turn")]


def test_what_is_chosen_is_counted_and_summed_and_nothing_is_decided(world, three):
    kept = choose(turns_of(three), by=world.district)
    assert (kept.total, kept.asked, kept.stage, str(kept)) == (3, 30_000, "chosen", f"{kept.title} 3 件")
    assert [line.outcome for line in kept.lines.all()] == ["待办理"] * 3
    assert not spoken(world).exists()
    assert {afresh(case).state for case in three} == {"district"}


def test_each_is_decided_by_the_person_with_the_words(world, three):
    kept = chosen(three, world)
    assert work.carry_on(kept.pk) is True
    kept.refresh_from_db()
    assert (kept.stage, kept.done, kept.left, kept.worked_off) == ("done", 3, 0, 3)
    assert {afresh(case).state for case in three} == {"body"}
    assert set(spoken(world).values_list("text", flat=True)) == {WORDS}
    assert [line.outcome for line in kept.lines.all()] == ["已办理"] * 3
    assert Notice.objects.filter(recipient=world.district, kind="bulk_ended").count() == 1


def test_a_return_says_the_same_to_all(world, three):
    work.carry_on(chosen(three[:2], world, verdict="send_back", text="请补充合同草案。").pk)
    assert [afresh(case).state for case in three] == ["district_returned", "district_returned", "district"]


def test_what_has_changed_since_is_left_with_its_reason(world, three):
    kept = chosen(three, world)
    world.decide(afresh(three[0]), world.district, "send_back", "请修改。")
    work.carry_on(kept.pk)
    kept.refresh_from_db()
    assert (kept.done, kept.left) == (2, 1)
    assert [done for done, _ in told(kept)] == [False, True, True]
    assert told(kept)[0][1]
    assert kept.lines.get(done=False).outcome.startswith("未办理：")
    assert afresh(three[0]).state == "district_returned"


def test_what_the_person_may_not_decide_is_left_with_its_reason(world, three):
    kept = choose(turns_of(three), by=world.district)
    world.district_office.memberships.filter(user=world.district).update(ended_at=timezone.now())
    work.carry_on(start(kept, by=world.district, **PASS).pk)
    assert [done for done, _ in told(kept)] == [False] * 3
    assert not spoken(world).exists()


def test_it_is_gone_on_with_after_a_kill_and_none_is_done_twice(world, three):
    kept = chosen(three, world)
    first = kept.lines.order_by("pk").first()
    work.decide(first.pk, kept)  # and then the worker died
    work.decide(first.pk, kept)
    assert spoken(world).count() == 1
    BulkDecision.objects.filter(pk=kept.pk).update(tries=1, seen_at=timezone.now())
    assert work.carry_on(kept.pk) is False  # somebody is at it
    BulkDecision.objects.filter(pk=kept.pk).update(seen_at=timezone.now() - work.SILENT)
    tasks.sweep_bulk()
    kept.refresh_from_db()
    assert (kept.stage, kept.done, kept.tries, spoken(world).count()) == ("done", 3, 2, 3)
    assert work.carry_on(kept.pk) is False
    assert work.finish(kept.pk, "") is False


def test_a_new_one_is_left_to_its_queue_and_one_tried_too_often_is_given_up(world, three):
    kept = chosen(three, world)
    assert work.lost() == []
    BulkDecision.objects.filter(pk=kept.pk).update(at=timezone.now() - work.QUEUED)
    assert work.lost() == [kept.pk]
    BulkDecision.objects.filter(pk=kept.pk).update(
        tries=work.MOST_TRIES, seen_at=timezone.now() - dt.timedelta(hours=1)
    )
    assert work.lost() == []
    kept.refresh_from_db()
    assert (kept.stage, kept.sentence) == ("stopped", work.GIVEN_UP)


def test_an_account_that_was_closed_decides_nothing(world, three):
    kept = chosen(three, world)
    world.district.is_active = False
    world.district.save()
    tasks.carry_on(kept.pk)
    kept.refresh_from_db()
    assert (kept.stage, kept.sentence, kept.done) == ("stopped", work.CLOSED, 0)


def test_what_could_not_be_done_is_told_without_a_page_that_nobody_has_open(world, three):
    kept = chosen(three, world)
    first, second, _ = turns_of(three)
    type(three[0]).objects.filter(pk=first.case_id).update(version=99)
    colleague = make_user()
    world.district_office.memberships.create(user=colleague)
    claims.claim(second, by=colleague)
    work.carry_on(kept.pk)
    said = dict(kept.lines.values_list("turn", "said"))
    assert said[first.pk] == work.MOVED
    assert "正在办理" in said[second.pk]
    assert not any("还在页面上" in words for words in said.values())


def test_a_worker_says_that_it_lives(world, three, monkeypatch):
    monkeypatch.setattr(work, "EACH", 1)
    work.carry_on(chosen(three, world).pk)
    assert BulkDecision.objects.get().done == 3


def test_what_cannot_be_chosen_together_is_refused(world, three):
    body = drive_application(world.make_application(), "body", world)
    with refused("R-BULK", match="同一环节"):
        choose(turns_of([three[0], body]), by=world.district)
    with refused("R-BULK", match="勾选"):
        choose([], by=world.district)
    with refused("R-BULK", match=f"{MOST} 件"):
        choose(turns_of(three) * (MOST // 3 + 1), by=world.district)


def test_nobody_is_refused_in_bulk_and_it_is_confirmed_once(world, three):
    kept = choose(turns_of(three), by=world.district)
    with refused("R-BULK", match="逐件"):
        start(kept, by=world.district, verdict=Verdict.REJECT, text=WORDS)
    with refused("R-WORDS"):
        start(kept, by=world.district, verdict=Verdict.RETURN, text=" ")
    start(kept, by=world.district, **PASS)
    with refused("R-STALE"):
        start(kept, by=world.district, **PASS)


def test_turns_without_a_case_are_no_rows(world, three):
    gone = pile(three[0], world.district_office, 1)
    kept = choose([*turns_of(three), *Turn.objects.filter(pk__in=[one.pk for one in gone])], by=world.district)
    assert kept.total == 3


def test_the_pages_lead_from_the_list_to_the_results(world, three, signed_in):
    client = signed_in(world.district)
    sent = {"turn": [turn.pk for turn in turns_of(three)[:2]]}
    address = client.post(reverse("bulk_choose"), sent).url
    kept = BulkDecision.objects.get()
    assert address == kept.get_absolute_url()
    page = client.get(address).content.decode()
    for words in ("办理 2 件", "20,000.00", three[0].number):
        assert words in page
    response = client.post(reverse("bulk_start", args=[kept.pk]), {"verdict": "send_back", "text": ""})
    assert list(response.context["form"].errors) == ["text"]
    assert client.post(reverse("bulk_start", args=[kept.pk]), PASS).url == address
    assert "正在办理" in client.get(address).content.decode()
    assert "0 / 2" in client.get(reverse("bulk_progress", args=[kept.pk])).content.decode()
    work.carry_on(kept.pk)
    assert client.get(reverse("bulk_progress", args=[kept.pk])).headers["HX-Refresh"] == "true"
    page = client.get(f"{address}?show=done").content.decode()
    assert page.count("已办理</td>") == 2
    assert "没有这样的事项" in client.get(f"{address}?show=left").content.decode()


def test_all_that_the_list_finds_is_taken_by_its_address(world, three, signed_in):
    client = signed_in(world.district)
    client.post(reverse("bulk_choose"), {"found": f"q={three[1].number}"})
    assert [line.turn.number for line in BulkDecision.objects.get().lines.all()] == [three[1].number]


def test_a_choice_of_nothing_leads_back_with_a_sentence(world, signed_in):
    response = signed_in(world.district).post(reverse("bulk_choose"), {"turn": ["x", "9" * 30]}, follow=True)
    assert response.redirect_chain[0][0] == reverse("turn_list")
    assert "没有可以批量办理的事项" in response.content.decode()


def test_what_cannot_be_done_together_stays_ticked_where_it_was(world, three, signed_in):
    """The ticks, the conditions and the tab were lost, so that all had to be chosen again."""
    claim = drive_claim(world.make_claim(), "district", world)
    client, turns = signed_in(world.district), [open_turn(three[0]), open_turn(claim)]
    sent = {"turn": [turn.pk for turn in turns], "here": "tab=desk&sort=number&picked=7"}
    page = client.post(reverse("bulk_choose"), sent, follow=True)
    keys = ".".join(str(turn.pk) for turn in turns)
    assert page.redirect_chain[0][0] == f"{reverse('turn_list')}?tab=desk&sort=number&picked={keys}"
    read = page.content.decode()
    assert [f'value="{turn.pk}" form="bulk" aria-label="选择 {turn.number}" checked' in read for turn in turns] == [
        True,
        True,
    ]
    assert read.count('" checked></td>') == 2
    assert (
        f"现在选中的是：创新券申请区初审（{turns[0].office}） 1 件、创新券兑现区初审（{turns[0].office}） 1 件。"
        in read
    )
    odd = client.get(reverse("turn_list"), {"picked": "1.x.99999999999999999999"})
    assert '" checked></td>' not in odd.content.decode()


def test_phrases_that_fit_each_and_the_message_of_the_first_stand_beside_the_decision(world, three, signed_in):
    for title, text in (("齐全", "材料齐全，同意。"), ("单个", "{单位}的材料齐全。")):
        world.district.phrases.create(title=title, text=text)
    kept = choose(turns_of(three), by=world.district)
    client, address = signed_in(world.district), reverse("bulk_letter", args=[kept.pk])
    page = client.get(kept.get_absolute_url())
    assert [one.title for one in page.context["phrases"]] == ["齐全", "默认：通过"]
    assert page.context["first"].turn.number in page.content.decode()
    first = page.context["first"].turn.unit_name
    htmx = {"headers": {"HX-Request": "true"}}
    assert "选择审核结果后" in client.post(address, {}, **htmx).content.decode()
    assert f"发给{first}：" in client.post(address, PASS, **htmx).content.decode()
    assert "退回修改" in client.post(address, {"verdict": "send_back", "text": ""}, **htmx).content.decode()
    Turn.objects.filter(pk=page.context["first"].turn_id).update(closed_at=timezone.now())
    assert "letter-problems" in client.post(address, PASS, **htmx).content.decode()
    assert client.post(address, PASS).url == kept.get_absolute_url()  # without script
    kept.lines.all().delete()
    assert "选择审核结果后" in client.post(address, PASS, **htmx).content.decode()
    assert not spoken(world).exists()


def test_another_s_decision_is_not_there(world, three, signed_in):
    kept = choose(turns_of(three), by=world.district)
    client = signed_in(world.body)
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(reverse("bulk_progress", args=[kept.pk])).status_code == 404
    assert client.post(reverse("bulk_start", args=[kept.pk]), PASS).status_code == 404
    client.post(reverse("bulk_choose"), {"turn": [turn.pk for turn in turns_of(three)]})
    assert BulkDecision.objects.count() == 1


def test_a_gap_in_the_words_of_many_is_refused(world, three, signed_in):
    kept = choose(turns_of(three), by=world.district)
    client = signed_in(world.district)
    page = client.post(reverse("bulk_start", args=[kept.pk]), PASS | {"text": "请补充{缺少的材料}。"})
    assert "批量办理的意见里不能有" in page.content.decode()


def test_it_asks_for_a_fresh_sign_in_where_one_of_them_does(world, three):
    kept = choose(turns_of(three), by=world.district)
    assert decides_money("bulk_start", kept.pk, PASS) is False
    claim = drive_claim(world.make_claim(), "formal", world)
    kept = choose(turns_of([claim]), by=world.body)
    assert [decides_money("bulk_start", kept.pk, {"verdict": verdict}) for verdict in ("pass_review", "send_back")] == [
        True,
        False,
    ]
    assert decides_money("bulk_start", kept.pk + 1, PASS) is False


def test_choosing_asks_as_much_of_many_as_of_one(world, three, signed_in):
    client = signed_in(world.district)
    keys = [turn.pk for turn in turns_of(three)]
    client.post(reverse("bulk_choose"), {"turn": keys})  # what is kept is kept now
    one = queries(lambda: client.post(reverse("bulk_choose"), {"turn": keys[:1]}))
    assert queries(lambda: client.post(reverse("bulk_choose"), {"turn": keys})) == one
    assert one <= 25


def test_a_member_of_the_unit_is_not_offered_its_cases(world, three, signed_in):
    world.unit.memberships.create(user=world.district, role="reader")
    signed_in(world.district).post(reverse("bulk_choose"), {"turn": [turn.pk for turn in turns_of(three)]})
    assert not BulkDecision.objects.exists()
    assert make_user().pk
