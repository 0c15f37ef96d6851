"""A mail server and an SMS gateway that take whatever comes, count it, and fail where they are told to.

`python -m benchmarks.sinks` runs both in a process of their own and prints their ports; nothing but the standard library, so
that it stands beside any state of the portal.
"""

import json
import re
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "words", "taken")  # of one mail, in this order
ANSWERS = {"connect": "220 sink", "DATA": "354 go on"}
PHONE = re.compile(r"PhoneNumbers=(\d+)")
Trouble = Callable[[], str | None]  # what to say instead; None says nothing more and drops the line


@dataclass
class Told:
    """What a sink does and has seen."""

    troubles: dict[str, tuple[int, Trouble]] = field(default_factory=dict)  # step → after how many, what happens once
    taken: Counter[str] = field(default_factory=Counter)  # number of the message → how often it was taken
    lines: int = 0

    def plan(self, step: str, before: int, trouble: Trouble) -> None:
        """Let it happen at this step, after it has come so often."""
        self.troubles[step] = before, trouble

    def at(self, step: str) -> str | None:
        """The answer at this step."""
        before, trouble = self.troubles.pop(step, (0, None))
        if trouble is None:
            return ANSWERS.get(step, "250 ok")
        if before == 0:
            return trouble()
        self.troubles[step] = before - 1, trouble
        return ANSWERS.get(step, "250 ok")


class Gone(Exception):
    """The line is dropped."""


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to be content."""

    told: Told

    def handle(self) -> None:
        """Take every mail of one connection."""
        self.told.lines += 1
        try:
            self.say("connect")
            for line in self.rfile:
                self.hear(line[:4].decode("ascii", "replace").upper())
        except (Gone, OSError):
            return

    def hear(self, word: str) -> None:
        """Answer one command; after DATA, take the words."""
        self.say(word)
        if word != "DATA" or not self.is_on:
            return
        number = ""
        for line in self.rfile:
            if line == b".\r\n":
                break
            if line.lower().startswith(b"message-id:"):
                number = line.partition(b":")[2].strip().decode()
        else:
            return
        self.say("words", then=number)

    def say(self, step: str, then: str = "") -> None:
        """Answer; then: the number of the message that is taken if the answer is yes."""
        answer = self.told.at(step)
        if answer is None:
            raise Gone
        if then and answer.startswith("250"):
            self.told.taken[then] += 1
            if self.told.at("taken") is None:
                raise Gone
        self.is_on = answer.startswith(("250", "354", "220"))
        self.wfile.write(f"{answer}\r\n".encode())


class Texts(socketserver.StreamRequestHandler):
    """As much of HTTP, and of the gateway, as a client needs: one request after the other on a line."""

    told: Told

    def handle(self) -> None:
        """Take every text of one connection."""
        self.told.lines += 1
        try:
            while line := self.rfile.readline():
                found = PHONE.search(line.decode())
                self.answer(found[1] if found else "")
        except (Gone, OSError):
            return

    def answer(self, number: str) -> None:
        """Read the rest of one request to this phone, and say yes."""
        while self.rfile.readline().strip():
            pass
        code = self.told.at("words")
        if code is None:
            raise Gone
        said = {"Code": "OK" if code == "250 ok" else code, "Message": "", "BizId": "1"}
        if said["Code"] == "OK":
            self.told.taken[number] += 1
            if self.told.at("taken") is None:
                raise Gone
        body = json.dumps(said).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


class Server(socketserver.ThreadingTCPServer):
    """A thread for each line; a line that hangs keeps nothing from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextmanager
def sink(handler: type[Mailbox | Texts]) -> Iterator[tuple[int, Told]]:
    """One of them at a port of its own: (port, what it does and sees)."""
    told = Told()
    with Server(("127.0.0.1", 0), type("Own", (handler,), {"told": told})) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server.server_address[1], told
        finally:
            server.shutdown()


def main() -> None:
    """Run both until the other side of standard input goes."""
    with sink(Mailbox) as (mails, _), sink(Texts) as (texts, _):
        sys.stdout.write(f"{mails} {texts}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
