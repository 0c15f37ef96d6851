"""从材料箱选择: beside a form's place for a file stands what the unit's box holds that fits (ADR 0131).

**To let a form take papers from the box**: `BoxMixin` (or `BoxWaitingMixin` where refused papers wait) before its other bases,
`box_kinds` with the kinds that fit each upload field, `offer_box(unit)` at the end of `__init__` (rows of one page:
`offer_papers`), and `take_box(name, by=…)` where the upload would be stored. What comes of it is a paper like one that was
just uploaded. 合同 of a redemption chooses above its list instead: the paper waits there like a dropped one (`redemption/rows/taking.py`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from accounts.box.services import taken_up
from accounts.models import BoxPaper, Unit
from records.models import Document
from records.people import Person
from records.scans import KINDS
from records.waiting import WaitingPapersMixin
from ui.forms import Section, SectionsMixin

if TYPE_CHECKING:  # what it is mixed into

    class Form(SectionsMixin, forms.BaseForm):
        """A form with sections."""

else:
    Form = object

NONE = "不从材料箱选择"
HINT = "选中的会复制一份到本事项；以后更换或移除材料箱里的，不影响这里。"
BOTH = "您同时选择了新文件和材料箱里的材料。请只用一份：不要选择文件，或者改回“不从材料箱选择”。"


def name_of(upload: str) -> str:
    """What the choice from the box is called, beside the upload of this name."""
    return f"{upload}_box"


def fitting(unit: Unit | None, kinds: Collection[str]) -> list[BoxPaper]:
    """What the unit has of these kinds, the latest first; those that have ended last."""
    if unit is None or unit.pk is None:
        return []
    return sorted((paper for paper in unit.box.all() if paper.kind in kinds), key=attrgetter("is_over"))


class BoxMixin(Form):
    """A form with places for papers, each of which may come out of the box instead."""

    box_kinds: ClassVar[dict[str, Sequence[str]]] = {}  # upload field → kinds of the box that fit
    box_more: ClassVar[Sequence[str]] = ()  # kinds that the form reads for something else than a file
    box_unit: Unit | None = None
    in_box: Sequence[BoxPaper] = ()

    def offer_box(self, unit: Unit | None) -> None:
        """Put the choices beside the uploads; nothing where the unit's box holds nothing that fits."""
        kinds = {kind for kinds in self.box_kinds.values() for kind in kinds} | set(self.box_more)
        self.offer_papers(unit, fitting(unit, kinds))

    def offer_papers(self, unit: Unit | None, papers: Iterable[BoxPaper]) -> None:
        """The same with what was read of the box already: several rows of one page ask once."""
        self.box_unit, self.in_box = unit, list(papers)
        for upload, fits in self.box_kinds.items():
            types = {KINDS[kind].content_type for kind in self.fields[upload].kinds}
            fitting = [
                (str(paper.pk), paper.words)
                for paper in self.in_box
                if paper.kind in fits and paper.document.content_type in types
            ]
            if fitting:
                self.fields[name_of(upload)] = self.choice_of(upload, fitting)
            if self.is_bound and self.data.get(self.add_prefix(name_of(upload))):
                self.fields[upload].required = False

    def choice_of(self, upload: str, fitting: list[tuple[str, str]]) -> forms.ChoiceField:
        """A list to choose one from, or boxes to tick where the upload takes several."""
        label = f"从材料箱选择{self.fields[upload].label}"
        if getattr(self.fields[upload].widget, "allow_multiple_selected", False):
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=fitting, widget=boxes, label=label, help_text=HINT, required=False)
        return forms.ChoiceField(choices=[("", NONE), *fitting], label=label, help_text=HINT, required=False)

    def layout_parts(self) -> Iterator[Any]:
        """The sections, each choice behind its upload."""
        choices = {name_of(upload): upload for upload in self.box_kinds if name_of(upload) in self.fields}
        for part in super().layout_parts():
            if isinstance(part, Section):
                for choice, upload in choices.items():
                    if upload in part.fields:
                        part.fields.insert(part.fields.index(upload) + 1, choice)
            if part not in choices:
                yield part

    def clean(self) -> dict[str, Any]:
        """One paper for one place."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for upload in self.box_kinds:
            file = data.get(upload)
            if file and not isinstance(file, list) and data.get(name_of(upload)):
                self.add_error(name_of(upload), BOTH)
        return data

    def chosen_in_box(self, upload: str) -> BoxPaper | None:
        """What was chosen for a place that takes one paper, before the form is judged."""
        key = self.data.get(self.add_prefix(name_of(upload))) if self.is_bound else None
        return next((paper for paper in self.in_box if str(paper.pk) == key), None)

    def take_box(self, upload: str, *, by: Person) -> list[Document]:
        """Copies of what was chosen for this place; the form forgets the choice, so that it is not taken twice."""
        chosen = self.cleaned_data.get(name_of(upload)) or []
        keys = set(chosen if isinstance(chosen, list) else [chosen])
        papers = [paper for paper in self.in_box if str(paper.pk) in keys]
        if not papers or self.box_unit is None:
            return []
        typed: Any = copy(self.data)  # one that can be written
        typed.pop(self.add_prefix(name_of(upload)), None)
        self.data = typed
        return taken_up(self.box_unit, papers, by=by)


class BoxWaitingMixin(BoxMixin, WaitingPapersMixin):
    """The same where chosen papers wait beside a form that is refused."""

    def keep_papers(self, *, by: Person) -> list[Document]:
        """Store what was uploaded, and copy what was chosen from the box."""
        self.waiting = [*super().keep_papers(by=by), *self.take_box(self.papers_in, by=by)]
        return list(self.waiting)
