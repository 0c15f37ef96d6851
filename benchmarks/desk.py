"""The desk at size: lists of a big office and of the city, dossiers, and the lists of a firm with thousands of cases and notices.

`make bench NAME=desk` on CASES=200000 more cases than the small demo has, spread over the offices as `manage.py demo --cases`
spreads them and 3,000 of each more for one firm (firm.py); the issue's limit is 5 × of the floor for each line
of the desk, 6 × for the firm's.
"""

from benchmarks.firm import FIRM
from benchmarks.lines import Line
from benchmarks.pages import page, turn

DEEPEST = "?page=400"  # beyond the end it is the last page
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
    *[inbox(f"?sort=-{name}", f"by {name}") for name in (*ORDERS, "due_on", "round", "district", "category")],
    *[
        done(f"?sort=-{name}", f"by {name}")
        for name in (*ORDERS, "closed_at", "ended", "round", "district", "category")
    ],
    *[everything(f"?sort={name}", f"by {name}") for name in ("number", "unit_name", "amount", "opened_at", "due_on")],
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
DOSSIERS = [
    page("turn_detail", "district_nankai", turn("application", "district"), of="application"),
    page("turn_detail", "body_b", turn("claim", "formal"), of="claim"),
    page("turn_detail", "body_b", turn("claim", "experts"), of="experts"),
    page("turn_detail", "platform", turn("unit", "pending"), of="unit"),
    page("turn_detail", "platform", turn("admission", "pending"), of="admission"),
]
PICTURES = [
    page(name, person, of=of)
    for name in ("picture", "picture_open", "picture_months", "picture_reasons", "picture_people")
    for person, of in (("municipal", "city"), ("platform", "head"))
]
OWN_LISTS = ("order_list", "application_list", "claim_list", "notice_list")
OF_A_FIRM = [
    page("user_center", FIRM),
    *[page(name, FIRM, query=query, of=of) for name in OWN_LISTS for query, of in (("", "first"), (DEEPEST, "deep"))],
]
LINES = [*TABS, *SORTED, *DEEP, *SEARCHED, *NARROWED, *DOSSIERS, *PICTURES, *OF_A_FIRM]
