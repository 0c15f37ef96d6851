"""Papers that were chosen for a form which is refused: they wait beside it, so that nobody chooses them again."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError

from records.models import Document
from records.people import Person
from records.scans import ALL
from records.uploads import store_upload

if TYPE_CHECKING:  # what it is mixed into
    from django.forms import BaseForm as Form
else:
    Form = object

NAME = "paper_kept"  # of the boxes in a form that carry what waits


def untied(keys: Iterable[object], *, by: Person) -> list[Document]:
    """The person's own papers among these that belong to no case yet, in the order in which they came."""
    return list(Document.objects.filter(pk__in=[key for key in keys if is_key(key)], created_by=by, case_id=None))


def is_key(sent: object) -> bool:
    """Whether what was sent can name a paper."""
    try:
        return bool(UUID(str(sent)))
    except ValueError:
        return False


class WaitingPapersMixin(Form):
    """A form with a place for papers: what was chosen for it in an earlier, refused try is still there."""

    papers_in: ClassVar[str] = "papers"  # the field of the upload
    kinds: ClassVar[Iterable[str]] = ALL
    waiting: Sequence[Document] = ()

    @property
    def sent_again(self) -> list[Any]:
        """Which of the waiting papers are still wanted."""
        data: Any = self.data
        return data.getlist(NAME) if hasattr(data, "getlist") else []

    def check_count(self, files: list[Any], most: int) -> None:
        """Raise ValidationError where these and what waits are more than `most`."""
        count = len(files) + len(self.sent_again)
        if count > most:
            raise ValidationError(f"最多上传 {most} 个文件，连同已选的共 {count} 个，请减少后重选。", code="count")

    def keep_papers(self, *, by: Person) -> list[Document]:
        """Store what was chosen; return it with what waits already. RuleBroken where it cannot be stored."""
        self.waiting = untied(self.sent_again, by=by)
        chosen = self.cleaned_data.get(self.papers_in) or []
        for file in chosen if isinstance(chosen, list) else [chosen]:
            self.waiting = [*self.waiting, store_upload(file, by=by, kinds=self.kinds)]
        return list(self.waiting)
