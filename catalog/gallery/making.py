"""The worker's part: the three sizes of a picture, made by the process that draws papers, and taken away with it."""

import datetime as dt
import logging
from contextlib import closing, suppress
from pathlib import Path

from django.core.files.base import File
from django.db.models import F
from django.utils import timezone

from catalog.models.gallery import TRIES, Made, Picture, file_of
from records.pictures.drawer import Told, a_drawer
from records.pictures.services import copied, storage
from records.pictures.sizes import LARGE, SIZES, made_of
from records.storing.kept import StoreAway

logger = logging.getLogger(__name__)
LOST = dt.timedelta(minutes=2)  # after which what was handed over is taken for lost


def make(pk: int, model: type[Made] = Picture) -> bool:
    """Make the sizes of a picture that are lacking; False where there was nothing to do, or nothing could be done."""
    rows = model._default_manager
    picture = rows.select_related("paper").filter(pk=pk, trouble="").first()
    try:
        if picture is None or (picture.made_at and is_kept(picture.key)):
            return False
        rows.filter(pk=pk).update(tries=F("tries") + 1)
        with copied(picture.paper) as copy:
            keep_made(picture, copy.parent, drawn(copy))
    except OSError as trouble:  # the original is lost, or the place for papers is away or full: it may come back
        if isinstance(trouble, StoreAway):  # which is no fault of the picture
            rows.filter(pk=pk, tries__gt=0).update(tries=F("tries") - 1)
        logger.warning("picture %s was not made: %r", pk, trouble)
        return False
    return True


def drawn(copy: Path) -> dict[str, Told]:
    """What the child has made beside the paper, by size; under "end" how it ended."""
    found: dict[str, Told] = {}
    with a_drawer() as drawer, closing(drawer.draw(copy, "sizes", [1])) as lines:
        for told in lines:
            if "size" in told:
                found[told["size"]] = told
            elif told.get("word") or told.get("end"):
                found["end"] = told
    return found


def keep_made(picture: Made, folder: Path, made: dict[str, Told]) -> None:
    """Put the sizes where they are served from, and say so in the row; or say why there are none."""
    rows = type(picture)._default_manager.filter(pk=picture.pk, key=picture.key)
    if not SIZES.keys() <= made.keys():
        is_heavy = made.get("end", {}).get("word") != "broken"
        rows.update(trouble=Made.Trouble.HEAVY if is_heavy else Made.Trouble.BROKEN)
        return
    for size in SIZES:
        put(folder, picture.key, size)
    size_of = made[LARGE]
    if not rows.update(made_at=timezone.now(), width=size_of["width"], height=size_of["height"]):
        forget_made(picture.key)  # it was removed or replaced meanwhile


def put(folder: Path, key: str, size: str) -> None:
    """Keep one size, over what was kept of it."""
    name = file_of(key, size)
    with suppress(FileNotFoundError):
        storage().delete(name)
    with made_of(folder, size).open("rb") as content:
        storage().save(name, File(content))


def is_kept(key: str) -> bool:
    """Whether all sizes lie where they are served from."""
    return all(storage().exists(file_of(key, size)) for size in SIZES)


def forget_made(key: str) -> None:
    """Take away what was made."""
    for size in SIZES:
        with suppress(OSError):
            storage().delete(file_of(key, size))


def sweep(model: type[Made] = Picture) -> int:
    """Make what the queue has lost; what was tried too often is taken for broken. Return how many were looked at."""
    lost = model._default_manager.filter(made_at=None, trouble="", asked_at__lt=timezone.now() - LOST)
    lost.filter(tries__gte=TRIES).update(trouble=Made.Trouble.BROKEN)
    found = list(lost.values_list("pk", flat=True)[:50])
    for pk in found:
        make(pk, model)
    return len(found)
