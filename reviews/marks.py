"""What a return marks: fields and lists by their names, single rows of a list by name and key (`invoices:123`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

FEW = 20  # rows of a list that are offered one by one; of a longer one their numbers are typed

Choices = list[tuple[str, Any]]


class MarkedList(NamedTuple):
    """A list of rows: its name and title, and (mark, label) of each row, in the order of the page."""

    name: str
    title: str
    rows: list[tuple[str, str]]


class Asked(list[str]):
    """The marks of a return that waits to be answered, with its words."""

    words = ""


def is_row(mark: str) -> bool:
    """Whether the mark is that of a single row."""
    return ":" in mark


def list_of(mark: str) -> str:
    """The name of the list in which the marked row stands; a list's own mark is its name."""
    return mark.partition(":")[0]


def row_key(mark: str) -> str:
    """The key of the marked row; "" for what is no row."""
    return mark.partition(":")[2]


def marked_keys(marks: Iterable[str], name: str) -> frozenset[str]:
    """The keys of the rows that are marked in the list of this name."""
    return frozenset(row_key(mark) for mark in marks if is_row(mark) and list_of(mark) == name)


def keyed(name: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
    """(mark, what the row is called) of the rows of a list, as a table of the dossier carries it in `keys`."""
    return [(f"{name}:{row.pk}", str(row)) for row in rows]


def row_choices(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(mark, label) of every row that a return may name: 发票第 2 行（26120000000000000011）."""
    for table in tables:
        for number, (mark, called) in enumerate(table.get("keys", ()), start=1):
            yield mark, f"{table['title']}第 {number} 行{f'（{called}）' if called else ''}"


def lists_in(choices: Sequence[tuple[str, str]]) -> list[MarkedList]:
    """The lists whose rows stand among the choices."""
    labels = dict(choices)
    names = dict.fromkeys(list_of(mark) for mark, _ in choices if is_row(mark))
    return [MarkedList(name, labels.get(name, name), rows_in(choices, name)) for name in names]


def rows_in(choices: Sequence[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """The choices that are rows of the list."""
    return [(mark, label) for mark, label in choices if is_row(mark) and list_of(mark) == name]


def tree_of(choices: Sequence[tuple[str, str]]) -> Choices:
    """The same for ui.widgets.CheckboxTree: the fields, then each list with its rows; flat where there are no rows."""
    lists = lists_in(choices)
    if not lists:
        return list(choices)
    names = {one.name for one in lists}
    fields = [(mark, label) for mark, label in choices if not is_row(mark) and mark not in names]
    return [("填写的内容", fields), *((one.title, branch_of(one)) for one in lists)]


def branch_of(one: MarkedList) -> Choices:
    """The whole list, then its rows where they are few."""
    rows = one.rows if len(one.rows) <= FEW else []
    return [(one.name, "整个列表"), *((mark, label.removeprefix(one.title)) for mark, label in rows)]


def without_rows_of_lists(marks: Iterable[str]) -> list[str]:
    """Each mark once; a row goes with its list where that is marked whole."""
    once = list(dict.fromkeys(marks))
    return [mark for mark in once if not is_row(mark) or list_of(mark) not in once]
