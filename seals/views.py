"""防篡改: the latest checkpoint and 核对 for people, checkpoint and proofs for programs."""

import base64

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_list_or_404, render
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from seals.growing import consistency
from seals.models import Checkpoint
from seals.pages import seal_context
from seals.permissions import reads_seals
from seals.proofs import as_text, case_to_prove, proof_of, stamps
from seals.signing import public_words

TEXT = "text/plain; charset=utf-8"


@require_GET
def seal_page(request: PersonRequest) -> HttpResponse:
    """What was signed last and what 核对 found, for keepers, auditors and 市科技局; 404 for anybody else."""
    if not reads_seals(request.user):
        raise Http404
    return render(request, "seals/seal_page.html", seal_context(request.user, request.GET))


@login_not_required
@require_GET
def seal_checkpoint(_request: PersonRequest) -> HttpResponse:
    """The latest signed note, for witnesses: it names nobody. 404 before the first."""
    return HttpResponse(latest().text, content_type=TEXT)


@login_not_required
@require_GET
def seal_stamp(_request: PersonRequest) -> HttpResponse:
    """The latest stamp with the checkpoint that it is of, as `elsewhere/stamp.py` reads them: it names nobody. 404 before the first."""
    stamp = get_list_or_404(stamps()[:1])[0]
    return JsonResponse({"key": public_words(), "checkpoint": stamp.checkpoint.text, "stamp": as_text(stamp)})


@login_not_required
@require_GET
def seal_consistency(_request: PersonRequest, old: int, new: int) -> HttpResponse:
    """The proof that the tree of `new` leaves begins with that of `old`: hashes in base 64, one a line."""
    if not old <= new <= latest().size:
        raise Http404
    lines = (base64.b64encode(one).decode() + "\n" for one in consistency(old, new))
    return HttpResponse("".join(lines), content_type=TEXT)


@require_GET
def seal_proof(request: PersonRequest, number: str) -> HttpResponse:
    """Every line of one case with its path to the latest checkpoint, for whoever audits; 404 for anybody else."""
    case = case_to_prove(request.user, number)
    if case is None:
        raise Http404
    answer = JsonResponse(proof_of(case, latest()), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-{case.number}.json"'
    return answer


def latest() -> Checkpoint:
    """The latest checkpoint; 404 before the first."""
    row = Checkpoint.objects.first()
    if row is None:
        raise Http404
    return row
