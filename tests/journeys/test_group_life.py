"""A life of a panel of five that decides twenty cases: asked once, heard in one table, recorded together, told once."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from redemption.models import Claim
from reviews.bulk.work import carry_on
from reviews.models import BulkDecision, Panel, PanelSeat
from tests.factories import World
from tests.helpers import new_policy
from tests.journeys import person as p
from tests.reviews.pool import expert, more_turns, told
from vouchers.models import LedgerEntry

pytestmark = pytest.mark.django_db
CASES, EXPERTS = 20, 5
RUBRIC = "技术先进性 60\n经济合理性 40"


@pytest.fixture
def world():
    new_policy(rubric=RUBRIC)
    world = World()
    for number in (4, 5):
        expert(world, f"expert_{number}", employer=f"样例大学{number}", specialties=["materials"])
    return world


def asked(body, turns):
    """The body takes the cases and whoever is proposed."""
    keys = [turn.pk for turn in turns]
    proposed = body.client.get(reverse("group_propose"), {"turn": keys, "size": EXPERTS})
    form = proposed.context["form"]
    chosen = [str(key) for key in form["experts"].value()]
    assert len(chosen) == EXPERTS
    days = {name: f"{form[name].value():%Y-%m-%d}" for name in ("reply_by", "due_on")}
    body.send("group_propose", turn=keys, size=EXPERTS, name="十二月评审组", experts=chosen, **days)
    return Panel.objects.get()


def speaks(person, group, points):
    """Every case in one table: 同意, with points."""
    rows = person.open("hearing_detail", group.pk).context["rows"]
    typed = {}
    for row in rows:
        key = row["seat"].pk
        typed |= {f"{key}-word": "agree", f"{key}-points_1": str(points), f"{key}-points_2": "80"}
    person.send("hearing_words", group.pk, **typed)


def test_a_panel_of_five_decides_twenty_cases(world):
    turns = more_turns(world, CASES)
    body = p.Person(world.body)
    group = asked(body, turns)
    assert len(told("panel_invited")) == EXPERTS
    people = [p.Person(member.expert) for member in group.members.select_related("expert")]
    for person in people:
        person.send("hearing_answer", group.pk, answer="accept")
    assert PanelSeat.objects.count() == CASES * EXPERTS
    for number, person in enumerate(people):
        assert "密封" in body.reads("group_detail", group.pk)
        speaks(person, group, 60 + 10 * number)
    second = p.Person(world.body_second)  # the first did 形式审查
    page = second.open("group_detail", group.pk)
    assert "评分 80.00" in page.content.decode()  # 0.6 × 80 + 0.4 × 80, the median of five
    chosen = second.send("bulk_choose", turn=page.context["to_pass"])
    second.client.post(f"{chosen}start/", {"verdict": "pass_review", "text": "评审组一致同意。"})
    carry_on(BulkDecision.objects.get().pk)
    assert Claim.objects.filter(state="passed").count() == CASES
    assert LedgerEntry.objects.filter(used__gt=0).count() == CASES
    assert len(told("panel_result")) == EXPERTS
    assert Notice.objects.filter(kind="group_result").count() == 0
    firm = p.Person(world.applicant)
    assert "专家组评分（中位数）：80.00 分" in firm.reads("claim_detail", Claim.objects.first().number)
