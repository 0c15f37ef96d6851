"""内部备注: one is added on the page of a turn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from records.people import PersonRequest
from reviews.remarks.forms import RemarkForm
from reviews.remarks.services import add_remark
from reviews.views import find_turn, turn_page
from reviews.worklist import way_of


@require_POST
def turn_remark(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a note beside the case, open or decided."""
    turn, form = find_turn(request, pk), RemarkForm(request.POST)
    if not form.is_valid():
        return turn_page(request, turn, remark=form)
    add_remark(turn, by=request.user, text=form.cleaned_data["remark"])
    messages.success(request, "备注已保存，申请单位看不到。")
    return redirect(f"{turn.get_absolute_url()}{way_of(request.GET)}#remarks")
