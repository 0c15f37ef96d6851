"""Pages of 【科淘平台】 and of the provider's desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.members.switching import shown_unit
from catalog.mall import pages
from catalog.mall.benefit import tell_benefits
from catalog.mall.facets import facet
from catalog.mall.filters import MallFilter
from catalog.mall.forms import ProductForm
from catalog.mall.navigation import Navigation
from catalog.mall.services import save_product, set_status
from catalog.models import Product, Provider
from records.people import Person, PersonRequest
from records.rules import RuleBroken

DESK = ("我的产品", "provider_product_list")
STATUS_WORDS = {
    Product.Status.ON_SALE: "“{}”已上架，用户现在可以在科淘平台看到并下单。",
    Product.Status.WITHDRAWN: "“{}”已下架，不再接受新订单；已有的订单不受影响。",
}


@login_not_required
@require_GET
def product_list(request: HttpRequest) -> HttpResponse:
    """The mall: navigation left, filters and cards right."""
    navigation = Navigation(request.GET.get("category", ""))
    found = MallFilter(request.GET, Product.objects.on_shelf(), navigation=navigation)
    return render(request, "catalog/product_list.html", pages.mall_context(request, found))


@login_not_required
@require_GET
def product_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One product; a withdrawn one still tells what an old order was about."""
    products = Product.objects.visible_to(request.user).with_faces().select_related("provider__unit")
    product = get_object_or_404(products, number=number)
    return render(request, "catalog/product_detail.html", pages.product_context(product, request.user))


@login_not_required
@require_GET
def provider_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A service institution and its products; a laboratory has a page of its own."""
    provider = get_object_or_404(Provider.objects.select_related("laboratory__batch"), pk=pk)
    laboratory = provider.as_laboratory
    if laboratory is not None and laboratory.batch.published_on:
        return redirect(laboratory)
    page = pages.page_of(request, Product.objects.on_shelf().filter(provider=provider).with_faces())
    tell_benefits(page.object_list)
    context = {"provider": provider, "page": page, "crumbs": pages.crumbs(pages.MALL, (provider.name, ""))}
    return render(request, "catalog/provider_detail.html", context | pages.admission_facts(provider))


@require_GET
def provider_product_list(request: PersonRequest) -> HttpResponse:
    """The products of the person's present unit, whatever their status."""
    unit = shown_unit(request.user)
    products = Product.objects.of_unit(unit).with_faces().order_by("-updated_at")
    status = request.GET.get("status", "")
    row = facet(request.GET, "status", "状态", Product.Status.choices)
    page = pages.page_of(request, products.filter(status=status) if status in Product.Status.values else products)
    context = {
        "page": page,
        "facets": [row],
        "crumbs": desk_crumbs(),
        "is_provider": unit is not None and Provider.objects.filter(unit=unit).exists(),
    }
    return render(request, "catalog/provider_product_list.html", context)


def desk_crumbs(*further: tuple[str, str]) -> pages.Crumbs:
    """用户中心, 我的产品 and the page itself."""
    return [("用户中心", reverse("user_center")), (DESK[0], reverse(DESK[1])), *further]


def provider_product_new(request: PersonRequest) -> HttpResponse:
    """A new product of an own provider; it stays off the shelf until it is published."""
    if not Provider.objects.written_by(request.user).exists():
        raise Http404
    return product_form(request, Product(), "新增产品")


def provider_product_edit(request: PersonRequest, number: str) -> HttpResponse:
    """An own product."""
    product = get_object_or_404(Product.objects.written_by(request.user).with_faces(), number=number)
    return product_form(request, product, "编辑产品")


def product_form(request: PersonRequest, product: Product, title: str) -> HttpResponse:
    """Show the form, or keep what was written."""
    form = ProductForm(request.POST or None, instance=product, keeper=request.user)
    if request.method == "POST" and form.is_valid() and kept_product(form, request.user):
        messages.success(request, f"“{form.instance.name}”已保存。")
        return redirect("provider_product_list")
    context = {
        "form": form,
        "title": title,
        "product": product,
        "crumbs": desk_crumbs((title, "")),
        "scopes": form.scopes(),
    }
    return render(request, "catalog/provider_product_form.html", context)


def kept_product(form: ProductForm, user: Person) -> bool:
    """Whether the product was kept; a refusal stays on the form with its sentence."""
    try:
        save_product(form.instance, by=user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


@require_POST
def provider_product_status(request: PersonRequest, number: str) -> HttpResponse:
    """Publish an own product or withdraw it."""
    product = get_object_or_404(Product.objects.kept_by(request.user), number=number)
    status = request.POST.get("status", "")
    if status not in STATUS_WORDS:
        raise Http404
    set_status(product, status, by=request.user)
    messages.success(request, STATUS_WORDS[Product.Status(status)].format(product.name))
    return redirect("provider_product_list")
