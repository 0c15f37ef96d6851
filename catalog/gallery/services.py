"""Verbs of pictures: whoever keeps a product or an institution adds, orders, describes, replaces and removes them."""

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from catalog.gallery.making import forget_made
from catalog.gallery.tasks import make
from catalog.models import Picture, Product, Provider
from catalog.models.gallery import key_of
from catalog.permissions import check_keeper
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.services import keep_beside, let_go
from records.steps import write
from records.uploads import store_papers, unsaved_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File

Role = Picture.Role
Owner = Product | Provider
MOST = {Role.PRODUCT: 8, Role.LOGO: 1, Role.SITE: 8}
KINDS = ("jpg", "png")
PURPOSE = "公开展示的图片"


def held(owner: Owner, by: Person) -> tuple[Owner, list[Picture]]:
    """The owner, held, with its pictures in their order; raises unless the person keeps it."""
    if isinstance(owner, Product):
        product = hold_row(Product.objects.select_related("provider__unit"), owner.pk)
        check_keeper(product.provider, by)
        return product, list(product.pictures.select_related("paper"))
    provider = hold_row(Provider.objects.select_related("unit"), owner.pk)
    check_keeper(provider, by)
    return provider, list(provider.pictures.select_related("paper"))


@door
def add_pictures(owner: Owner, files: "Sequence[File[bytes]]", *, role: str, by: Person) -> Owner:
    """Keep photographs behind those that are there; the sizes that the public sees are made after the commit."""
    role = Role(role)
    owner, there = held(owner, by)
    of_role = [picture for picture in there if picture.role == role]
    if len(of_role) + len(files) > MOST[role]:
        raise RuleBroken(
            "R-MANY", f"{role.label}最多 {MOST[role]} 张，现在已有 {len(of_role)} 张。请先移除不用的图片。"
        )
    papers = [unsaved_paper(file, by=by, kinds=KINDS) for file in files]
    store_papers(papers)
    place = max((picture.place for picture in there), default=-1) + 1
    whose = {"product": owner} if isinstance(owner, Product) else {"provider": owner}
    pictures = Picture.objects.bulk_create(
        Picture(role=role, paper=paper, place=place + more, key=key_of(paper), **whose)
        for more, paper in enumerate(papers)
    )
    keep_beside(dict(zip(papers, pictures, strict=True)), PURPOSE)
    for picture in pictures:
        after_commit(make, picture.pk)
    write(owner, "picture_added", by=by, text=f"{role.label} {len(papers)} 张", attachments=papers)
    return owner


def found_in(there: list[Picture], picture: Picture) -> Picture:
    """The picture as it stands now; RuleBroken where somebody has removed it."""
    for now in there:
        if now.pk == picture.pk:
            return now
    raise RuleBroken("R-GONE", "这张图片已经被移除，没有再改动。请刷新图片列表查看现在的图片。")


@door
def keep_picture(picture: Picture, *, alt: str, file: "File[bytes] | None" = None, by: Person) -> Picture:
    """Keep its words and, where another file came, put that in its place."""
    owner, there = held(picture.owner, by)
    now = found_in(there, picture)
    said = [] if alt == now.alt else [f"图片说明：{alt or '（空）'}"]
    now.alt = alt
    if file is not None:
        replace_paper(now, file, by)
        said.append(f"替换第 {there.index(now) + 1} 张")
    now.save()
    if said:
        write(owner, "picture_changed", by=by, text="；".join(said), attachments=[now.paper] if file else [])
    return now


def replace_paper(picture: Picture, file: "File[bytes]", by: Person) -> None:
    """Put another photograph in the place of this one, whose files go when it is committed."""
    paper = unsaved_paper(file, by=by, kinds=KINDS)
    store_papers([paper])
    keep_beside({paper: picture}, PURPOSE)
    let_go(picture.paper)
    transaction.on_commit(partial(forget_made, picture.key))
    picture.paper, picture.key, picture.asked_at = paper, key_of(paper), timezone.now()
    picture.made_at, picture.trouble, picture.tries, picture.width, picture.height = None, "", 0, 0, 0
    after_commit(make, picture.pk)


@door
def move_picture(picture: Picture, *, to: str, by: Person) -> Picture:
    """Put it first, one place up or one down; to: first, up, down."""
    owner, there = held(picture.owner, by)
    now = found_in(there, picture)
    line = [other for other in there if other.role == now.role]
    at = line.index(now)
    new = {"first": 0, "up": max(0, at - 1), "down": min(len(line) - 1, at + 1)}[to]
    if new == at:
        return now
    places = sorted(other.place for other in line)
    line.insert(new, line.pop(at))
    for place, other in zip(places, line, strict=True):
        other.place = place
    Picture.objects.bulk_update(line, ["place"])
    write(owner, "picture_moved", by=by, text=f"第 {at + 1} 张移到第 {new + 1} 张")
    return now


@door
def remove_picture(picture: Picture, *, by: Person) -> Owner:
    """Take it away, with all that was made of it."""
    owner, there = held(picture.owner, by)
    now = found_in(there, picture)
    words, paper = now.words, now.paper
    now.delete()
    let_go(paper)
    transaction.on_commit(partial(forget_made, now.key))
    write(owner, "picture_removed", by=by, text=words)
    return owner
