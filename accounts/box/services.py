"""Verbs of the 材料箱: put a paper in, keep what is known of it, take it out, take it up into a form."""

from collections.abc import Sequence

from accounts.models import BoxPaper, Unit
from accounts.permissions import READ_ONLY, WRITERS
from papers.services import read_alike
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.services import copied, keep_with, let_go
from records.steps import lock

LONGEST = 100  # characters of a name
MOST = 100  # papers of one unit's box
FULL = f"材料箱最多放 {MOST} 份材料，这份没有放入。请先移除不再需要的材料。"
PURPOSE = "材料箱"


def check_keeper(unit: Unit, by: Person) -> None:
    """Raise RuleBroken where the person does not act for the unit."""
    role = unit.role_of(by)
    if not role:
        raise RuleBroken("R-PERM", "只有本单位的成员可以办理材料箱里的材料。")
    if role not in WRITERS:
        raise RuleBroken("R-ROLE", READ_ONLY)


@door
def put_in(unit: Unit, document: Document, kind: str, *, by: Person) -> BoxPaper:
    """Put a paper that was just uploaded into the unit's box, under the name of its file; a contract says its own."""
    unit = lock(unit)  # two at once do not pass the limit together
    check_keeper(unit, by)
    if unit.box.count() >= MOST:
        raise RuleBroken("R-MANY", FULL)
    name = "" if kind == BoxPaper.Kind.CONTRACT else document.name.rsplit(".", 1)[0][:LONGEST]
    paper = BoxPaper.objects.create(unit=unit, kind=kind, name=name, document=document, added_by=by)
    keep_with(paper, document, PURPOSE)
    return paper


@door
def keep_paper(paper: BoxPaper, *, by: Person, document: Document | None = None, seen: int | None = None) -> BoxPaper:
    """Keep what was typed of the paper; document: the file that replaces the present one.

    seen: the version on screen; StaleCase where a colleague has kept another one since.
    """
    stored = held(paper, by=by, seen=seen)
    replaced = None if document in {None, stored.document} else stored.document
    paper.document, paper.version = document or stored.document, stored.version + 1
    paper.save()
    if replaced is not None:
        let_go(replaced)
        keep_with(paper, paper.document, PURPOSE)
    return paper


@door
def take_out(paper: BoxPaper, *, by: Person, seen: int | None = None) -> None:
    """Remove a paper from the box; where a case took it up, the case keeps its own."""
    stored = held(paper, by=by, seen=seen)
    document = stored.document
    stored.delete()
    let_go(document)


def held(paper: BoxPaper, *, by: Person, seen: int | None) -> BoxPaper:
    """The paper as it is stored, its row held; refuse who does not act for the unit, and who has seen an older one."""
    stored = BoxPaper.objects.select_for_update(of=("self",), no_key=True).filter(pk=paper.pk).first()
    if stored is None:
        raise RuleBroken("R-STALE", "这份材料刚刚已被移出材料箱，本次操作没有生效。")
    check_keeper(stored.unit, by)
    if seen is not None and seen != stored.version:
        raise StaleCase(f"{stored.get_kind_display()}“{stored.called}”已被同事修改")
    return stored


@door
def taken_up(unit: Unit, papers: Sequence[BoxPaper], *, by: Person) -> list[Document]:
    """Papers of the unit's box for a form, as if just uploaded: copies with what was read of them, tied to no case yet."""
    check_keeper(unit, by)
    own = [paper.document for paper in papers if paper.unit_id == unit.pk]
    copies = copied(own, by=by)
    read_alike(dict(zip(own, copies, strict=True)))
    return copies
