"""从以往事项复制 for a redemption: the account of an earlier one."""

from django.http import HttpResponse

from accounts.cases.copying import copy_page
from accounts.cases.pages import crumbs, own
from accounts.cases.views import leave
from records.people import PersonRequest
from redemption.forms import ClaimForm
from redemption.models import Claim
from redemption.pages import LISTED
from redemption.services import save_claim

COPIED = ("bank_name", "account_number")


def claim_copy(request: PersonRequest, number: str) -> HttpResponse:
    """Choose an earlier redemption of the unit and take over its account."""
    claim = own(Claim, request, number)
    if claim.state not in Claim.EDITABLE:
        return leave(request, claim)
    way = crumbs(LISTED, claim, "复制")
    return copy_page(request, claim, ClaimForm, COPIED, save=save_claim, way=way)
