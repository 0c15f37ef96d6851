"""People who order while something goes wrong: each sends his form, sends the same form again where no answer came, and all is counted."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import NamedTuple

import psycopg2
import requests
from django.urls import reverse

from tests.walk.stage import rewound

TAKEN, OURS = 302, "R-AGAIN"  # what says: it was carried out, and its answer was lost
TRIES = 20
TYPED = {"budget": "20000", "contact": "贾经办", "phone": "13800000000"}
COUNTED = """
SELECT wanted.words, (SELECT count(*) FROM orders_order own WHERE own.requirement = wanted.words)
  FROM unnest(%s::text[]) wanted (words)
"""


class Count(NamedTuple):
    """Of the forms that were sent: how many the portal has, how many it said it had and has not, how many it has twice."""

    tried: int
    kept: int
    lost: int
    doubled: int


def forms(count, wanted_on):
    """So many orders that differ, each as one page sends it, however often."""
    return [
        TYPED
        | {
            "wanted_on": wanted_on,
            "requirement": f"需要检测新材料的力学性能，批号 {secrets.token_hex(8)}，用于改进设计。",
            "once": secrets.token_hex(8),
        }
        for _ in range(count)
    ]


def counted(forms, taken, rows):
    """rows: words → how often the portal has them."""
    found = [rows[form["requirement"]] for form in forms]
    lost = sum(not rows[form["requirement"]] for form in taken)
    return Count(len(forms), sum(map(bool, found)), lost, sum(one > 1 for one in found))


class People:
    """Four at a time before a portal of the test's own."""

    def __init__(self, portal, address, world, browser):
        self.portal, self.address, self.browser = portal, address, browser
        self.page = reverse("order_place", args=[world.product.number])
        self.token = portal.token(browser, self.page)
        self.crowd, self.taken = ThreadPoolExecutor(4), []

    def send(self, form):
        """Whether it was taken; no answer, and one of an outage, says nothing of it."""
        url = f"http://127.0.0.1:{self.portal.port}{self.page}"
        sent, cookies = form | {"csrfmiddlewaretoken": self.token}, self.browser.cookies
        try:
            answer = requests.post(url, data=sent, cookies=cookies, timeout=60, allow_redirects=False)
        except requests.RequestException:
            return False
        assert answer.status_code in {TAKEN, 409, 503}, (answer.status_code, answer.text[:3000])
        return answer.status_code == TAKEN or OURS in answer.text

    def begin(self, forms):
        """Send them all at once; what came of each is asked for later."""
        return [self.crowd.submit(self.send, form) for form in forms]

    def settle(self, forms, begun):
        """Each goes on until his is taken; then all is counted."""
        done = [one.result() for one in begun]
        for _ in range(TRIES):
            again = [form for form, is_taken in zip(forms, done, strict=True) if not is_taken]
            answers = dict(zip((form["once"] for form in again), self.crowd.map(self.send, again), strict=True))
            done = [is_taken or answers[form["once"]] for form, is_taken in zip(forms, done, strict=True)]
        taken = [form for form, is_taken in zip(forms, done, strict=True) if is_taken]
        with closing(psycopg2.connect(self.address)) as line, line.cursor() as cursor:
            cursor.execute(COUNTED, [[form["requirement"] for form in forms]])
            return counted(forms, taken, dict(cursor.fetchall()))


def send_within(client, world, form):
    """The answer of the portal in this process."""
    return client.post(reverse("order_place", args=[world.product.number]), rewound(dict(form)))
