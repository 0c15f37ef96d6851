"""Photographs of the demo's newest services, of some institutions and their sites; the worker's part is done at once."""

import random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.gallery.making import make
from catalog.gallery.services import Owner, add_pictures, keep_picture
from catalog.models import Product, Shelf
from records.people import Person
from tten.demo.scenes import scenes

SERVICES, EACH = 14, (3, 1, 2)
WORDS = ("实验室与主要仪器", "仪器操作位", "样品与试件")


def hang_pictures(curator: Person, chance: random.Random) -> None:
    """Give the services that stand first in the mall their pictures."""
    first = Shelf.objects.order_by("place").values_list("pk", flat=True)[:SERVICES]
    for index, product in enumerate(Product.objects.filter(pk__in=list(first)).order_by("pk")):
        hang(product, EACH[index % len(EACH)], "product", curator, chance)


def hang(owner: Owner, count: int, role: str, by: Person, chance: random.Random) -> None:
    """Upload so many, describe them and make what the public sees."""
    files: Any = [SimpleUploadedFile(f"{at + 1}.jpg", content) for at, content in enumerate(scenes(count, chance))]
    add_pictures(owner, files, role=role, by=by)
    for picture, words in zip(owner.pictures.filter(role=role), WORDS, strict=False):
        keep_picture(picture, alt=words, by=by)
        make(picture.pk)
