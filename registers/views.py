"""外部核验: which registers the portal is connected to."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from registers.pages import table_of_registers
from registers.permissions import reads_registers


@require_GET
def register_overview(request: PersonRequest) -> HttpResponse:
    """Each register, for 市科技局, the platform and the keepers; 404 for anybody else."""
    if not reads_registers(request.user):
        raise Http404
    context = {"table": table_of_registers(), "crumbs": [("外部核验", "")]}
    return render(request, "registers/register_overview.html", context)
