"""申请复核 of a redemption."""

from django.http import HttpResponse

from accounts.cases.appealing import appeal_page
from accounts.cases.pages import crumbs, own
from records.people import PersonRequest
from redemption.models import Claim
from redemption.pages import LISTED
from reviews.appeals.reading import TITLE


def claim_appeal(request: PersonRequest, number: str) -> HttpResponse:
    """After 不通过 or a lowered amount."""
    claim = own(Claim, request, number)
    return appeal_page(request, claim, way=crumbs(LISTED, claim, TITLE))
