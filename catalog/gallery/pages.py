"""What the page shows on which photographs are kept, and what a page of the mall shows of them."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty
from catalog.gallery.addresses import Shown, all_shown, shown
from catalog.gallery.forms import ALT, AddForm, PictureForm
from catalog.gallery.services import MOST, Owner, Role
from catalog.models import Picture, Product, Provider
from records.people import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

SOON = dt.timedelta(seconds=60)  # as long as the page asks by itself whether a picture is made
ROLES = {True: (Role.PRODUCT,), False: (Role.LOGO, Role.SITE)}  # whether it is a product's
HINTS = {
    Role.PRODUCT: "第一张是主图，显示在产品列表里。建议用横向、宽度不少于 1200 像素的实拍照片。",
    Role.LOGO: "显示在机构页面的名称旁边，建议用正方形、白底的图片。",
    Role.SITE: "实验室、设备和团队的实拍照片，显示在机构页面。",
}


@dataclass(frozen=True)
class Entry:
    """One photograph on the page of its keeper."""

    picture: Picture
    shown: Shown | None
    form: PictureForm
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Section:
    """The photographs of one role, and the form for more; add: None where there may be no more."""

    role: str
    title: str
    hint: str
    entries: list[Entry]
    most: int
    add: AddForm | None
    is_product: bool


def kept(rows: "QuerySet[Any]", user: Person) -> "QuerySet[Any]":
    """Those whose photographs the person keeps."""
    managed: Any = rows
    return rows if user.duty == Duty.CATALOG else managed.written_by(user)


def sections(owner: Owner, bound: AddForm | PictureForm | None = None) -> list[Section]:
    """The photographs of the owner by role. bound: the form that was sent and refused."""
    pictures = list(owner.pictures.all())
    is_product = isinstance(owner, Product)
    return [section(role, pictures, bound, is_product=is_product) for role in ROLES[is_product]]


def section(role: Role, pictures: list[Picture], bound: AddForm | PictureForm | None, *, is_product: bool) -> Section:
    """One of them."""
    line = [picture for picture in pictures if picture.role == role]
    last = len(line) - 1
    entries = [
        Entry(picture, shown(picture), form_of(picture, bound), at == 0, at == last) for at, picture in enumerate(line)
    ]
    sent = bound if isinstance(bound, AddForm) and bound.prefix == role else None
    add = sent or (AddForm(role=role) if len(line) < MOST[role] else None)
    return Section(role, role.label, HINTS[role], entries, MOST[role], add, is_product)


def form_of(picture: Picture, bound: AddForm | PictureForm | None) -> PictureForm:
    """The form of a photograph, as it was sent where it was."""
    if isinstance(bound, PictureForm) and bound.picture.pk == picture.pk:
        return bound
    return PictureForm(picture=picture)


def page_context(owner: Owner, user: Person, bound: AddForm | PictureForm | None = None) -> dict[str, Any]:
    """Everything of the page."""
    found = sections(owner, bound)
    soon = timezone.now() - SOON
    pictures = [entry.picture for part in found for entry in part.entries]
    return {
        "owner": owner,
        "title": f"{'产品图片' if isinstance(owner, Product) else '机构标志和现场照片'}",
        "sections": found,
        "bound": bound,
        "alt_hint": ALT,
        "asks": any(not one.made_at and not one.trouble and one.asked_at > soon for one in pictures),
        "address": pictures_page(owner),
        "crumbs": crumbs(owner, user),
    }


def pictures_page(owner: Owner) -> str:
    """Where the photographs of the owner are kept."""
    if isinstance(owner, Product):
        return reverse("product_pictures", args=[owner.number])
    return reverse("provider_pictures", args=[owner.pk])


def crumbs(owner: Owner, user: Person) -> list[tuple[str, str]]:
    """From the desk of whoever keeps them to the page."""
    is_product = isinstance(owner, Product)
    if user.duty == Duty.CATALOG:
        room = "products" if is_product else "providers"
        key = owner.number if isinstance(owner, Product) else owner.pk
        desk = "产品" if is_product else "服务机构", reverse(f"curator_{room}")
        row = owner.name, reverse(f"curator_{room}_row", args=[key])
    else:
        desk = "我的产品", reverse("provider_product_list")
        edit = reverse("provider_product_edit", args=[owner.number]) if isinstance(owner, Product) else ""
        row = owner.name, edit or owner.get_absolute_url()
    return [("用户中心", reverse("user_center")), desk, row, ("图片", "")]


def gallery_of(product: Product) -> list[Shown]:
    """The photographs of a product that its page shows."""
    return all_shown(product.pictures.made())


def showcase_of(provider: Provider) -> dict[str, Any]:
    """The mark of an institution and the photographs of its site."""
    pictures = list(provider.pictures.made())
    logo = all_shown(one for one in pictures if one.role == Role.LOGO)
    return {"logo": logo[0] if logo else None, "sites": all_shown(one for one in pictures if one.role == Role.SITE)}
