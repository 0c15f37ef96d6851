"""Asks the portal as people do: signs them in on the login page, keeps their cookies, sends their forms."""

import http.client
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.forms import Field, form_of, typed_over
from benchmarks.middleware import QUERIES, UNDO
from tten.demo.accounts import PASSWORD
from tten.local.say import LocalError

LOGIN, CONSENT = "/account/login/", "/account/consent/"
SENT_AWAY = (LOGIN, CONSENT, "/account/prove/", "/account/challenge/")  # an act that ends there was not done
FOUND = 302
FRESH = 200  # seconds that a sign-in serves: the portal asks for a new proof after 300
PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    queries: int

    @property
    def where(self) -> str:
        """Status, and where it leads, in words."""
        return f"{self.status} {self.location}".strip()


@dataclass
class Request:
    """A line, ready to be sent any number of times: nothing of it stays."""

    line: Mapping[str, Any]
    fields: list[Field] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_post(self) -> bool:
        """Whether it writes, and is undone."""
        return bool(self.line["method"] == "POST")


@dataclass
class Person:
    """Somebody with cookies of his own; `since` when he signed in."""

    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    since: float = 0.0


class Client:
    """One connection, used by all people in turn."""

    def __init__(self, port: int, media: Path) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.media = media
        self.people: dict[str, Person] = {}

    def person(self, line: Mapping[str, Any]) -> Person:
        """Who sends the line, signed in, and lately where it takes a proof; a stranger has no cookies."""
        name = line["role"]
        person = self.people.setdefault(name, Person(name))
        is_late = line.get("proved") and time.monotonic() - person.since > FRESH
        if name and (is_late or not person.since):
            person.cookies, person.since = {}, time.monotonic()
            self.sign_in(person)
        return person

    def sign_in(self, person: Person) -> None:
        """By user name and the password of the demo."""
        self.ask("GET", LOGIN, person)
        answer = self.send(LOGIN, person, [("login", person.name), ("password", PASSWORD)])
        if answer.location.startswith(CONSENT):  # the first time only
            answer = self.send(answer.location, person, [("act", "agree")])
        if answer.status != FOUND:
            raise LocalError(f"{person.name} 不能登录 / cannot sign in: {answer.where}")

    def ready(self, line: Mapping[str, Any]) -> Request:
        """Read the form of the line, where it has one, and fill it in; then ask once, which must be answered as said."""
        person, request = self.person(line), Request(line)
        if request.is_post:
            request.files = {name: (self.media / file).read_bytes() for name, file in line["files"].items()}
            if line["page"]:
                shown = self.ask("GET", line["page"], person).body.decode()
                request.fields = form_of(shown, line["page"], line["address"]).fields
            request.fields = typed_over(request.fields, line["fields"])
        self.once(request)
        return request

    def once(self, request: Request, *, expected: int | None = None) -> Answer:
        """Send it as the person is, signed in or not; LookupError unless it is answered as the line says."""
        line = request.line
        person = self.people.setdefault(line["role"], Person(line["role"]))
        if request.is_post:
            answer = self.send(line["address"], person, request.fields, request.files, undone=True)
        else:
            answer = self.ask("GET", line["address"], person)
        away = answer.location.startswith(SENT_AWAY) and not line["name"].startswith("POST account_")
        if answer.status != (expected or line["status"]) or away:
            raise LookupError(f"{line['name']} ({line['role']}) {line['address']}: {answer.where}")
        return answer

    def send(
        self,
        address: str,
        person: Person,
        fields: list[Field],
        files: Mapping[str, bytes] | None = None,
        *,
        undone: bool = False,
    ) -> Answer:
        """Post a form; undone: nothing of it stays in the database."""
        kept = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
        kept.append(("csrfmiddlewaretoken", person.cookies.get("csrftoken", "")))
        kind, body = encoded(kept, files) if files else ("application/x-www-form-urlencoded", urlencode(kept).encode())
        return self.ask("POST", address, person, body, {"Content-Type": kind} | ({UNDO: "1"} if undone else {}))

    def ask(
        self, method: str, address: str, person: Person, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; the cookies of a request that is undone are not kept either."""
        cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        sent = dict(headers or {}) | ({"Cookie": cookies} if cookies else {})
        try:
            response = self.response(method, address, body, sent)
        except ConnectionError:  # closed by the server after two idle seconds, as when another portal has its turn
            self.line.close()
            response = self.response(method, address, body, sent)
        content = response.read()
        if UNDO not in sent:
            for text in response.headers.get_all("Set-Cookie", []):
                person.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
        queries = int(response.getheader(QUERIES, "0"))
        return Answer(response.status, response.getheader("Location", ""), content, queries)

    def response(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        """Send the request and wait for the head of the answer."""
        self.line.request(method, address, body, headers)
        return self.line.getresponse()


def encoded(fields: list[Field], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The type and the body of a form with files."""
    mark = secrets.token_hex(16)
    named = 'Content-Disposition: form-data; name="{}"'
    parts = [f"{named.format(name)}\r\n\r\n{value}".encode() for name, value in fields]
    for name, content in files.items():
        head = f'{named.format(name)}; filename="bench.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts)
    return f"multipart/form-data; boundary={mark}", body + f"--{mark}--\r\n".encode()
