"""What people try against a decision: 申请复核, and now and then 撤回复核."""

from redemption.models import Claim
from tests.walk.choice import now_and_then, one_of, seen, some_buyer
from vouchers.models import Application

WORDS = "原决定与立项文件不符，理由和依据写在这里。"
PAGES = {Application: ("application_appeal", "application_end"), Claim: ("claim_appeal", "claim_end")}
TOO_LATE = 0.1  # share of tries on a case whose days have passed, or that was looked at once more already


def file_appeal(stage):
    """Against any decision that sets the days for it; now and then against one that does not."""
    model = stage.rng.choice(list(PAGES))
    cases = model.objects.exclude(state="appeal")
    if stage.rng.random() > TOO_LATE:
        cases = cases.filter(due_on__gte=stage.day()).exclude(state__in=model.EDITABLE)
    case = one_of(stage, cases)
    if case:
        said = {"text": WORDS, "seen": seen(stage, case)}
        stage.post(some_buyer(stage, case.unit), PAGES[model][0], [case.number], **said)


def drop_appeal(stage):
    """撤回复核, in one of five tries."""
    model = stage.rng.choice(list(PAGES))
    case = now_and_then(stage, model.objects.filter(state="appeal"))
    if case:
        role = some_buyer(stage, case.unit)
        stage.post(role, PAGES[model][1], [case.number, "drop_appeal"], seen=seen(stage, case))
