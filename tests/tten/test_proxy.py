"""The proxy of ops/nginx at work before two web servers: it spreads, buffers, compresses, limits, and outlives one of both."""

import datetime as dt
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tten.local.system import server_program

NGINX = server_program("nginx")
pytestmark = [pytest.mark.heavy, pytest.mark.proxy]
OPS = settings.BASE_DIR / "ops" / "nginx"
WORDS = "科技创新券".encode() * 1000
AROUND = """daemon off; pid {top}/pid; error_log {top}/errors; user root;
events {{}}
http {{
  types {{ text/html html; text/css css; }}
  client_body_temp_path {top}/body; proxy_temp_path {top}/proxy; fastcgi_temp_path {top}/f; uwsgi_temp_path {top}/u; scgi_temp_path {top}/s;
  include {top}/tten.conf;
}}"""


class Web(BaseHTTPRequestHandler):
    """One that says who it is, and when the first and the last byte of a body came."""

    protocol_version = "HTTP/1.1"

    def answer(self, body=b""):
        self.server.asked[self.path] += 1
        self.server.heads.append(dict(self.headers))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or WORDS)))
        self.end_headers()
        self.wfile.write(body or WORDS)

    def do_GET(self):
        self.answer()

    def do_POST(self):
        began = time.monotonic()
        size = len(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append((size, time.monotonic() - began))
        self.answer(b"taken")

    def log_message(self, *_words):
        pass


def serving():
    web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    web.asked, web.heads, web.received = Counter(), [], []
    threading.Thread(target=web.serve_forever, daemon=True).start()
    return web


def certify(top):
    """A certificate for this machine."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tten.example")]),
    )
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = (
        made.not_valid_before(now - dt.timedelta(1))
        .not_valid_after(now + dt.timedelta(1))
        .add_extension(names, critical=False)
    )
    (top / "tls.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (top / "tls.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def configure(top, webs, port):
    """What nginx reads, and what it gives by itself."""
    certify(top)
    shutil.copytree(OPS / "_said", top / "here/_said")
    (top / "here/static").mkdir()
    (top / "here/static/site.abc.css").write_text("a{}")
    (top / "here/static/site.abc.css.gz").write_bytes(gzip.compress(b"a{}"))
    text = (OPS / "tten.conf.template").read_text()
    for old, new in {
        "${SERVER_NAME}": "localhost",
        "${WEB_SERVERS}": " ".join(f"server 127.0.0.1:{web.server_port} max_fails=1 fail_timeout=5s;" for web in webs),
        "/run/secrets/tls_certificate": f"{top}/tls.pem",
        "/run/secrets/tls_key": f"{top}/tls.key",
        "/usr/share/nginx/tten": f"{top}/here",
        "/dev/stdout": f"{top}/log",
        "listen 8080;": f"listen 127.0.0.1:{free_port()};",
        "listen 8443": f"listen 127.0.0.1:{port}",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (top / "tten.conf").write_text(text)
    (top / "nginx.conf").write_text(AROUND.format(top=top))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with raised(tmp_path_factory.mktemp("proxy")) as session:
        yield session


@contextmanager
def raised(top):
    """nginx before two web servers, with one static file of its own."""
    webs, port = [serving(), serving()], free_port()
    configure(top, webs, port)
    words = [NGINX, "-c", str(top / "nginx.conf"), "-e", str(top / "errors")]
    looked = subprocess.run([*words, "-t", "-q"], capture_output=True, text=True, check=False)
    assert (looked.returncode, looked.stderr) == (0, "")
    process = subprocess.Popen(words)
    session = requests.Session()
    session.verify, session.trust_env = str(top / "tls.pem"), False
    session.top, session.webs, session.at = top, webs, f"https://localhost:{port}"
    wait_for(session)
    yield session
    process.terminate()
    process.wait()
    session.close()
    for web in webs:
        web.shutdown()
        web.server_close()


def wait_for(session):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(requests.ConnectionError):
            session.get(f"{session.at}/static/site.abc.css", timeout=2)
            return
        time.sleep(0.05)
    raise TimeoutError


def test_pages_are_spread_compressed_and_told_who_asks(site):
    for number in range(20):
        answer = site.get(f"{site.at}/spread/{number}", headers={"X-Forwarded-For": "1.2.3.4"}, timeout=5)
        assert (answer.status_code, answer.content, answer.headers["Content-Encoding"]) == (200, WORDS, "gzip")
    counts = [sum(count for path, count in web.asked.items() if path.startswith("/spread")) for web in site.webs]
    assert (sum(counts), min(counts) >= 5) == (20, True)
    head = site.webs[0].heads[-1]
    assert (head["X-Forwarded-For"], head["X-Forwarded-Proto"], len(head["X-Request-ID"])) == ("127.0.0.1", "https", 32)


def test_secrets_are_never_compressed_and_figures_stay_inside(site):
    assert "Content-Encoding" not in site.get(f"{site.at}/account/login/", timeout=5).headers
    assert [site.get(f"{site.at}/{page}", timeout=5).status_code for page in ("healthz", "readyz", "metrics")] == [
        404
    ] * 3


def test_static_files_are_its_own_and_what_it_lacks_a_web_server_gives(site):
    own = site.get(f"{site.at}/static/site.abc.css", timeout=5)
    assert (own.text, own.headers["Content-Encoding"]) == ("a{}", "gzip")
    assert (own.headers["Cache-Control"], own.headers["Content-Type"]) == (
        "max-age=315360000, public, immutable",
        "text/css",
    )
    assert site.get(f"{site.at}/static/next.def.css", timeout=5).content == WORDS
    assert sum(web.asked["/static/site.abc.css"] for web in site.webs) == 0


def test_a_slow_upload_holds_no_web_server(site):
    def slowly():
        for _ in range(10):
            time.sleep(0.1)
            yield b"x" * 65_536

    answer = site.post(f"{site.at}/upload", data=slowly(), timeout=20)
    assert answer.content == b"taken"
    ((size, seconds),) = [one for web in site.webs for one in web.received]
    assert (size, seconds < 0.5) == (655_360, True)  # it took a second to come


def test_what_is_too_large_is_said_before_it_has_come(site):
    port = int(site.at.rpartition(":")[2])
    line = HTTPSConnection("localhost", port, context=ssl.create_default_context(cafile=site.verify), timeout=10)
    with closing(line):
        line.putrequest("POST", "/upload")
        line.putheader("Content-Length", str(211 << 20))
        line.endheaders(b"x")
        answer = line.getresponse()
        assert (answer.status, "超过 210 MB" in answer.read().decode()) == (413, True)


def test_a_flood_from_one_address_is_stopped_with_a_page(site):
    with ThreadPoolExecutor(16) as many:
        answers = list(many.map(lambda number: site.get(f"{site.at}/flood/{number}", timeout=20), range(600)))
    codes = Counter(answer.status_code for answer in answers)
    assert codes.keys() == {200, 429}
    assert codes[200] >= 240
    assert next("请求太多" in answer.content.decode() for answer in answers if answer.status_code == 429)


def test_one_web_server_lost_costs_no_page(tmp_path):
    with raised(tmp_path) as site:
        gone = site.webs[1]
        gone.shutdown()
        gone.server_close()
        assert [site.get(f"{site.at}/after/{number}", timeout=10).status_code for number in range(20)] == [200] * 20
