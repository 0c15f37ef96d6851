"""The desk at size: every tab, order and search of a big office, wherever in the list, and the city's list of everything.

`make bench NAME=desk` on CASES=200000 more cases than the small demo has, spread over the offices as `manage.py demo --cases`
spreads them; the issue's limit is 5 × of the floor for each line.
"""

from benchmarks.lines import Line
from benchmarks.pages import page

OFFICE = "body_a"  # a professional body: of two, each with half of what the city decides


def inbox(query: str, of: str) -> Line:
    """待办 of a big office."""
    return page("turn_list", OFFICE, query=query, of=of)


def done(query: str, of: str) -> Line:
    """Its 已办."""
    return page("turn_done_list", OFFICE, query=query, of=of)


def everything(query: str, of: str) -> Line:
    """全部事项 of the city."""
    return page("turn_all_list", "municipal", query=query, of=of)


TABS = [inbox(f"?tab={tab}", tab) for tab in ("desk", "soon", "past", "experts", "returned")]
ORDERS = ("number", "title", "unit_name", "kind", "stage", "amount", "opened_at")
SORTED = [
    *[inbox(f"?sort=-{name}", name) for name in (*ORDERS, "due_on", "round", "district", "category")],
    *[done(f"?sort=-{name}", name) for name in (*ORDERS, "closed_at", "ended", "round", "district", "category")],
    *[everything(f"?sort={name}", name) for name in ("number", "unit_name", "amount", "opened_at", "due_on")],
]
DEEP = [
    *[inbox(query, of) for query, of in (("?page=50", "page 50"), ("?end=1", "end"))],
    *[
        done(query, of)
        for query, of in (("?page=50", "page 50"), ("?end=1", "end"), ("?sort=amount&end=1", "amount end"))
    ],
    *[everything(query, of) for query, of in (("?page=50", "page 50"), ("?end=1", "end"))],
]
SEARCHED = [
    *[inbox(f"?q={words}", of) for words, of in (("检测", "many"), ("绝无此词", "none"))],
    *[
        done(f"?q={words}", of)
        for words, of in (("检测", "many"), ("样例", "some"), ("SQ2026", "number"), ("绝无此词", "none"))
    ],
    *[everything(f"?q={words}", of) for words, of in (("检测", "many"), ("绝无此词", "none"))],
    page("number_open", OFFICE, query="?q=检测", of="many"),
    page("number_open", "municipal", query="?q=检测", of="city many"),
]
NARROWED = [
    done("?amount=10-", "amount"),
    done("?ended=send_back", "returned"),
    everything("?lying=past", "past"),
    everything("?stage=区初审&lying=done", "stage"),
]
LINES = [*TABS, *SORTED, *DEEP, *SEARCHED, *NARROWED]
