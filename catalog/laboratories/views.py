"""Pages of 京津冀."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalog.laboratories import pages
from catalog.laboratories.filters import LabFilter
from catalog.mall.benefit import tell_benefits
from catalog.mall.pages import crumbs, page_of
from catalog.models import Laboratory, Product


@login_not_required
@require_GET
def lab_list(request: HttpRequest) -> HttpResponse:
    """Open laboratories of 京津冀, by institution and by service."""
    found = LabFilter(request.GET, Laboratory.objects.listed())
    return render(request, "catalog/lab_list.html", pages.lab_context(request, found))


@login_not_required
@require_GET
def lab_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One laboratory with its services; a paused or removed one still resolves, and takes no orders."""
    laboratories = Laboratory.objects.published().select_related("provider__unit", "batch")
    laboratory = get_object_or_404(laboratories, number=number)
    products = laboratory.provider.products.filter(status=Product.Status.ON_SALE).select_related("category")
    page = page_of(request, products)
    tell_benefits(page.object_list)
    context = {"laboratory": laboratory, "page": page, "crumbs": crumbs(pages.LABS, (str(laboratory), ""))}
    return render(request, "catalog/lab_detail.html", context)
