"""Pages of 【科淘平台】 and of the provider's desk."""

import re
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from catalog.mall import comparing, favouring, pages, seeing, structured
from catalog.mall.cards import cards
from catalog.mall.filters import GENERAL, MallFilter
from catalog.mall.forms import ProductForm, copied_words
from catalog.mall.navigation import Navigation
from catalog.mall.own.look import LOOKS, look_of
from catalog.mall.services import keep_form, set_status
from catalog.mall.suggestions import suggested
from catalog.models import Product, Provider, Shelf
from records.converters import NumberConverter
from records.people import PersonRequest
from records.twice import AGAIN
from ui.deep import deep_page_of
from ui.listing import exported
from ui.reading import aside, read_aside

NUMBER = re.compile(NumberConverter.regex)
DESK = ("我的产品", "provider_product_list")
STATUS_WORDS = {
    Product.Status.ON_SALE: "“{}”已上架，用户现在可以在科淘平台看到并下单。",
    Product.Status.WITHDRAWN: "“{}”已下架，不再接受新订单；已有的订单不受影响。",
}


@exported("科淘平台产品", pages.COLUMNS)
@login_not_required
@require_GET
@read_aside
def product_list(request: HttpRequest) -> HttpResponse:
    """The mall: navigation left, filters and cards right."""
    navigation = Navigation(request.GET.get("category", ""))
    found = MallFilter(request.GET, navigation=navigation)
    context = pages.mall_context(request, found)
    context |= {"look": look_of(request), "looks": LOOKS} | comparing.bar_of(request, context["page"])
    return render(request, "catalog/product_list.html", context)


@login_not_required
@require_GET
@read_aside
def product_suggest(request: HttpRequest) -> HttpResponse:
    """What is suggested while somebody types into the search."""
    return JsonResponse({"words": suggested(request.GET.get("q", ""))})


@login_not_required
@require_GET
@read_aside
def product_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One product; a withdrawn one still tells what an old order was about."""
    products = aside(Product.objects.visible_to(request.user).with_faces().select_related("provider__unit"))
    beside = {"times_seen": seeing.times_seen(), "is_favourite": favouring.in_sight_of(request.user)}
    product = get_object_or_404(products.annotate(**beside), number=number)
    context = pages.product_context(product, request.user) | comparing.beside(request, product)
    context["structured"] = structured.of_product(product)
    context |= {name: vars(product)[name] for name in beside}
    return render(request, "catalog/product_detail.html", context)


@login_not_required
@require_GET
@read_aside
def provider_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A service institution and its products; a laboratory has a page of its own."""
    provider = get_object_or_404(aside(Provider.objects.select_related("laboratory__batch")), pk=pk)
    laboratory = provider.as_laboratory
    if laboratory is not None and laboratory.batch.published_on:
        return redirect(laboratory)
    page = deep_page_of(request, aside(Shelf.objects.filter(provider=provider)), GENERAL, cards)
    context = pages.provider_context(provider, page, request.user) | comparing.bar_of(request, page)
    context["structured"] = structured.of_provider(provider)
    return render(request, "catalog/provider_detail.html", context)


def desk_crumbs(*further: tuple[str, str]) -> pages.Crumbs:
    """用户中心, 我的产品 and the page itself."""
    return [("用户中心", reverse("user_center")), (DESK[0], reverse(DESK[1])), *further]


def provider_product_new(request: PersonRequest) -> HttpResponse:
    """A new product of an own provider, perhaps with the words of another one; it stays off the shelf until it is published."""
    if not Provider.objects.written_by(request.user).exists():
        raise Http404
    asked = request.GET.get("like", "")
    own = Product.objects.written_by(request.user)
    like = own.filter(number=asked).first() if NUMBER.fullmatch(asked) else None
    return product_form(request, Product(), "新增产品", like)


def provider_product_edit(request: PersonRequest, number: str) -> HttpResponse:
    """An own product."""
    product = get_object_or_404(Product.objects.written_by(request.user).with_faces(), number=number)
    return product_form(request, product, "编辑产品")


def product_form(request: PersonRequest, product: Product, title: str, like: Product | None = None) -> HttpResponse:
    """Show the form, or keep what was written. like: the product whose words a new one begins with."""
    if request.method == "POST":
        form_of = partial(product_form_of, request)
        form = keep_form(form_of, product, by=request.user, again=request.POST.get(AGAIN, ""))
        if not form.errors and form.twice is None:
            messages.success(request, f"“{form.instance.name}”已保存。")
            return redirect("provider_product_list")
    else:
        form = ProductForm(instance=product, keeper=request.user, initial=copied_words(like))
    context = {"form": form, "title": title, "product": product, "like": like, "scopes": form.scopes()}
    context |= {"crumbs": desk_crumbs((title, "")), "acts": pages.acts_beside(product, request.user)}
    return render(request, "catalog/provider_product_form.html", context)


def product_form_of(request: PersonRequest, product: Product) -> ProductForm:
    """What was sent, over the product as it stands."""
    return ProductForm(request.POST, instance=product, keeper=request.user)


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
