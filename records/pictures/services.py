"""Pictures are made, kept by the hash of the paper, and go with it. Nobody waits in a request for any of this."""

import datetime as dt
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from records.models import Document
from records.pictures import drawing, reading
from records.pictures.drawer import Told, a_drawer
from records.pictures.models import BROKEN, HEAVY, UNSHOWN, PagePicture, Pictured, file_of, folder_of, table_of

logger = logging.getLogger(__name__)
AHEAD = 4  # pages that are made at a time, from the one that is asked for
LOST = dt.timedelta(minutes=2)  # after which another worker takes up what one has begun
KINDS = {  # content type → how it is drawn
    "application/pdf": "pdf",
    "image/jpeg": "image",
    "image/png": "image",
    "application/ofd": "ofd",
    "application/xml": "xml",
}


def storage() -> Storage:
    """Where papers and their pictures lie."""
    found: Storage = Document._meta.get_field("file").storage
    return found


def draw(pk: UUID | str, page: int = 1) -> bool:
    """Make the pictures of this page and the next ones that are lacking; False where there was nothing to do."""
    paper = Document.objects.filter(pk=pk, content_type__in=KINDS).first()
    if paper is None:
        return False
    Pictured.objects.bulk_create([Pictured(sha256=paper.sha256)], ignore_conflicts=True)
    pictured = Pictured.objects.get(sha256=paper.sha256)
    try:
        wanted = lacking(pictured, page)
        return bool(wanted) and _take_up(pictured) and _draw(paper, pictured, wanted)
    except OSError as trouble:  # the paper is lost, or the place for papers is away or full: it may come back
        logger.warning("pictures of %s were not made: %r", paper.pk, trouble)
        return False


def _draw(paper: Document, pictured: Pictured, wanted: list[int]) -> bool:
    """Make these pages, which are this worker's."""
    try:
        with copied(paper) as copy:
            Making(pictured, copy).make(KINDS[paper.content_type], wanted)
    finally:
        Pictured.objects.filter(pk=pictured.pk).update(begun_at=None)
    return True


def lacking(pictured: Pictured, page: int) -> list[int]:
    """The pages to make, from this one on; what a page's row says but the storage has not is made anew."""
    if pictured.trouble:
        return []
    last = page + AHEAD - 1 if pictured.pages is None else min(page + AHEAD - 1, pictured.pages)
    if pictured.pages == 0 and not is_kept(pictured, 0):
        return [1]
    there = {row.number for row in pictured.pictures.filter(number__range=(page, last)) if is_kept_row(pictured, row)}
    return [number for number in range(page, last + 1) if number not in there]


def is_kept_row(pictured: Pictured, row: PagePicture) -> bool:
    """Whether nothing more is to be made of the page."""
    return not row.width or is_kept(pictured, row.number)


def is_kept(pictured: Pictured, number: int) -> bool:
    """Whether the picture of the page lies in the storage; of page 0 the table, where there is one."""
    if not number:
        return not pictured.table or storage().exists(table_of(pictured.sha256))
    return storage().exists(file_of(pictured.sha256, number))


def _take_up(pictured: Pictured) -> bool:
    """Whether the content is this worker's now: two do not draw the same at a time."""
    now = timezone.now()
    free = Pictured.objects.filter(Q(begun_at=None) | Q(begun_at__lt=now - LOST), pk=pictured.pk)
    return bool(free.update(begun_at=now))


@contextmanager
def copied(paper: Document) -> Iterator[Path]:
    """The paper in a folder of its own, which goes afterwards with all that was put beside it."""
    with tempfile.TemporaryDirectory() as folder, paper.file.open("rb") as content:
        copy = Path(folder) / "paper"
        with copy.open("wb") as out:
            shutil.copyfileobj(content, out)
        yield copy


class Making:
    """One job of the child, kept as it is told."""

    def __init__(self, pictured: Pictured, copy: Path) -> None:
        self.pictured, self.copy = pictured, copy
        self.at, self.word, self.made = 0, "", 0  # the page at hand; why it was left; how much of it is kept

    def make(self, kind: str, wanted: list[int]) -> None:
        """Let the pages be drawn, and keep them, the trouble of a page, or that of the whole paper."""
        with a_drawer() as drawer, closing(drawer.draw(self.copy, kind, wanted)) as lines:
            for told in lines:
                self.hear(told)
        if not self.word:
            return
        if self.at:
            self._keep_page(self.at, trouble=self.word)
        elif not self.made:  # else a page lacks no more than what it looks like from near
            Pictured.objects.filter(pk=self.pictured.pk).update(trouble=self.word, made_at=timezone.now())

    def hear(self, told: Told) -> None:
        """Keep what one line tells."""
        if "pages" in told:
            Pictured.objects.filter(pk=self.pictured.pk).update(pages=told["pages"], made_at=timezone.now())
        elif "begin" in told:
            self.at = told["begin"]
        elif "page" in told:
            self._put(drawing.file_of(self.copy.parent, told["page"]), file_of(self.pictured.sha256, told["page"]))
            self._keep_page(told["page"], told["width"], told["height"])
            self.at = 0
        elif "zoom" in told:
            name = file_of(self.pictured.sha256, told["zoom"], zoom=True)
            self._put(drawing.file_of(self.copy.parent, told["zoom"], zoom=True), name)
        elif "table" in told:
            self._put(self.copy.parent / reading.TABLE, table_of(self.pictured.sha256))
            Pictured.objects.filter(pk=self.pictured.pk).update(table=True)
        elif "word" in told:
            self.word = {"heavy": HEAVY, "broken": BROKEN}.get(told["word"], "")
        elif told["end"]:
            self.word = HEAVY  # it was killed: by its bounds, or by the machine

    def _put(self, made: Path, name: str) -> None:
        self.made += 1
        if not made.exists():
            return
        with suppress(FileNotFoundError):
            storage().delete(name)
        with made.open("rb") as content:
            storage().save(name, File(content))

    def _keep_page(self, number: int, width: int = 0, height: int = 0, *, trouble: str = "") -> None:
        said = {"width": width, "height": height, "trouble": trouble or ("" if width else UNSHOWN)}
        PagePicture.objects.update_or_create(of=self.pictured, number=number, defaults=said)


def forget(sha256: str) -> None:
    """Remove what was made of a content that no paper has any more: rows and files."""
    Pictured.objects.filter(sha256=sha256).delete()
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in storage().listdir(folder_of(sha256))[1]:
            storage().delete(f"{folder_of(sha256)}/{name}")
        storage().delete(folder_of(sha256))  # the empty folder of a disk


def forget_gone() -> int:
    """Remove what was made of contents whose papers are gone, where that was missed; return of how many."""
    papers = Document.objects.filter(sha256=OuterRef("sha256"))
    gone = list(Pictured.objects.filter(~Exists(papers)).values_list("sha256", flat=True))
    for sha256 in gone:
        forget(sha256)
    return len(gone)
