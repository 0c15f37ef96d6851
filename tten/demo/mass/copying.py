"""How a family copies its patterns: one INSERT … SELECT a table, keys moved by arithmetic.

In the SQL `row` is the row of the pattern, `c` the copy that is made of it, `q` who acted in the pattern, and `own`
where the row stands among those of its pattern. Copy c.k of the row that stands at own.place has the key
first + c.k × width + own.place, and so has whatever points to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User
from records.models import Case, Document
from reviews.models import District, Office
from tten.demo.mass.sql import first, free_id, keep_table, run

INSTANT = "date_trunc('second', row.{} - c.shift)"
PEOPLE = (
    "CASE row.{0} WHEN q.applicant_id THEN c.applicant_id WHEN q.provider_user_id THEN c.provider_user_id"
    " WHEN q.reviewer_id THEN c.reviewer_id ELSE row.{0} END"
)
GIVEN: dict[Any, str] = {
    User: PEOPLE,
    Office: "CASE row.{0} WHEN q.office_id THEN c.office_id ELSE row.{0} END",
    District: "c.district_id",
    Document: "md5(c.family || c.k || row.{0})::uuid",
}  # what a column that points to one of these holds in a copy


@dataclass
class Mould:
    """One table of a family: which of its rows belong to the patterns, and what a copy has otherwise.

    rows: SQL that gives `id` and `pattern`; values: column → SQL.
    """

    model: type[models.Model]
    rows: str
    values: Mapping[str, str] = field(default_factory=dict)
    start: int = 0  # the key of the first copy
    width: int = 1  # how many keys each copy takes

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table


class Family:
    """Tables that are copied together. The copies stand in `mass_<name>`, who acted in `mass_<name>_pattern`."""

    def __init__(self, name: str, moulds: Iterable[Mould]) -> None:
        self.name = name
        self.moulds = {mould.model: mould for mould in moulds}
        for mould in self.moulds.values():
            self.measure(mould)

    def own(self, mould: Mould) -> str:
        """The table that says where each row stands among those of its pattern."""
        return f"mass_{self.name}_{mould.table}"

    def measure(self, mould: Mould) -> None:
        """See how many rows the patterns have in a table."""
        place = "row_number() OVER (PARTITION BY found.pattern ORDER BY found.id) - 1"
        keep_table(self.own(mould), f"SELECT found.id, found.pattern, {place} AS place FROM ({mould.rows}) found")
        if not isinstance(mould.model._meta.pk, models.UUIDField):
            mould.start = free_id(mould.model)
            mould.width = int(first(f"SELECT coalesce(max(place), 0) + 1 FROM {self.own(mould)}"))

    def key(self, model: type[models.Model], place: str = "0") -> str:
        """The key of the copy's row of a table."""
        mould = self.moulds[model]
        return f"({mould.start} + c.k::bigint * {mould.width} + {place})"

    def copy(self, model: type[models.Model]) -> int:
        """Make the copies of one table."""
        mould = self.moulds[model]
        columns, values, joined = [], [], ""
        for column in model._meta.local_concrete_fields:
            columns.append(f'"{column.column}"')
            values.append(self.value_of(mould, column))
            joined += self.joined(mould, column)
        question = f"SELECT {', '.join(values)} {self.source(mould)} {joined} ORDER BY c.k, own.place"
        return run(f'INSERT INTO "{mould.table}" ({", ".join(columns)}) {question}')

    def source(self, mould: Mould) -> str:
        """The rows of the patterns beside the copies that are made of them."""
        return (
            f"FROM mass_{self.name} c JOIN mass_{self.name}_pattern q ON q.pattern = c.pattern"
            f" JOIN {self.own(mould)} own ON own.pattern = c.pattern JOIN {mould.table} row ON row.id = own.id"
        )

    def joined(self, mould: Mould, column: "models.Field[Any, Any]") -> str:
        """Where the row stands to which the column points, if that is copied, too."""
        target = column.remote_field.model if column.remote_field else None
        if target not in self.moulds or target in GIVEN or column.column in mould.values:
            return ""
        other = f"at_{column.column}"
        return f" LEFT JOIN {self.own(self.moulds[target])} {other} ON {other}.id = row.{column.column}"

    def value_of(self, mould: Mould, column: "models.Field[Any, Any]") -> str:
        """What stands in one column of a copy."""
        own = mould.values.get(str(column.column))
        if own is not None:
            return own
        if column.primary_key:
            return GIVEN[Document].format("id") if mould.model is Document else self.key(mould.model, "own.place")
        if column.column == "case_id":
            return by_kind({model: self.key(model) for model in self.moulds if issubclass(model, Case)})
        target = column.remote_field.model if column.remote_field else None
        if target in GIVEN:
            return GIVEN[target].format(column.column)
        if target in self.moulds:
            return self.key(target, f"at_{column.column}.place")
        return plain(column)


def by_kind(answers: Mapping[type[models.Model], str]) -> str:
    """What depends on the kind of the case to which a row belongs."""
    kinds = ContentType.objects.get_for_models(*answers)
    cases = " ".join(f"WHEN {kind.pk} THEN {answers[model]}" for model, kind in kinds.items())
    return f"CASE row.case_type_id {cases} END"


def folded(*parts: str) -> str:
    """The words of a search text, as the portal folds them."""
    return f"lower(normalize(concat_ws(' ', {', '.join(parts)}), NFKC))"


def plain(column: "models.Field[Any, Any]") -> str:
    """What becomes of a value that points nowhere: days pass, amounts follow the contract, words stay."""
    name = f"row.{column.column}"
    if isinstance(column, models.DateTimeField):
        return INSTANT.format(column.column)
    if isinstance(column, models.DateField):
        return f"{name} - c.days"
    if isinstance(column, models.DecimalField):
        return f"round({name} * c.ratio, 2)"
    return name
