"""What an office's trail says of cases is not told to who belongs to the unit of one of them (ADR 0079)."""

import pytest
from django.urls import reverse

from records.steps import note
from reviews.places import VACATED_SEATS
from tests.factories import drive_application
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
LINES = {  # kind of line → (what it says, what is told of it to who belongs to the unit)
    "shared_out": ("分派 1 件。测试body：{}", "分派 1 件。"),
    "member_ended": ("专家甲，审核人员" + VACATED_SEATS + "{}", "专家甲，审核人员"),
    "member_role": ("专家甲，审核人员 → 专家甲，负责人", "专家甲，审核人员 → 专家甲，负责人"),
}


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("belongs", [True, False])
def test_what_names_cases(world, client, kind, belongs):
    said, told = LINES[kind]
    number = open_turn(drive_application(world.make_application(), "body", world)).number
    note(world.body_office, kind, by=world.platform, text=said.format(number))
    if belongs:
        world.unit.memberships.create(user=world.municipal)
    client.force_login(world.municipal)
    page = client.get(reverse("office_detail", args=[world.body_office.pk]))
    assert page.context["events"][0]["note"] == (told if belongs else said.format(number))
