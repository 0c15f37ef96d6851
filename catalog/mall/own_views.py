"""What a person or a visitor makes of the mall: services side by side."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from catalog.mall import comparing, pages


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
