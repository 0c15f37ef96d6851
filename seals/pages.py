"""What the page of 防篡改 shows."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from records.people import Person
from seals.forms import ProofForm
from seals.granting import strength
from seals.models import Audit, Checkpoint
from seals.permissions import proves_cases
from seals.proofs import stamps
from seals.services import EVERY
from seals.signing import public_words
from seals.stamping import between, is_on

AUDITS = 8  # that are shown


def stamp_context() -> dict[str, Any]:
    """Whether checkpoints are stamped, the latest stamp with its checkpoint, and whether it is late."""
    latest = stamps().first()
    late = latest is not None and timezone.now() - latest.asked_at > 2 * between() + EVERY
    return {"is_on": is_on(), "latest": latest, "is_late": late and is_on()}


def seal_context(user: Person, asked: QueryDict) -> dict[str, Any]:
    """The latest checkpoint, whether it is late, the latest 核对 and those before it."""
    checkpoint = Checkpoint.objects.first()
    form = ProofForm(asked, user)
    form.is_valid()
    latest, *earlier = Audit.objects.all()[:AUDITS] or [None]
    return {
        "checkpoint": checkpoint,
        "is_late": checkpoint is not None and timezone.now() - checkpoint.at > 3 * EVERY,
        "key": public_words(),
        "stamp": stamp_context(),
        "account": strength(),
        "audit": latest,
        "proves": proves_cases(user),
        "form": form,
        "earlier": earlier,
        "crumbs": [("防篡改", "")],
    }
