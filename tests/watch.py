"""Watches every request of every test: how many queries it asks, that a GET changes no row, that a form that is taken leads on, that no
cache keeps a page.

`tests/queries.json` holds, for each method and address, the most queries that any test may see; a page that asks more
fails the test that asked it. `make queries` measures the table anew. Not counted: savepoints, what Django asks once in a
process (content types), the policy and the days that pages remember for half a minute, the one statement by which whoever has a session
is recognised (ADR 0077), and the three by which that is kept awake once a minute, on whatever page. Nor is what a commit
sets off: it runs at once in tests, but in a worker of the portal.
"""

import contextlib
import functools
import json
import os
import re
import threading
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ui.reading import is_set

TABLE = Path(__file__).with_name("queries.json")
RECORD = os.environ.get("RECORD_QUERIES", "")  # a folder: measure instead of holding
ONCE = re.compile(
    r'"django_content_type"|ORDER BY "policy_policyversion"\."effective_from" ASC$|FROM "policy_calendarday" ORDER BY'
    r"|^(SAVEPOINT|RELEASE|ROLLBACK|SET |LISTEN)|pg_wal_lsn_diff"  # the last: tests/tten/test_replica.py counts it
)
KNOWN = re.compile(
    r'^SELECT "django_session"\."session_key".*"expire_date" > .*"session_key" = [^ ]+ LIMIT 21$'
)  # by key
AWAKE = re.compile(r'^UPDATE "usersessions_usersession" SET "last_seen_at"')  # accounts/security/standing.py
TO_KEEP_AWAKE = 3  # whether he is staff, when he was seen last, the session itself
GALLERY = "/ui/"  # shows the page head itself as a component
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
BOOKS = {"django_session", "usersessions_usersession"}  # who is there, kept by the frame on every page
NO_PAGES = {  # address → what a GET gives instead of a page, so that no browser looks at it
    "application_offer": "a paper",
    "certification_view": "leads to the own unit, or to the form",
    "admission_read": "a part of the form of 入驻",
    "box_read": "a part of the page of a paper in the box",
    "certification_read": "a part of the form of 单位认证",
    "claim_dropped": "a part of the claim's form",
    "claim_dropped_all": "a part of the claim's form",
    "claim_row": "a part of the claim's form",
    "claim_row_edit": "a part of the claim's form",
    "data_export_download": "a copy to take away",
    "data_export_progress": "a part of 我的数据",
    "document": "a paper",
    "paper_part": "the viewer, a part of other pages",
    "paper_picture": "the picture of a page of a paper",
    "mall_picture": "a photograph",
    "paper_wait": "the viewer, a part of other pages",
    "product_suggest": "words for the search's script",
    "export_download": "a spreadsheet to take away",
    "export_progress": "a part of 我的导出",
    "printed_labs": "leads to 京津冀",
    "printed_login": "leads to 登录",
    "receipt_print": "a paper",
    **dict.fromkeys(("manual_print", "form_blank"), "a paper"),
    "form_draft": "what a form holds, for its script",
    "product_seen": "a part of the page of a service",
    "robots": "a text for programs",
    "sitemap": "a map for programs",
    "sitemap_file": "a map for programs",
    "article_feed": "a feed, for programs",
    "article_file": "a paper",
    "article_picture": "a picture",
    "announcement_progress": "a part of the page of an announcement",
    "bulk_progress": "a part of the page of a decision for many",
    "desk_act_progress": "a part of the page of an act on many rows",
    "sheet_progress": "a part of the page of a spreadsheet",
    "booking_calendar": "a calendar file to take away",
    "sheet_template": "a spreadsheet to take away",
    "seal_checkpoint": "a signed note, for programs",
    "seal_consistency": "a proof, for programs",
    "seal_stamp": "a stamp, for programs",
    "seal_proof": "a proof to take away",
    "session_awake": "nothing",
    "view_open": "leads to the list as it was saved",
    "weixin_callback": "leads on to the portal",
    "weixin_login": "leads to WeChat",
}
GET_WRITES = {  # address → why a GET may
    "weixin_callback": "WeChat sends the person back by GET",
    "mfa_view_recovery_codes": "they are shown once: that they were is kept",
}

SAYS_WHY_NOT = (b"error-summary", b"is-invalid", b"errorlist", b"errornote", b"note-error", b'role="alert"')
PLACE = re.compile(rb'class="form-text[^>]*>[^<]*\{[0-9]?\}')  # in the words below a box, where nothing typed stands
REQUIRED = "这个字段是必填项".encode()
CONFIRMED = {"admin"}  # apps whose library asks again with a page in answer to a form

held = json.loads(TABLE.read_text()) if TABLE.exists() and not RECORD else {}
seen = {}


class Watch:
    """Counts what one request asks of the database."""

    def __init__(self):
        self.queries, self.written, self.kept_awake, self.recognised = 0, [], False, False
        self.aside = False  # while what a commit sets off runs

    def __call__(self, execute, sql, params, many, context):
        if not self.recognised and KNOWN.match(sql):
            self.recognised = True
        elif not ONCE.search(sql):
            self.queries += not self.aside
            self.kept_awake |= bool(AWAKE.match(sql))
            self.written += [table for table in WRITE.findall(sql) if table not in BOOKS and not self.aside]
        return execute(sql, params, many, context)

    @property
    def asked(self):
        """The queries of the page itself."""
        return self.queries - TO_KEEP_AWAKE * self.kept_awake


@contextlib.contextmanager
def asking(number, *, exact):
    """What happens inside asks that many queries, or at most so many; recognising a session is none of them."""
    with CaptureQueriesContext(connection) as asked:
        yield asked
    counted = [query["sql"] for query in asked.captured_queries if not KNOWN.match(query["sql"])]
    assert len(counted) == number if exact else len(counted) <= number, "\n".join([f"{len(counted)} queries", *counted])


@contextlib.contextmanager
def hooks_aside(watch):
    """What a commit sets off is not counted: it runs at once in tests, but in a worker of the portal."""
    run = connection.run_and_clear_commit_hooks

    def run_aside():
        before, watch.aside = watch.aside, True
        try:
            run()
        finally:
            watch.aside = before  # what ran may have committed itself

    connection.run_and_clear_commit_hooks = run_aside
    try:
        yield
    finally:
        del connection.run_and_clear_commit_hooks


def watching(get_response):
    """The outermost middleware of the tests."""

    def middleware(request):
        watch = Watch()
        with connection.execute_wrapper(watch), hooks_aside(watch):
            response = get_response(request)
        hold_private(request, response)
        match = request.resolver_match
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            look(request.path, response.content)
            check_no_page(request, response)
            check_moved(request, response)
            check_filled(request, response)
            check_says(request, response)
        if match is not None and match.view_name and response.status_code < 400:
            judge(request.method, match.view_name, watch)
        return response

    return middleware


def check_no_page(request, response):
    """An address that is said to give no page gives none; AssertionError names it."""
    match = request.resolver_match
    is_page = request.method == "GET" and response.status_code == 200 and is_whole(response.content)
    if is_page and match is not None and match.view_name in NO_PAGES:
        raise AssertionError(f"GET {match.view_name} gives a page: tests/tour.py must go there")


def check_moved(request, response):
    """A form that was taken leads to a page that 返回 and a reload may ask for; AssertionError names its address."""
    match = request.resolver_match
    is_page = request.method == "POST" and response.status_code == 200 and is_whole(response.content)
    if is_page and "HX-Retarget" not in response.headers and match is not None and match.app_name not in CONFIRMED:
        assert any(sign in response.content for sign in SAYS_WHY_NOT), f"POST {match.view_name} is answered with a page"


def check_filled(request, response):
    """No rule of a box is shown with a place that nothing was written into; AssertionError names the address."""
    assert not PLACE.search(response.content), f"{request.path} shows a rule with an empty place"


def check_says(request, response):
    """No field of a page of ours refuses in Django's words, which do not name it; AssertionError names the address."""
    match = request.resolver_match
    if match is not None and match.app_name not in CONFIRMED:
        assert REQUIRED not in response.content, f"{request.method} {match.view_name} does not say which field is empty"


def is_whole(page):
    return page.lstrip().lower().startswith(b"<!doctype html")


def hold_private(request, response):
    """What a person who is signed in is shown is kept by no cache, unless everybody sees it; AssertionError names the address."""
    is_for_all = match_of(request) == "mall_picture" and "immutable" in response.headers.get("Cache-Control", "")
    if getattr(request, "user", None) is not None and request.user.is_authenticated and not is_for_all:
        assert response.headers.get("Cache-Control") == "private, no-store", request.path


def match_of(request):
    """The name of the address."""
    return getattr(request.resolver_match, "view_name", "")


def look(path, page):
    """A whole page has one headline, in its body; AssertionError names the address."""
    head, _, body = page.partition(b"</head>")
    if b"maxlength" in page:
        raise AssertionError(f"{path} has a box that cuts what is pasted")
    if b">---------<" in page:
        raise AssertionError(f"{path} calls the choice of nothing ---------, not 请选择")
    if path.startswith(GALLERY):
        return
    if is_whole(page) and (b"<h1" in head or body.count(b"<h1") > 1):
        raise AssertionError(f"{path} has a headline in its head, or two")


def judge(method, name, watch):
    """Hold one request against the table; AssertionError names the address."""
    if method in {"GET", "HEAD"} and watch.written and name not in GET_WRITES:
        raise AssertionError(f"GET {name} writes to {sorted(set(watch.written))}")
    key = f"{method} {name}"
    if threading.current_thread() is not threading.main_thread():
        return  # a living server's: a browser's data are its own
    asked = watch.asked - (is_set() and method == "POST")  # where a replica is set, an act keeps its position
    seen[key] = max(seen.get(key, 0), asked)
    if key in held and asked > held[key]:
        raise AssertionError(f"{key} asks {asked} queries; {TABLE.name} holds it to {held[key]}")


def with_key(post):
    """A client sends what a page's form sends: the key by which it is carried out once."""

    @functools.wraps(post)
    def send(client, path, data=None, *args, **kwargs):
        if data is None or isinstance(data, dict):
            data = {"once": uuid.uuid4().hex, **(data or {})}
        return post(client, path, data, *args, **kwargs)

    return send


def pytest_configure():
    Client.post = with_key(Client.post)
    settings.MIDDLEWARE = ["tests.watch.watching", *settings.MIDDLEWARE]


def pytest_sessionfinish():
    if RECORD and seen:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        (Path(RECORD) / f"{worker}.json").write_text(json.dumps(seen))
