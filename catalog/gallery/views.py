"""Photographs: the page of whoever keeps them, and the file that everybody fetches."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.gallery import pages, services, tasks
from catalog.gallery.forms import AddForm, PictureForm
from catalog.gallery.services import Owner, Role
from catalog.gallery.serving import content_of
from catalog.models import Picture, Product, Provider, Shelf
from records.people import PersonRequest
from records.pictures.sizes import SIZES
from records.rules import RuleBroken

FOR_EVER = "max-age=31536000, immutable"  # another picture has another address
MOVES = ("first", "up", "down")


@require_http_methods(["GET", "POST"])
def product_pictures(request: PersonRequest, number: str) -> HttpResponse:
    """The photographs of a product."""
    rows = pages.kept(Product.objects.all(), request.user).select_related("provider__unit")
    return owner_page(request, get_object_or_404(rows, number=number))


@require_http_methods(["GET", "POST"])
def provider_pictures(request: PersonRequest, pk: int) -> HttpResponse:
    """The mark and the photographs of an institution."""
    rows = pages.kept(Provider.objects.all(), request.user).select_related("unit")
    return owner_page(request, get_object_or_404(rows, pk=pk))


def owner_page(request: PersonRequest, owner: Owner) -> HttpResponse:
    """Show them, or keep new ones."""
    role = request.POST.get("role", "")
    if request.method != "POST":
        return show(request, owner)
    if role not in pages.ROLES[isinstance(owner, Product)]:
        raise Http404
    form = AddForm(request.POST, request.FILES, role=role)
    if form.is_valid():
        files = form.cleaned_data["pictures"]
        try:
            services.add_pictures(owner, files, role=role, by=request.user)
        except RuleBroken as refusal:
            form.add_error("pictures", refusal.sentence)
        else:
            messages.success(request, f"已上传 {len(files)} 张{Role(role).label}，正在生成展示用的图片，几秒后可见。")
            return redirect(pages.pictures_page(owner))
    return show(request, owner, form)


def show(request: PersonRequest, owner: Owner, bound: Any = None) -> HttpResponse:
    """The page."""
    return render(request, "catalog/pictures.html", pages.page_context(owner, request.user, bound))


@require_POST
def picture_act(request: PersonRequest, pk: int) -> HttpResponse:
    """One photograph: its words and its file, its place, or away with it."""
    mine = Picture.objects.filter(
        Q(product__in=pages.kept(Product.objects.all(), request.user))
        | Q(provider__in=pages.kept(Provider.objects.all(), request.user))
    )
    picture = get_object_or_404(mine.select_related("product__provider__unit", "provider__unit"), pk=pk)
    act = request.POST.get("act", "")
    back = redirect(f"{pages.pictures_page(picture.owner)}#picture-{pk}")
    if act in MOVES:
        services.move_picture(picture, to=act, by=request.user)
        return back
    if act == "remove":
        services.remove_picture(picture, by=request.user)
        messages.success(request, "已移除这张图片，网站上不再显示。")
        return redirect(pages.pictures_page(picture.owner))
    form = PictureForm(request.POST, request.FILES, picture=picture)
    if not form.is_valid():
        return show(request, picture.owner, form)
    services.keep_picture(picture, alt=form.cleaned_data["alt"], file=form.cleaned_data["file"], by=request.user)
    messages.success(request, "已保存。" if not form.cleaned_data["file"] else "已换上新图片，几秒后可见。")
    return back


@login_not_required
@require_safe
def picture(request: HttpRequest, size: str, key: str) -> HttpResponse:
    """A made size: of what is on the shelf for everybody, else for whoever keeps it; the original leaves by no such way."""
    on_shelf = Exists(Shelf.objects.filter(product=OuterRef("product")))
    rows = Picture.objects.made().annotate(on_shelf=on_shelf).select_related("provider")
    found = get_object_or_404(rows, key=key)
    is_public = found.on_shelf or (found.provider is not None and found.provider.is_active)
    if size not in SIZES or not (is_public or may_see(request, found)):
        raise Http404
    response = HttpResponse(content_of(found, size, tasks.make), content_type="image/webp")
    shared = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"  # its answer may bring a cookie
    response["Cache-Control"] = f"{shared}, {FOR_EVER}" if is_public else "private, no-store"
    return response


def may_see(request: HttpRequest, found: Picture) -> bool:
    """Whether the person keeps what it is a picture of; asked only where it is not for everybody."""
    user = request.user
    return user.is_authenticated and Picture.objects.visible_to(user).filter(pk=found.pk).exists()
