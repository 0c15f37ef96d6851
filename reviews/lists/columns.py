"""The columns of the lists of the desk: what each is called, by what it sorts, and how a row is written in it.

A page of rows is written in one go, since twenty rows in a template cost more than their questions. Every value is escaped here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from reviews.models import Turn
from reviews.models.listed import SORTED_ANYWHERE
from ui.templatetags.ui import day, icon, money


@dataclass(frozen=True)
class Column:
    """One column: what it is called, by which column of a turn it sorts, and what stands in it."""

    key: str
    label: str
    sort: str  # as addresses name it
    field: str  # of a turn
    cell: Callable[[Turn], str]  # HTML
    shape: str = ""  # its class
    lists: tuple[str, ...] = ("turn_list", "turn_done_list", "turn_all_list")
    shown: tuple[str, ...] = ("turn_list", "turn_done_list", "turn_all_list")  # where nobody has chosen otherwise


def number_cell(turn: Turn) -> str:
    """The number, in figures of one width."""
    return f'<span class="mono">{escape(turn.number)}</span>'


def stage_cell(turn: Turn) -> str:
    """The stage, the round from the second on, and how far the experts are."""
    again = f' <span class="tag">第 {turn.round} 轮</span>' if turn.round > 1 else ""
    seated, spoken = vars(turn).get("group", (0, 0))
    heard = f' <span class="quiet tiny">专家意见 {spoken} / {seated}</span>' if seated else ""
    return f"{escape(turn.stage)}{again}{heard}{asked_marks(turn)}"


def asked_marks(turn: Turn) -> str:
    """Who owes an answer and until when, of a turn that `reviews.lists.pages.faces_for` has looked at."""
    told = vars(turn)
    signs = told.get("decided_by")
    sign = f' <span class="tag tag-warning">待复核签：{escape(signs)}</span>' if signs else ""
    marks = (("owed", "企业询问待答复", "tag tag-warning"), ("awaited", "等待企业答复", "tag"))
    return sign + "".join(
        f' <span class="{style}">{words} {day(told[f"{name}_by"])}{"（已超期）" if told[f"{name}_late"] else ""}</span>'
        for name, words, style in marks
        if told.get(f"{name}_by")
    )


def due_cell(turn: Turn) -> str:
    """Until when, in words and shape."""
    if turn.is_overdue:
        return f'<span class="due due-past">{icon("exclamation-triangle-fill")}{day(turn.due_on)} 已超期</span>'
    if turn.is_due_soon:
        return f'<span class="due due-soon">{icon("clock")}{day(turn.due_on)} 临期</span>'
    return f'<span class="due">{day(turn.due_on)}</span>'


def ended_cell(turn: Turn) -> str:
    """How it ended, in words; what is open says that."""
    if turn.is_open:
        return "在办"
    words = escape(turn.ending)
    return f"<strong>{words}</strong>" if turn.is_decided else f'<span class="quiet">{words}</span>'


def text_cell(name: str) -> Callable[[Turn], str]:
    """The words of a column."""
    return lambda turn: escape(str(getattr(turn, name)))


DONE, ALL, INBOX = "turn_done_list", "turn_all_list", "turn_list"
COLUMNS = (
    Column("number", "编号", "number", "number", number_cell, "nowrap"),
    Column("unit", "申请单位", "unit_name", "unit_name", text_cell("unit_name"), "clip"),
    Column("kind", "事项类别", "kind", "case_type_id", lambda turn: escape(turn.matter), "nowrap", shown=(INBOX, DONE)),
    Column("stage", "环节", "stage", "stage", stage_cell, "nowrap"),
    Column("round", "轮次", "round", "round", text_cell("round"), "num", shown=()),
    Column(
        "amount",
        "金额",
        "amount",
        "amount",
        lambda turn: escape(money(turn.amount)) if turn.amount else "",
        "num nowrap",
    ),
    Column("district", "区", "district", "district", text_cell("district"), "nowrap", shown=()),
    Column("category", "服务类别", "category", "category", text_cell("category"), "clip", shown=()),
    Column("office", "办理单位", "", "", text_cell("office"), "clip", shown=(ALL,)),
    Column("opened", "到达", "opened_at", "opened_at", lambda turn: day(turn.opened_at), "nowrap", shown=(INBOX, ALL)),
    Column("due", "承诺办结", "due_on", "due_on", due_cell, "nowrap", lists=(INBOX, ALL), shown=(INBOX,)),
    Column("ended", "结果", "ended", "ended_by", ended_cell, "nowrap", lists=(DONE, ALL), shown=(DONE, ALL)),
    Column(
        "closed",
        "办结",
        "closed_at",
        "closed_at",
        lambda turn: day(turn.closed_at) if turn.closed_at else "",
        "nowrap",
        lists=(DONE, ALL),
        shown=(DONE,),
    ),
)
PICK = '<td class="pick"><input type="checkbox" name="turn" value="{}" form="bulk" aria-label="选择 {}"{}></td>'
TITLE = Column("title", "事项", "title", "title", text_cell("title"))  # always there: it opens the case


def columns_of(page: str, chosen: Sequence[str] | None) -> list[tuple[Column, bool]]:
    """(column, whether it is shown) of what the list can show."""
    offered = [column for column in COLUMNS if page in column.lists]
    return [(column, page in column.shown if chosen is None else column.key in chosen) for column in offered]


def labels_of(keys: Sequence[str]) -> list[str]:
    """What the columns of these keys are called, in the order of the lists."""
    return [column.label for column in COLUMNS if column.key in keys]


def field_of(sort: str, page: str) -> str | None:
    """The column of a turn by which an address sorts that list; None where it names none. All offices have fewer orders."""
    fields = (column.field for column in (TITLE, *COLUMNS) if sort and column.sort == sort and page in column.lists)
    return next((field for field in fields if page != ALL or field in SORTED_ANYWHERE), None)


Picked = frozenset[int] | None


def rows_html(turns: Iterable[Turn], columns: Sequence[Column], way: str, *, picked: Picked = None) -> SafeString:
    """The rows of a table. picked: keys of those that are ticked for one decision; None where none can be."""
    return SafeString("".join(row_html(turn, columns, way, picked=picked) for turn in turns))


def row_html(turn: Turn, columns: Sequence[Column], way: str, *, picked: Picked) -> str:
    """One row: the case, which opens, and the chosen columns."""
    cells = (f'<td data-label="{column.label}"{style_of(column)}>{column.cell(turn)}</td>' for column in columns)
    link = f'<a class="row-link" href="{escape(turn.get_absolute_url() + way)}">{escape(turn.title)}</a>'
    ticked = " checked" if picked and turn.pk in picked else ""
    pick = PICK.format(turn.pk, escape(turn.number), ticked) if picked is not None else ""
    return f'<tr>{pick}<td data-label="{TITLE.label}" class="clip">{link}</td>{"".join(cells)}</tr>'


def style_of(column: Column) -> str:
    """Its class, as an attribute."""
    return f' class="{column.shape}"' if column.shape else ""


def heads_of(columns: Sequence[Column], sort: str, page: str) -> list[dict[str, Any]]:
    """[{label, field, shape, sort}] of the heads; without a field one cannot sort by it."""
    return [
        {"label": one.label, "field": one.sort if field_of(one.sort, page) else "", "shape": one.shape, "sort": sort}
        for one in (TITLE, *columns)
    ]
