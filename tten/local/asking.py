"""What the portal that was started here answers."""

from http.client import HTTPConnection, HTTPException

HOST = "127.0.0.1"
PATIENCE = 60  # seconds for an answer


def asked(port: int, path: str) -> tuple[int, str] | None:
    """(status, text) of a GET; None where nobody answers."""
    line = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


def unready(port: int) -> list[str]:
    """The names of the parts that are wrong, as /readyz tells them; workers and clock have only just begun."""
    _, text = asked(port, "/readyz?exclude=queues&exclude=beat") or (0, "web: wrong")
    return [line.partition(":")[0] for line in text.splitlines() if line.endswith(": wrong")]
