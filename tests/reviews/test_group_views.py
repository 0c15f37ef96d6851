"""Pages of 评审组 and 待评: who finds them, and that what is typed there does what it says."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from policy.working_days import add_working_days
from reviews.bulk.work import carry_on
from reviews.models import BulkDecision, Panel, PanelMember, PanelSeat
from tests.helpers import afresh
from tests.reviews.pool import come, expert, formed, member_of, more_turns, speak

DAY = "%Y-%m-%d"


@pytest.fixture
def turns(world):
    return more_turns(world, 2)


def at(name, *args):
    return reverse(name, args=args)


def found(signed_in, world, method, address):
    people = (
        "body",
        "body_second",
        "other_body",
        "district",
        "municipal",
        "applicant",
        "expert_1",
        "expert_2",
        "auditor",
    )
    return {who for who in people if getattr(signed_in(world.people[who]), method)(address).status_code != 404}


def test_the_body_forms_a_group_of_those_who_are_proposed(signed_in, world, turns):
    browser, today = signed_in(world.body), timezone.localdate()
    page = browser.get(at("group_new"))
    assert list(page.context["turns"]) == turns
    asked = {"turn": [turn.pk for turn in turns], "size": 3, "specialties": ["energy"]}
    proposed = browser.get(at("group_propose"), asked)
    assert set(proposed.context["form"].initial["experts"]) == {member.pk for member in world.experts}
    assert "不足 5 位" in browser.get(at("group_propose"), asked | {"size": 5}).content.decode()
    assert browser.get(at("group_propose"), asked | {"size": "x"}).status_code == 200
    assert browser.get(at("group_propose"), {"turn": "x"}).status_code == 302
    said = {"turn": asked["turn"], "name": "能源组", "experts": [member.pk for member in world.experts]}
    late = {"reply_by": today.strftime(DAY), "due_on": (today - dt.timedelta(1)).strftime(DAY)}
    assert "答复日期不能早于今天" in browser.post(at("group_propose"), said | late).content.decode()
    last = max([*(turn.due_on for turn in turns[:1]), add_working_days(today, 10)])
    far = {"reply_by": today.strftime(DAY), "due_on": (last + dt.timedelta(1)).strftime(DAY)}
    assert f"提交意见期限最迟 {last}" in browser.post(at("group_propose"), said | far).content.decode()
    good = {"reply_by": today.strftime(DAY), "due_on": (today + dt.timedelta(9)).strftime(DAY)}
    two = said | {"experts": said["experts"][:2]}
    assert "现在选了 2 人" in browser.post(at("group_propose"), two | good).content.decode()
    group = browser.post(at("group_propose"), said | good)
    assert group.url == Panel.objects.get().get_absolute_url()
    assert "等待答复" in browser.get(group.url).content.decode()
    listed = browser.get(at("group_list"))
    assert [(row.cases, row.came, row.asked) for row in listed.context["page"]] == [(2, 0, 3)]
    assert f'href="{group.url}"' in browser.get(turns[0].get_absolute_url()).content.decode()


def test_who_finds_a_group(signed_in, world, turns):
    group = formed(world, turns)
    member = PanelMember.objects.filter(panel=group).first()
    body = {"body", "body_second"}
    for name in ("group_list", "group_new"):
        assert found(signed_in, world, "get", at(name)) == body  # the other office is out of use here
    assert found(signed_in, world, "get", at("group_detail", group.pk)) == body
    assert found(signed_in, world, "get", at("group_replace", member.pk)) == body
    assert found(signed_in, world, "get", at("hearing_detail", group.pk)) == {"expert_1", "expert_2"}
    strangers = {"district", "municipal", "applicant", "auditor", "other_body"}
    for name in ("group_dissolve", "group_close", "hearing_answer", "hearing_words", "hearing_leave"):
        for who in strangers:
            assert signed_in(world.people[who]).post(at(name, group.pk)).status_code == 404
    assert afresh(group).ended_at is None


def test_an_expert_answers_speaks_in_rows_and_leaves(signed_in, world, turns):
    group = formed(world, turns)
    browser, page = signed_in(world.expert_1), at("hearing_detail", group.pk)
    asked = browser.get(page).content.decode()
    assert "接受邀请" in asked
    assert 'value="decline" data-ask="答复不参加后' in asked
    refused = browser.post(at("hearing_answer", group.pk), {"answer": "decline", "words": ""})
    assert (refused.status_code, "写明原因" in refused.content.decode()) == (409, True)
    assert browser.post(at("hearing_answer", group.pk), {"answer": "accept"}).status_code == 302
    assert browser.post(at("hearing_answer", group.pk), {"answer": "accept"}).status_code == 409
    assert "您已接受邀请" in browser.get(page).content.decode()
    come(group)
    keys = [row["seat"].pk for row in browser.get(page).context["rows"]]
    words = at("hearing_words", group.pk)
    assert "请至少在一个事项上选择" in browser.post(words, {}).content.decode()
    wrong = browser.post(words, {f"{keys[0]}-word": "cut", f"{keys[1]}-word": "agree"}).content.decode()
    assert "1 行需要改正" in wrong
    assert not PanelSeat.objects.exclude(given_at=None).exists()
    assert browser.post(words, {f"{keys[0]}-word": "agree"}).status_code == 302
    assert PanelSeat.objects.get(pk=keys[0]).word == "agree"
    assert browser.post(words, {f"{keys[0]}-word": "refuse"}).status_code in {409, 422}
    assert browser.get(at("seat_list")).status_code == 200
    too_long = browser.post(at("hearing_leave", group.pk), {"words": "长" * 2000})
    assert (too_long.status_code, member_of(group, world.expert_1).answer) == (409, "accepted")
    assert browser.post(at("hearing_leave", group.pk), {"words": "出差"}).status_code == 302
    assert browser.get(page).status_code == 404
    assert member_of(group, world.expert_1).words == "出差"


def test_a_member_is_replaced_and_the_result_is_read(signed_in, world, turns):
    group, fourth = formed(world, turns), expert(world, "expert_4")
    signed_in(world.expert_2).post(at("hearing_answer", group.pk), {"answer": "decline", "words": "出差"})
    browser, member = signed_in(world.body), member_of(group, world.expert_2)
    replace = at("group_replace", member.pk)
    assert [choice.pk for choice in browser.get(replace).context["form"].fields["expert"].queryset] == [fourth.pk]
    assert "请选择" in browser.post(replace, {"expert": ""}).content.decode()
    assert browser.post(replace, {"expert": fourth.pk}).url == group.get_absolute_url()
    group = come(group)
    assert browser.post(at("group_dissolve", group.pk)).status_code == 409
    assert browser.post(at("group_close", group.pk)).status_code == 409
    for person in (world.expert_1, world.expert_3, fourth.user):
        speak(group, person)
    assert browser.get(group.get_absolute_url()).context["to_pass"] == []  # he did the 形式审查 of these cases
    browser = signed_in(world.body_second)
    page = browser.get(group.get_absolute_url())
    assert page.context["to_pass"] == [turn.pk for turn in turns]
    chosen = browser.post(reverse("bulk_choose"), {"turn": page.context["to_pass"]})
    browser.post(f"{chosen.url}start/", {"verdict": "pass_review", "text": "评审组一致同意。"})
    carry_on(BulkDecision.objects.get().pk)
    assert {afresh(turn).ended_by for turn in turns} == {"pass_review"}


def test_a_group_is_dissolved_and_a_late_one_closed(signed_in, world, turns):
    browser = signed_in(world.body)
    assert browser.post(at("group_dissolve", formed(world, turns).pk)).url == at("group_list")
    group = come(formed(world, turns, [*world.experts, expert(world, "expert_4"), expert(world, "expert_5")]))
    for person in (world.expert_1, world.expert_2, world.expert_3):
        speak(group, person)
    Panel.objects.filter(pk=group.pk).update(reply_by="2026-01-05", due_on="2026-01-06")
    assert "结束到期的评审" in browser.get(group.get_absolute_url()).content.decode()
    assert browser.post(at("group_close", group.pk)).url == group.get_absolute_url()
    assert "密封" not in browser.get(group.get_absolute_url()).content.decode().split("results-title")[2]
