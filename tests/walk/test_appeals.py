"""What the walk tries against a decision can be taken: an act that never is proves nothing."""

import pytest

from tests.factories import drive_application
from tests.helpers import afresh
from tests.walk.appeals import drop_appeal, file_appeal
from tests.walk.stage import Stage

pytestmark = pytest.mark.django_db
SEEDS = 30


def test_a_refused_application_is_held_against_and_that_is_dropped():
    stage = Stage()
    refused = drive_application(stage.world.make_application(), "district_rejected", stage.world)
    states = []
    for act in (file_appeal, drop_appeal):
        for seed in range(SEEDS):
            stage.rng.seed(seed)
            act(stage)
            states.append(afresh(refused).state)
    assert (list(dict.fromkeys(states)), states[-1]) == (["district_rejected", "appeal"], "district_rejected"), (
        stage.told()
    )
