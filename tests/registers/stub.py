"""A register on loopback: it hears real requests and answers what a test wants, also badly, late or byte by byte."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "key-of-nobody"
ACTIVE = {
    "status": "存续",
    "facts": {
        "name": "海河样例科技有限公司",
        "legal_representative": "甄样例",
        "address": "样例路 1 号",
        "district": "南开区",
    },
    "source": "样例登记系统",
}
CLEAN = {"status": "无失信记录", "source": "样例信用平台"}
HIT = {"status": "有失信记录", "facts": {"record": "严重违法失信名单"}, "source": "样例信用平台"}


def reach(settings, name, **facts):
    """Reach a register otherwise: a gateway of one's own, an address, a limit."""
    settings.REGISTERS = settings.REGISTERS | {name: settings.REGISTERS[name] | facts}


def ended(word):
    """The firm of ACTIVE in another state."""
    return ACTIVE | {"status": word}


def billed(word):
    """What the checking service of invoices answers."""
    return {"status": word, "source": "样例查验平台"}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        stub = self.server
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stub.heard.append((question["register"], question["subject"], question["terms"]))
        if self.headers["Authorization"] != f"Bearer {KEY}":
            return self.give(401, {"status": "存续"})
        answer = stub.answer_to(question)
        return answer(self) if callable(answer) else self.give(200, answer)

    def give(self, status, answer, raw=None):
        data = raw if raw is not None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


class Stub(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.heard, self.always = [], [], {}

    def answer_to(self, question):
        """The next answer that a test has laid out, else what this register or subject always says."""
        if self.answers:
            return self.answers.pop(0)
        usual = {"enterprise": ACTIVE, "credit": CLEAN, "invoice": billed("一致")}
        return (
            self.always.get(question["subject"]) or self.always.get(question["register"]) or usual[question["register"]]
        )

    def handle_error(self, *_args):
        """Nobody is told that a line was cut: tests cut them."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_args):
        self.shutdown()
        self.server_close()


def late(handler):
    """After the time that anybody waits."""
    time.sleep(1.5)
    handler.give(200, ACTIVE)


def dripping(handler):
    """The head at once, the body byte by byte: no single wait is long."""
    data = json.dumps(ACTIVE, ensure_ascii=False).encode()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    for sign in data[:60]:
        handler.wfile.write(bytes([sign]))
        handler.wfile.flush()
        time.sleep(0.03)


def cut(handler):
    """The line breaks before anything comes back."""
    handler.connection.close()


def raw(status, data):
    """These bytes, whatever they are."""
    return lambda handler: handler.give(status, None, raw=data)
