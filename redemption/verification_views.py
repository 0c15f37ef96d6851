"""重新查验: the button of whoever has a claim to decide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from records.people import PersonRequest
from redemption.models import Claim
from redemption.services import verify_again


@require_POST
def claim_verify(request: PersonRequest, number: str) -> HttpResponse:
    """Let every invoice of the claim be asked about once more, and lead back to the claim."""
    claim = get_object_or_404(Claim.objects.visible_to(request.user), number=number)
    asked = verify_again(claim, by=request.user)
    messages.success(request, f"已提出查验 {asked} 张发票，结果会显示在发票表里；刷新本页可以查看，不影响办理。")
    return redirect(f"{claim.get_absolute_url()}#details")
