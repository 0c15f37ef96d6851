"""A register over HTTP: one POST with the question as JSON, one JSON answer, all of it within REGISTER_SECONDS.

Asked: `{"register": "enterprise", "subject": "9112…", "terms": {}}` with `Authorization: Bearer KEY`.
Answered: `{"status": "存续", "facts": {"name": "…"}, "source": "…"}` (docs/registers.md).
"""

import json
import threading
import time
from queue import Empty, SimpleQueue

import requests
from django.conf import settings

from registers.gateways import Answered, NotAnswered, Terms, answer_from
from registers.kinds import Line, Trouble, line_of

MOST_BYTES = 65_536  # of an answer
OK, TOO_MANY, BROKEN = 200, 429, 500  # HTTP: answered; patience is asked for; the first that is its own trouble
MOST_SECONDS = 3.0  # nobody waits longer, whatever the settings say


def seconds() -> float:
    """How long an answer is waited for."""
    return min(float(settings.ASKING["seconds"]), MOST_SECONDS)


def ask(register: str, subject: str, terms: Terms) -> Answered:
    """Ask the register; NotAnswered where nothing that counts has come within REGISTER_SECONDS.

    The request has a thread of its own: neither a name that is not resolved nor an answer that drips byte by byte is
    waited for longer. What comes afterwards is heard by nobody.
    """
    line, heard = line_of(register), SimpleQueue[object]()
    question = {"register": register, "subject": subject, "terms": dict(terms)}
    threading.Thread(target=speak, args=(line, question, heard), daemon=True).start()
    try:
        said = heard.get(timeout=seconds())
    except Empty:
        raise NotAnswered(Trouble.SLOW) from None
    if isinstance(said, NotAnswered):
        raise said
    return answer_from(register, said)


def speak(line: Line, question: dict[str, object], heard: "SimpleQueue[object]") -> None:
    """Send the question, and put what comes back, or why nothing does, where it is waited for."""
    try:
        heard.put(json.loads(fetch(line, question)))
    except NotAnswered as trouble:
        heard.put(trouble)
    except requests.Timeout:
        heard.put(NotAnswered(Trouble.SLOW))
    except requests.ConnectionError:
        heard.put(NotAnswered(Trouble.AWAY))
    except (requests.RequestException, ValueError, RecursionError):
        heard.put(NotAnswered(Trouble.BROKEN))


def fetch(line: Line, question: dict[str, object]) -> bytes:
    """The body of the answer, at most MOST_BYTES of it; NotAnswered for a status other than 200."""
    until = time.monotonic() + seconds()
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {line.key}"} if line.key else {})
    with requests.post(
        line.address,
        data=json.dumps(question, ensure_ascii=False).encode(),
        headers=headers,
        timeout=seconds(),
        allow_redirects=False,
        stream=True,
    ) as answer:
        if answer.status_code == TOO_MANY:
            raise NotAnswered(Trouble.LATER)
        if answer.status_code != OK:
            raise NotAnswered(Trouble.AWAY if answer.status_code >= BROKEN else Trouble.BROKEN)
        body = b""
        for part in answer.iter_content(1024):
            body += part
            if time.monotonic() > until:
                raise NotAnswered(Trouble.SLOW)
            if len(body) > MOST_BYTES:
                raise NotAnswered(Trouble.BROKEN)
    return body
