"""Files that were dropped on a list: each is judged by itself, and one that is refused keeps none of the others away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.box.choosing import HINT, fitting
from accounts.box.services import taken_up
from accounts.models import BoxPaper
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.uploads import (
    check_case_total,
    digest_of,
    forget,
    plain_name,
    rule_of_upload,
    store_papers,
    unsaved_paper,
)
from redemption.models import Claim, Dropped
from redemption.rows.services import drop_papers, too_many
from ui.forms import SayingMixin
from ui.widgets import UploadInput

if TYPE_CHECKING:
    from django.core.files.base import File

NO_FILE = "请先选择文件。"
NOT_IN_BOX = "请先选择材料箱里的一份合同；刚刚被移出材料箱的，不能再选。"


class DropForm(SayingMixin, forms.Form):
    """Where files are dropped on a list."""

    papers = forms.FileField(label="一次拖入多个文件", widget=UploadInput(several=True, hint=f"{rule_of_upload()}。"))


class FromBoxForm(SayingMixin, forms.Form):
    """Which contract of the unit's box becomes a row; on a page once."""

    box = forms.ChoiceField(label="从材料箱选择合同", help_text=HINT, required=False)

    def __init__(self, papers: Iterable[BoxPaper], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="box-contract-%s", **kwargs)
        self.fields["box"].choices = [("", "请选择"), *((str(paper.pk), paper.words) for paper in papers)]


@dataclass
class Taken:
    """What came of files that were dropped: those that wait now, and why others do not."""

    dropped: list[Dropped] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def take_files(claim: Claim, files: "Sequence[File[Any]]", name: str, *, by: Person) -> Taken:
    """Judge and keep files that were dropped on the list of this name; each refusal is one sentence."""
    room = max(settings.DROPPED_AT_ONCE - claim.dropped.count(), 0)
    taken = Taken(refusals=[too_many()] if len(files) > room else [] if files else [NO_FILE])
    papers = list(judged(claim, files[:room], taken.refusals, by=by))
    if not papers:
        return taken
    try:
        store_papers(papers)
    except RuleBroken as refusal:
        return Taken(refusals=[*taken.refusals, refusal.sentence])
    try:
        taken.dropped = drop_papers(claim, papers, name, by=by)
    except RuleBroken:
        for paper in papers:
            forget(paper)
        raise
    return taken


def take_from_box(claim: Claim, key: str, name: str, *, by: Person) -> Taken:
    """Put a copy of a contract in the unit's box on the list of this name, with what was read of it; key: of the paper."""
    paper = next((paper for paper in fitting(claim.unit, [BoxPaper.Kind.CONTRACT]) if str(paper.pk) == key), None)
    if paper is None:
        return Taken(refusals=[NOT_IN_BOX])
    try:
        check_case_total(claim, paper.document.size)
        check_new(paper.document.received_sha256, paper.document.name, names_by_content(claim))
    except ValidationError as refusal:
        return Taken(refusals=list(refusal.messages))
    return Taken(drop_papers(claim, taken_up(claim.unit, [paper], by=by), name, by=by))


def judged(claim: Claim, files: "Sequence[File[Any]]", refusals: list[str], *, by: Person) -> Iterator[Document]:
    """Those of the files that are taken; beside them grows the list of sentences why others are not."""
    known, total = names_by_content(claim), 0
    for file in files:
        try:
            check_case_total(claim, total + file.size)
            check_new(digest_of(file), plain_name(file), known)
            paper = unsaved_paper(file, by=by)
        except ValidationError as refusal:
            refusals.extend(said for said in refusal.messages if said not in refusals)
        except RuleBroken as refusal:
            refusals.append(refusal.sentence)
            return
        else:
            known[paper.received_sha256], total = paper.name, total + paper.size
            yield paper


def check_new(digest: str, name: str, known: dict[str, str]) -> None:
    """Raise ValidationError where the claim has a paper with the same content, and say what to do where it holds several."""
    there = known.get(digest)
    if there is not None:
        raise ValidationError(
            f"“{name}”与本申请已有的“{there}”是同一个文件，没有再加一行。一个文件里有几张票据的，请用【添加】逐行填写。"
        )


def names_by_content(claim: Claim) -> dict[str, str]:
    """SHA-256 of what came → the name of the paper of the claim that has this content."""
    papers = claim.documents.filter(~Q(received_sha256=""), dropped_at=None)
    return dict(papers.values_list("received_sha256", "name"))
