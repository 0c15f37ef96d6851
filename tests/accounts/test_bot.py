"""A bot at the door of a living server: 200 guesses from three addresses, and it gets nowhere."""

import re
from itertools import cycle

import pytest
import requests

from accounts.models import SignInEvent, TextMessage
from tests.accounts.login import PASSWORD, known_code
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, RIGHT_CODE = "13800000001", "246810"
ADDRESSES = ("198.51.100.1", "198.51.100.2", "198.51.100.3")
GUESSES = 100  # of passwords, and as many of codes
HOME = "192.0.2.7"


class Visitor:
    """A browser's worth of cookies behind one proxy, which says from where it comes."""

    def __init__(self, server):
        self.server, self.session, self.pages, self.token = server, requests.Session(), [], ""

    def post(self, path, address, **form):
        headers = {"X-Forwarded-For": address}
        if not self.token:
            page = self.session.get(f"{self.server}/account/login/", headers=headers).text
            self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
        form["csrfmiddlewaretoken"] = self.token
        answer = self.session.post(self.server + path, form, headers=headers)
        self.pages.append(answer)
        return answer

    def is_in(self):
        answer = self.session.get(f"{self.server}/center/account/", headers={"X-Forwarded-For": HOME})
        self.token = ""  # signing in makes another
        return "/account/login/" not in answer.url


@pytest.fixture
def server(live_server, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with known_code(RIGHT_CODE):
        yield live_server.url


@pytest.fixture
def victim():
    return make_user("yue", phone=PHONE)


def test_a_bot_that_guesses_passwords_gets_nowhere_and_the_victim_gets_in(server, victim):
    home, bot = Visitor(server), Visitor(server)
    home.post("/account/login/", HOME, login="yue", password=PASSWORD)
    assert home.is_in()
    guesses = [f"guess-{number}" for number in range(GUESSES)]
    guesses[60:] = [PASSWORD] * (GUESSES - 60)  # by then it even knows the right one
    for guess, address in zip(guesses, cycle(ADDRESSES), strict=False):
        bot.post("/account/login/", address, login=PHONE, password=guess)
    assert not bot.is_in()
    assert {page.status_code for page in bot.pages} <= {200, 429}
    failures = SignInEvent.objects.filter(kind="failed")
    assert failures.count() == 5 * len(ADDRESSES)
    assert SignInEvent.objects.filter(kind="locked").count() == len(ADDRESSES)
    home.post("/account/logout/", HOME)
    home.post("/account/login/", HOME, login="yue", password=PASSWORD)
    assert home.is_in()


def test_a_bot_that_guesses_codes_gets_nowhere(server, victim):
    bot = Visitor(server)
    guesses = [f"{number:06}" for number in range(GUESSES)]
    guesses[20:] = [RIGHT_CODE] * (GUESSES - 20)
    for number, (guess, address) in enumerate(zip(guesses, cycle(ADDRESSES), strict=False)):
        if number % 5 == 0:  # a fresh code as often as it is given one
            bot.post("/account/login/code/", address, phone=PHONE)
        bot.post("/account/code/", address, code=guess)
    assert not bot.is_in()
    assert TextMessage.objects.filter(phone=PHONE).count() == 1
    assert SignInEvent.objects.filter(kind="failed").count() == 5
    assert {page.status_code for page in bot.pages} <= {200, 403, 429}
