"""专家库: whom an expert must not be near, refused by the query and again by the step; whom the system proposes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, JoinRequest
from reviews import panel
from reviews.experts import services
from reviews.experts.pool import free_for, in_pool, propose, with_load
from reviews.experts.services import declare_tie, end_tie, keep_profile
from reviews.models import ExpertProfile, ExpertTie
from tests.factories import make_laboratory
from tests.helpers import afresh, constrained, refused, unguarded
from tests.reviews.desk import open_turn
from tests.reviews.pool import expert, more_turns, profile_of, tie_of


@pytest.fixture
def turn(experts_claim):
    return open_turn(experts_claim)


def provider_of(turn):
    return turn.case.application.order.provider


def joined(world, person):
    JoinRequest.objects.create(unit=world.unit, user=person, answer="admitted", answered_at=world.unit.updated_at)


def laboratory_of(turn):
    """The provider turns out to be a laboratory of an institution."""
    laboratory = make_laboratory()
    turn.case.application.order.__class__.objects.filter(pk=turn.case.application.order_id).update(
        provider=laboratory.provider
    )
    return laboratory


def stepped_aside(world, _turn, person):
    """From another case of the same applicant."""
    [other] = more_turns(world, 1)
    seats = panel.form_panel(other, world.experts, by=world.body)
    panel.recuse(next(seat for seat in seats if seat.expert == person), by=person)


def decided_before(_, turn, person):
    with unguarded():
        turn.case.turns.first().opinions.update(reviewer=person)


NEAR = {
    "a member of the applicant": (lambda w, _, p: w.unit.memberships.create(user=p), "现任或原成员"),
    "once admitted by the applicant": (lambda w, _, p: joined(w, p), "现任或原成员"),
    "a member of the provider": (lambda _, t, p: provider_of(t).unit.memberships.create(user=p), "是服务机构的现任"),
    "works at the applicant": (lambda w, _, p: profile_of(p, employer=f" {w.unit.name} "), "工作单位是申请单位"),
    "works at the provider": (lambda _, t, p: profile_of(p, employer=provider_of(t).name), "工作单位是服务机构"),
    "works at its code": (
        lambda w, _, p: profile_of(p, employer="旧名公司", employer_uscc=w.unit.uscc),
        "工作单位是申请",
    ),
    "has declared the applicant": (lambda w, _, p: tie_of(p, w.unit.name), "声明过与申请单位"),
    "has declared the code": (lambda w, _, p: tie_of(p, "旧名公司", uscc=w.unit.uscc), "声明过与申请单位"),
    "has declared the provider": (lambda _, t, p: tie_of(p, provider_of(t).name), "声明过与服务机构"),
    "works behind the laboratory": (lambda _, t, p: profile_of(p, employer=laboratory_of(t).host_name), "服务机构"),
    "works at the provider's code": (
        lambda _, t, p: profile_of(p, employer="旧名公司", employer_uscc=provider_of(t).uscc),
        "工作单位是服务机构",
    ),
    "has declared the provider's code": (
        lambda _, t, p: tie_of(p, "旧名公司", uscc=provider_of(t).uscc),
        "声明过与服务机构",
    ),
    "has decided a stage": (decided_before, "已审核过本事项"),
    "stepped aside before": (stepped_aside, "曾在该申请单位的事项中回避"),
}


@pytest.mark.parametrize("rule", NEAR)
def test_who_is_near_is_refused_by_the_query_and_again_by_the_step(world, turn, rule):
    make_near, words = NEAR[rule]
    assert world.experts[1] in free_for([turn])
    make_near(world, turn, world.expert_2)
    turn = open_turn(turn.case)
    assert list(free_for([turn])) == [world.experts[0], world.experts[2]]
    with refused("R-REL", match=words):
        panel.form_panel(turn, world.experts, by=world.body)
    assert not turn.seats.exists()


def test_other_names_a_tie_that_ended_and_a_place_that_was_left_are_no_conflict(world, turn):
    profile_of(world.expert_1, employer=f"{world.unit.name}分公司")
    end_tie(tie_of(world.expert_2, world.unit.name), by=world.expert_2)
    assert list(free_for([turn])) == world.experts
    assert len(panel.form_panel(turn, world.experts, by=world.body)) == 3


def test_whoever_was_invited_into_the_unit_once_is_near(world, turn):
    said = {"phone": "13800000079", "unit_role": "handler", "by": world.applicant, "closed_at": timezone.now()}
    Invitation.objects.create(unit=world.unit, accepted_by=world.expert_2, **said)
    assert list(free_for([turn])) == [world.experts[0], world.experts[2]]


def test_one_conflict_with_any_case_keeps_out_of_all(world, turn):
    [other] = more_turns(world, 1)
    panel.form_panel(other, world.experts, by=world.body)
    assert list(free_for([turn])) == world.experts
    assert list(free_for([turn, other])) == []


def test_who_rests_is_proposed_to_nobody(world, turn):
    profile_of(world.expert_3, is_resting=True)
    assert list(free_for([turn])) == world.experts[:2]


def test_the_proposal_takes_a_financial_one_then_fields_then_the_least_busy(world, turn):
    panel.form_panel(turn, world.experts, by=world.body)
    busy = [member.user.username for member in with_load(in_pool()) if member.waits]
    assert busy == ["expert_1", "expert_2", "expert_3"]
    knows = expert(world, "knows", employer="甲样例大学", specialties=["energy"])
    same = expert(world, "same", employer="甲样例大学", specialties=["energy"])
    idle = expert(world, "idle", employer="乙样例大学")
    pool = with_load(in_pool())
    assert propose(pool, 3, ["energy"]) == [world.experts[0], knows, idle]
    assert propose(pool, 3) == [world.experts[0], knows, idle]
    assert propose(pool, 6) == [world.experts[0], knows, idle, world.experts[1], world.experts[2], same]
    assert len(propose(pool, 9)) == 6


def test_an_expert_keeps_his_entry(signed_in, world):
    browser, page = signed_in(world.expert_1), reverse("expert_mine")
    said = {"specialties": ["materials", "energy"], "title": "研究员", "employer": "样例大学", "employer_uscc": ""}
    assert browser.post(page, said | {"employer_uscc": "12345"}).status_code == 200
    assert browser.post(page, said).status_code == 302
    kept = ExpertProfile.objects.get(user=world.expert_1)
    assert (kept.specialty_words, kept.employer_key) == ("新材料、新能源与节能", "样例大学")
    assert browser.post(page, said | {"employer": "样例 （天津）大学"}).status_code == 302
    assert afresh(kept).employer_key == "样例(天津)大学"


def test_an_expert_declares_a_tie_once_and_ends_it(signed_in, world):
    browser = signed_in(world.expert_1)
    add, said = reverse("expert_tie_declare"), {"name": "远方样例研究院", "uscc": "", "kind": "owns"}
    assert browser.post(add, said).status_code == 302
    assert "已在您声明的利害关系中" in browser.post(add, said).content.decode()
    assert "请选择关系" in browser.post(add, said | {"kind": ""}).content.decode()
    tie = ExpertTie.objects.get()
    browser.post(reverse("expert_tie_end", args=[tie.pk]))
    assert afresh(tie).ended_at is not None
    assert browser.post(reverse("expert_tie_end", args=[tie.pk])).status_code == 404
    assert str(tie_of(world.expert_1)) == "远方样例研究院（担任顾问或有合作）"


def test_only_experts_say_what_they_are(world, monkeypatch):
    for act in (keep_profile, declare_tie, end_tie):
        with refused("R-PERM"):
            act(ExpertTie(), by=world.body)
    monkeypatch.setattr(services, "MOST_TIES", 1)
    tie_of(world.expert_1)
    with refused("R-MANY"):
        tie_of(world.expert_1, "另一样例研究院")


def test_the_pool_is_read_by_those_who_form_groups(signed_in, world):
    profile_of(world.expert_2, specialties=["energy"], employer="丙样例大学")
    page, found = reverse("expert_list"), {}
    for role in ("body", "platform", "municipal", "district", "expert_1", "applicant"):
        found[role] = signed_in(world.people[role]).get(page).status_code
    assert found == {"body": 200, "platform": 200, "municipal": 200, "district": 404, "expert_1": 404, "applicant": 404}
    browser = signed_in(world.body)
    for query, members in (("specialty=energy", 1), ("financial=true", 1), ("q=丙样例", 1), ("q=没有的", 0), ("", 3)):
        assert len(browser.get(f"{page}?{query}").context["page"].object_list) == members
    assert {browser.get(reverse(name)).status_code for name in ("expert_mine",)} == {404}


def test_the_database_keeps_the_pool_whole(world, turn):
    profile, tie = profile_of(world.expert_1), tie_of(world.expert_1)
    with constrained("expert_profile_has_an_employer"):
        ExpertProfile.objects.filter(pk=profile.pk).update(employer_key="")
    with constrained("expert_tie_once"):
        ExpertTie.objects.create(expert=world.expert_1, name=tie.name, key=tie.key, kind="kin")
    with constrained("expert_tie_ends_after_it_begins"):
        ExpertTie.objects.filter(pk=tie.pk).update(ended_at="2020-01-01T00:00:00Z")


def test_a_word_that_was_given_is_never_changed(world, turn):
    seat = panel.form_panel(turn, world.experts, by=world.body)[0]
    type(seat).objects.filter(pk=seat.pk).update(text="可以改")
    panel.give_word(seat, by=seat.expert, word="agree", text="同意。")
    for change in (
        {"word": "refuse"},
        {"amount": 1},
        {"text": "改过的"},
        {"given_at": None},
        {"expert": world.expert_2},
    ):
        with constrained("seat_word_is_sealed"):
            type(seat).objects.filter(pk=seat.pk).update(**change)
    type(seat).objects.filter(pk=seat.pk).update(is_financial=False)
