"""The scripted hour at the desk (`benchmarks/hour.py`), on cases of a test's own: what is decided, and what a case costs."""

import pytest

from benchmarks.hour import KEYS, at_the_desk, told
from reviews.models import Opinion
from tests.factories import World, drive_application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECOND = 1  # of the course: one passes, one is returned, one passes


def test_an_hour_decides_each_case_with_a_few_keys_on_one_page(stage, capsys):
    world = World()
    for _ in range(3):
        drive_application(world.make_application(10_000, 5_000), "district", world)
    cases = list(at_the_desk(stage.staff("district").page, stage.url, 5, SECOND))
    verdicts = [opinion.verdict for opinion in Opinion.objects.filter(reviewer=world.district).order_by("pk")]
    assert verdicts == ["pass_review", "send_back", "pass_review"]
    assert [(case.name, case.done) for case in cases] == [("创新券申请 区初审", True)] * 3
    assert [case.loads for case in cases] == [3, 1, 1]  # the first has the list and its own page, too
    assert max(case.keys for case in cases) <= KEYS
    assert all(0 < case.deciding < case.whole for case in cases)
    assert told(cases, 3) == 1  # of three cases the list is too much of the loads
    assert "3 of 3 decided" in capsys.readouterr().out
