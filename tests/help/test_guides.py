"""办事指南: what it says comes from the machine and the policy; the drawing and its words name the same stations."""

import re

import pytest
from django.urls import reverse

from help.flows import height_of, stations_of
from help.guides import MACHINES, guides
from policy.models import PolicyVersion
from redemption.models import Claim
from tests.factories import World
from tests.helpers import new_policy
from vouchers.models import Application

FIGURES = PolicyVersion(promised_district=4, promised_body=9, promised_formal=8, promised_experts=21)


def told(model):
    return [(row.label, row.by, row.days, row.back, row.again, row.refused) for row in stations_of(model, FIGURES)]


@pytest.mark.bare
def test_the_stations_of_an_application():
    assert told(Application) == [
        ("填写申请", "申请单位", 0, "", (), ""),
        ("区初审", "区科技主管部门", 4, "初审退回修改", ("区初审",), "初审不通过"),
        ("专业机构复审", "专业机构", 9, "复审退回修改", ("专业机构复审", "区初审"), "复审不通过"),
        ("复审通过", "", 0, "", (), ""),
        ("兑现", "", 0, "", (), ""),
    ]


@pytest.mark.bare
def test_the_stations_of_a_claim_with_its_form():
    assert told(Claim)[3:5] == [
        ("市级受理", "申请单位", 0, "", (), ""),
        ("专家评审", "专业机构", 21, "申请表退回重传", ("专家评审",), "专家评审不通过"),
    ]


@pytest.mark.bare
@pytest.mark.parametrize("key", MACHINES)
def test_no_box_of_a_drawing_lies_over_another(key):
    stations = stations_of(MACHINES[key], FIGURES)
    feet = [row.refused_top + 44 if row.refused else row.bottom for row in stations]
    assert [at for at, row in enumerate(stations[1:]) if row.top <= feet[at]] == []
    assert [row.next for row in stations] == [*[row.top for row in stations[1:]], 0]
    assert height_of(stations) > feet[-1]


@pytest.mark.heavy
def test_every_matter_has_its_guide_and_its_article():
    assert set(guides()) == set(MACHINES)
    assert [guide.key for guide in guides().values() if not guide.materials] == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", MACHINES)
def test_a_guide_tells_and_draws_the_same_stations(client, key):
    page = client.get(reverse("guide_read", args=[key])).content.decode()
    stations = stations_of(MACHINES[key], PolicyVersion.objects.in_force())
    assert re.findall(r'class="flow-label"[^>]*>([^<]+)<', page) == [row.label for row in stations]
    assert re.findall(r"<li>([^<]+)</li>", page.split("<figcaption>")[1].split("</figcaption>")[0]) == [
        row.told for row in stations
    ]
    assert "{" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.django_db
def test_a_guide_promises_what_the_policy_in_force_promises(client):
    World()
    new_policy(promised_district=6, promised_body=13)
    page = client.get(reverse("guide_read", args=["application"])).content.decode()
    assert ("6 个工作日" in page, "13 个工作日" in page, "合计 19 个工作日" in page) == (True, True, True)


@pytest.mark.django_db
def test_appeals_are_told_where_there_are_some(client):
    told = {key: "申请复核" in client.get(reverse("guide_read", args=[key])).content.decode() for key in MACHINES}
    assert told == {"certification": False, "application": True, "claim": True, "admission": False}


@pytest.mark.django_db
def test_what_is_no_matter_has_no_guide(client):
    assert client.get(reverse("guide_read", args=["nothing"])).status_code == 404
