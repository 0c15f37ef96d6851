"""A stand-in for the gateway of text messages: it checks the signature by itself and answers what a test wants."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

KEY, SECRET = "key-of-nobody", "secret-of-nobody"


def signature_holds(method, path, query, headers, body=b""):
    """The documented steps, taken anew from what arrived: nothing of the portal's code is used."""
    scheme, _, rest = headers["authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(","))
    names = parts["SignedHeaders"].split(";")
    pairs = sorted(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
    canonical_query = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
    canonical_headers = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    hashed = hashlib.sha256(body).hexdigest()
    request = f"{method}\n{path}\n{canonical_query}\n{canonical_headers}\n{';'.join(names)}\n{hashed}"
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    expected = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    wanted = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
    return (
        scheme == "ACS3-HMAC-SHA256"
        and parts["Credential"] == KEY
        and wanted <= set(names)
        and names == sorted(names)
        and headers["x-acs-content-sha256"] == hashed
        and hmac.compare_digest(expected, parts["Signature"])
    )


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        gateway = self.server
        if not signature_holds("POST", address.path, address.query, headers, body):
            return self.give(400, {"Code": "SignatureDoesNotMatch", "Message": "signature"})
        if headers["x-acs-signature-nonce"] in gateway.nonces:
            return self.give(400, {"Code": "SignatureNonceUsed", "Message": "nonce"})
        gateway.nonces.add(headers["x-acs-signature-nonce"])
        gateway.heard.append((headers["x-acs-action"], dict(parse_qsl(address.query, keep_blank_values=True))))
        answer = gateway.answers.pop(0) if gateway.answers else {"Code": "OK", "Message": "OK", "BizId": "biz^0"}
        if callable(answer):
            return answer(self)
        return self.give(200, answer)

    def give(self, status, answer, raw=None):
        data = raw if raw is not None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


class Gateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.heard, self.nonces = [], [], set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_args):
        self.shutdown()
        self.server_close()
