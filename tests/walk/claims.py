"""What people try with a redemption."""

from decimal import Decimal

from redemption.models import Claim
from tests.journeys.person import EFFECT, paper, rows_of
from tests.walk.choice import now_and_then, one_of, seen, some_buyer
from vouchers.models import Application


def start_claim(stage):
    application = one_of(stage, Application.objects.filter(state="approved"))
    if application:
        stage.post(some_buyer(stage, application.unit), "claim_start", [application.number])


def save_row(stage):
    claim = one_of(stage, Claim.objects.filter(state__in=Claim.EDITABLE))
    if claim is None:
        return
    kinds = ("contract", "invoice", "receipt")
    lacking = [kind for kind in kinds if not getattr(claim, f"{kind}s").exists()]
    kind = stage.rng.choice(lacking if lacking and stage.rng.random() < 0.8 else kinds)
    rows = getattr(claim, f"{kind}s")
    typed = row_of(stage, claim, kind) | {"seen": seen(stage, claim)}
    role = some_buyer(stage, claim.unit)
    if rows.exists() and stage.rng.random() < 0.9:
        row = one_of(stage, rows.all())
        if stage.rng.random() < (0.8 if rows.count() > 1 else 0.1):
            stage.post(role, "claim_row_delete", [claim.number, kind, row.pk], seen=seen(stage, claim))
        else:
            stage.post(role, "claim_row_edit", [claim.number, kind, row.pk], **typed)
    else:
        stage.post(role, "claim_row", [claim.number, kind], **typed)


def row_of(stage, claim, kind):
    """One row as it is typed; the amounts mostly agree with the contract of the voucher."""
    amount = str(claim.application.contract_amount or Decimal(20_000))
    return rows_of(claim, amount, f"26{claim.pk:08d}{stage.rng.randrange(10):010d}")[kind]


def fill_claim(stage):
    claim = one_of(stage, Claim.objects.filter(state__in=Claim.EDITABLE))
    if claim is None:
        return
    typed = {
        "completed_on": stage.day(),
        "effect": EFFECT,
        "bank_name": "示例银行天津分行",
        "rating": "5",
        "act": stage.rng.choice(("save", "submit")),
        "account_number": "1200000000000001",
        "result_papers": paper("检测报告.pdf"),
        "seen": seen(stage, claim),
    }
    stage.post(some_buyer(stage, claim.unit), "claim_edit", [claim.number], **typed)


def submit_claim(stage):
    claim = one_of(stage, Claim.objects.filter(state__in=Claim.EDITABLE).exclude(effect=""))
    if claim:
        stage.post(some_buyer(stage, claim.unit), "claim_submit", [claim.number], seen=seen(stage, claim))


def end_claim(stage, claim=None):
    """Withdrawn."""
    claim = claim or now_and_then(stage, Claim.objects.live())
    if claim:
        stage.post(some_buyer(stage, claim.unit), "claim_end", [claim.number, "withdraw"], seen=seen(stage, claim))


def upload_form(stage, claim=None):
    claim = claim or one_of(stage, Claim.objects.filter(state__in=Claim.AWAITS_FORM))
    if claim:
        scan = {"scan": paper("盖章申请表.pdf"), "seen": seen(stage, claim)}
        stage.post(some_buyer(stage, claim.unit), "claim_form_upload", [claim.number], **scan)
