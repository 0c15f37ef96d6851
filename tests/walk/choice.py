"""What an act takes, and who does it."""

NEWEST = 6  # rows among which an act chooses, so that cases go far
BUYERS = ("applicant", "colleague", "stranger")


def one_of(stage, rows):
    """One of the newest rows at random; None of none."""
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    return rows.model._default_manager.get(pk=stage.rng.choice(keys)) if keys else None


def now_and_then(stage, rows):
    """One of the newest rows in one of five tries: an end comes seldom."""
    return one_of(stage, rows) if stage.rng.random() < 0.2 else None


def some_buyer(stage, unit=None):
    """Who writes for the unit, now and then somebody from elsewhere."""
    if unit is None or stage.rng.random() < 0.05:
        return stage.rng.choice(BUYERS)
    return "stranger" if unit == stage.world.other_unit else stage.rng.choice(("applicant", "colleague"))


def seen(stage, case):
    """The version on screen: now and then an old one."""
    return max(0, case.version - (stage.rng.random() < 0.1))
