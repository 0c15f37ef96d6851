"""Pages of 京津冀."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalog.laboratories import pages
from catalog.mall import structured
from catalog.mall.benefit import tell_benefits
from catalog.mall.pages import crumbs
from catalog.models import LabBatch, Laboratory, Product
from ui.listing import exported
from ui.paging import page_of
from ui.reading import aside, read_aside


@exported(
    "京津冀开放实验室",
    {
        "编号": "number",
        "实验室名称": "provider.name",
        "依托单位": "host_name",
        "依托单位统一社会信用代码": "host_uscc",
        "地区": "provider.region_words",
        "类型": "get_kind_display",
        "领域": "field_words",
        "仪器设备": "instruments",
        "批次": "batch",
        "状态": "get_status_display",
    },
)
@login_not_required
@require_GET
@read_aside
def lab_list(request: HttpRequest) -> HttpResponse:
    """Open laboratories of 京津冀, by institution, by service, by instrument, and where they are."""
    return render(request, "catalog/lab_list.html", pages.lab_context(request))


@login_not_required
@require_GET
@read_aside
def lab_batch(request: HttpRequest, number: int) -> HttpResponse:
    """第 N 批, as it was published."""
    batch = get_object_or_404(aside(LabBatch.objects.exclude(published_on=None)), number=number)
    return render(request, "catalog/lab_batch.html", pages.batch_context(request, batch))


@login_not_required
@require_GET
@read_aside
def lab_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One laboratory with its services; a paused or removed one still resolves, and takes no orders."""
    laboratories = aside(Laboratory.objects.published().select_related("provider__unit", "batch"))
    laboratory = get_object_or_404(laboratories, number=number)
    products = laboratory.provider.products.filter(status=Product.Status.ON_SALE).select_related("category")
    page = page_of(request, products)
    tell_benefits(page.object_list)
    context = {"laboratory": laboratory, "page": page, "crumbs": crumbs(pages.LABS, (str(laboratory), ""))}
    context["structured"] = structured.of_laboratory(laboratory)
    return render(request, "catalog/lab_detail.html", context)
