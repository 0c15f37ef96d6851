"""What a person or a visitor makes of the mall: services side by side, and those that are kept in sight."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from catalog.mall import comparing, favouring, pages, seeing
from catalog.mall.cards import cards
from catalog.mall.own.filters import FavouriteFilter
from catalog.mall.own.look import choose_look
from catalog.models import Favourite, Product, Shelf
from records.people import PersonRequest
from ui.listing import exported
from ui.paging import page_of
from ui.templatetags.cards import Card

BESIDE = 4  # services that were seen before, below the one on screen


@login_not_required
@require_safe
def product_compare(request: HttpRequest) -> HttpResponse:
    """Up to four services side by side: those of the address, else those that the session has chosen."""
    asked = request.GET.getlist("with") or comparing.chosen_in(request)
    products = comparing.compared(asked, request.user)
    context = {
        "products": products,
        "rows": comparing.fact_rows(products),
        "most": comparing.MOST,
        "crumbs": pages.crumbs(pages.MALL, ("服务对比", "")),
    }
    return render(request, "catalog/product_compare.html", context)


@login_not_required
@require_POST
def product_choose(request: HttpRequest) -> HttpResponse:
    """Choose what stands side by side; a fifth one is told and stays outside."""
    asked = request.POST.getlist("with")
    products = comparing.choose(request, asked, request.user)
    if len(set(asked)) > comparing.MOST:
        told = f"一次最多对比 {comparing.MOST} 个服务，已放入前 {comparing.MOST} 个；要换一个，请先移除一个。"
        messages.warning(request, told)
    return redirect(comparing.address_of(products))


@login_not_required
@require_POST
def product_look(request: HttpRequest) -> HttpResponse:
    """Cards or dense rows, from now on; the answer is the list as it was."""
    return redirect(choose_look(request))


@exported("收藏的服务", favouring.COLUMNS)
@require_safe
def favourite_list(request: PersonRequest) -> HttpResponse:
    """收藏的服务 of the person, with what has changed since."""
    rows = Favourite.objects.filter(user=request.user).with_standing()
    found = FavouriteFilter(request.GET, rows)
    crumbs = [("用户中心", reverse("user_center")), ("收藏的服务", "")]
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": crumbs}
    return render(request, "catalog/favourite_list.html", context)


@require_POST
def product_favour(request: PersonRequest, number: str) -> HttpResponse:
    """Keep a service in sight, or no more; the answer is the page where the button stood."""
    product = get_object_or_404(Product.objects.visible_to(request.user), number=number)
    if request.POST.get("keep") == "0":
        favouring.let_go_of(product, by=request.user)
        messages.success(request, f"“{product.name}”已从收藏里移除。")
    elif favouring.favour(product, by=request.user):
        messages.success(request, f"“{product.name}”已收藏。价格变化或下架时，【收藏的服务】里会标出来。")
    return redirect("favourite_list" if request.POST.get("from") == "list" else product)


def seen_cards(request: HttpRequest, *, beside: int = 0) -> list[Card]:
    """What the reader saw last and can still order; beside: the service that is on screen."""
    keys = [key for key in seeing.seen_keys(request) if key != beside]
    found = Shelf.objects.in_bulk(keys)
    return cards(found[key] for key in keys if key in found)


@login_not_required
@require_POST
def product_seen(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a service tells that it was opened; the answer is what the reader saw before."""
    rows = Product.objects.visible_to(request.user).select_related("provider__unit")
    product = get_object_or_404(rows, number=number)
    before = seen_cards(request, beside=product.pk)[:BESIDE]
    seeing.note_seen(request, product)
    return render(request, "catalog/seen_part.html", {"before": before})


@login_not_required
@require_safe
def seen_page(request: HttpRequest) -> HttpResponse:
    """最近看过 of the person, or of this visitor's session."""
    context = {"seen": seen_cards(request), "crumbs": pages.crumbs(pages.MALL, ("最近看过", ""))}
    return render(request, "catalog/seen_page.html", context)
