"""申请复核 of a redemption."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.cases.appealing import appeal_page
from accounts.cases.pages import crumbs
from records.people import PersonRequest
from redemption.models import Claim
from redemption.pages import LISTED
from reviews.appeals.reading import TITLE


def claim_appeal(request: PersonRequest, number: str) -> HttpResponse:
    """After 不通过 or a lowered amount."""
    claims = Claim.objects.written_by(request.user).select_related(*Claim.BESIDE)  # its rows are not shown
    claim = get_object_or_404(claims, number=number)
    return appeal_page(request, claim, way=crumbs(LISTED, claim, TITLE))
