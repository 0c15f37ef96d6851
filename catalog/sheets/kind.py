"""What reading, publishing and undoing ask of a kind of list; `laboratories` and `products` answer."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError

from catalog.mall.wording import change_words
from catalog.models import SheetImport, SheetRow
from catalog.sheets.columns import Column
from catalog.sheets.reading import Line
from records.models import Event, Trailed
from records.people import Person
from records.steps import write_each

Thing = TypeVar("Thing", bound=Trailed)
State = dict[str, Any]  # field → value, as JSON keeps it
LONGEST_TITLE = 200
Verdict, Outcome = SheetRow.Verdict, SheetRow.Outcome
AGAIN = "与{place}行{what}，请只留一行。"
GONE = "发布前这条记录已不在平台上，或者不再由您维护，没有写入。"
OVERTAKEN = "核对之后有人改过{names}，没有写入。请重新上传核对。"
BROUGHT, TAKEN_BACK = "按表格“{name}”修改：", "撤销表格“{name}”的修改："
TOUCHED = "发布之后有人办理过。"
CHANGED_SINCE = "发布之后又有人改过{names}，保留现在的内容。"


class SheetKind(ABC, Generic[Thing]):
    """The rules of one kind of list, for one file."""

    columns: ClassVar[tuple[Column, ...]]
    form: Any  # judges one row after the other

    def __init__(self, sheet: SheetImport, by: Person) -> None:
        """by: in whose name it is judged and written."""
        self.sheet, self.by = sheet, by
        self.seen: dict[object, str] = {}  # what was met in this file already → in which row

    @abstractmethod
    def prepare(self, lines: Sequence[Line]) -> None:
        """Fetch what the portal knows of these lines."""

    @abstractmethod
    def judged(self, line: Line, row: SheetRow) -> None:
        """Judge a line whose cells say what they should; Wrong with its sentences where it cannot be written."""

    @abstractmethod
    def held(self, keys: Iterable[int | None]) -> dict[int, Thing]:
        """The things of these keys, held until the transaction ends."""

    @abstractmethod
    def state_of(self, thing: Thing) -> State:
        """What stands there now."""

    @abstractmethod
    def make(self, rows: list[SheetRow]) -> None:
        """Make the things of new rows; a row that cannot be written is left, with its sentence."""

    @abstractmethod
    def put(self, changes: list[tuple[Thing, State]]) -> None:
        """Let things hold what is given."""

    @abstractmethod
    def put_away(self, thing: Thing) -> str:
        """Put out of use what others name already; say what was done."""

    @abstractmethod
    def in_words(self, name: str, value: object) -> str:
        """A value as people read it."""

    @abstractmethod
    def finish(self) -> None:
        """What follows when all rows are written."""

    @abstractmethod
    def finish_undoing(self) -> None:
        """What follows when all rows are taken back."""

    def judge(self, line: Line) -> SheetRow:
        """The row that says what publishing the line would do."""
        row = SheetRow(sheet=self.sheet, tab=line.sheet[:60], number=line.number)
        row.title = self.title_of(line)[:LONGEST_TITLE]
        try:
            self.judged(line, row)
        except Wrong as wrong:
            row.verdict, row.words = Verdict.WRONG, "\n".join([*line.asked, *wrong.sentences])
        return row

    def checked(self, line: Line, values: State) -> State:
        """What the form makes of the values; Wrong with all that is against the line, what has to be asked back apart."""
        self.form.data, self.form.is_bound = values, True
        self.form.full_clean()
        if self.form.errors or line.unclear:
            raise Wrong(*sentences_of(self.form, but=line.unclear), *self.lacking(line))
        return dict(self.form.cleaned_data)

    def lacking(self, _line: Line) -> list[str]:
        """What is missing besides."""
        return []

    def title_of(self, line: Line) -> str:
        """What the row is called."""
        return line.values["name"]

    def meet(self, key: object, line: Line, what: str) -> None:
        """Raise Wrong where the file has said the same before."""
        place = f"工作表“{line.sheet}”第 {line.number} " if line.sheet else f"第 {line.number} "
        earlier = self.seen.setdefault(key, place)
        if earlier != place:
            raise Wrong(AGAIN.format(place=earlier, what=what))

    def compare(self, row: SheetRow, state: State, data: State) -> None:
        """Say what would change of what stands there."""
        row.data = {name: value for name, value in data.items() if state[name] != value}
        row.before = {name: state[name] for name in row.data}
        row.verdict = Verdict.CHANGED if row.data else Verdict.SAME
        row.words = self.changes_of(row.before, row.data)

    def changes_of(self, old: State, new: State) -> str:
        """A line for each field of `new`."""
        return "\n".join(
            change_words(self.label_of(name), self.in_words(name, old[name]), self.in_words(name, value))
            for name, value in new.items()
        )

    def label_of(self, name: str) -> str:
        """What a field is called."""
        return next(column.title for column in self.columns if column.name == name.removesuffix("_id"))

    def names_of(self, names: Iterable[str]) -> str:
        """The names of fields in a sentence."""
        return "、".join(f"“{self.label_of(name)}”" for name in names)

    def change(self, rows: list[SheetRow], *, back: bool = False) -> None:
        """Write what changed rows say, or what stood there before; who has changed it meanwhile keeps what he wrote."""
        things = self.held(row.target for row in rows)
        changes, told = [], {}
        for row in rows:
            thing = things.get(row.target or 0)
            old, new = (row.data, row.before) if back else (row.before, row.data)
            state = self.state_of(thing) if thing is not None else {}
            since = [name for name in old if thing is not None and state[name] != old[name]]
            row.outcome = Outcome.UNDONE if back else Outcome.WRITTEN
            if since:
                row.outcome = Outcome.KEPT if back else Outcome.LEFT
                row.outcome_words = (CHANGED_SINCE if back else OVERTAKEN).format(names=self.names_of(since))
            elif thing is not None:
                changes.append((thing, new))
                told[thing.pk] = (
                    f"{(TAKEN_BACK if back else BROUGHT).format(name=self.sheet.name)}\n{self.changes_of(old, new)}"
                )
            elif not back:
                row.outcome, row.outcome_words = Outcome.LEFT, GONE
        self.put(changes)
        write_each([thing for thing, _ in changes], "row_changed", by=self.by, text=told)

    def take_back(self, rows: list[SheetRow]) -> None:
        """Remove what new rows have made; what others name already is put out of use."""
        things = self.held(row.target for row in rows)
        touched = self.touched(list(things.values()))
        for row in rows:
            thing = things.get(row.target or 0)
            row.outcome = Outcome.UNDONE
            if thing is None:
                continue
            try:
                self.remove(thing, touched)
            except ProtectedError:
                row.outcome, row.outcome_words = Outcome.KEPT, self.put_away(thing)

    def touched(self, things: list[Thing]) -> set[int]:
        """The keys of those that have a trail: somebody has worked with them since, and a trail is not left without its row."""
        return trailed(things)

    def remove(self, thing: Thing, touched: set[int]) -> None:
        """Delete a thing; ProtectedError where others name it, or it has a trail."""
        if thing.pk in touched:
            raise ProtectedError(TOUCHED, {thing})
        thing.delete()


def trailed(things: Sequence[Trailed]) -> set[int]:
    """The keys of those rows of one table that have a trail."""
    if not things:
        return set()
    kind = ContentType.objects.get_for_model(things[0])
    lines = Event.objects.filter(case_type=kind, case_id__in=[thing.pk for thing in things])
    return set(lines.order_by().values_list("case_id", flat=True))


class Wrong(Exception):
    """A row that cannot be written, with its sentences."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def sentences_of(form: forms.BaseForm, *, but: Collection[str]) -> list[str]:
    """What the form says, each field by its name. but: fields of which it does not know what was meant."""
    return [
        error if str(form.fields[name].label) in error else f"{form.fields[name].label}：{error}"
        for name, errors in form.errors.items()
        if name not in but
        for error in map(str, errors)
    ]
