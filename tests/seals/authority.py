"""A time stamping authority of the tests' own: `openssl ts -reply` behind HTTP, with a root and a certificate made here."""

import datetime as dt
import shutil
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME = "样例时间戳服务（演示）"
CONF = """[ tsa ]
default_tsa = one
[ one ]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def certificate(name, key, issuer=None, *, days=(-1, 10)):
    """For the key, by itself (a root) or by the issuer (name, key): an authority's."""
    now, own = dt.datetime.now(dt.UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by, signs = issuer or (own, key)
    made = x509.CertificateBuilder().subject_name(own).issuer_name(by).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now + dt.timedelta(days=days[0])).not_valid_after(now + dt.timedelta(days=days[1]))
    made = made.add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    if issuer:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(signs, hashes.SHA256())


def pem(certificate):
    """As a file has it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


class Authority:
    """`trouble` says what is wrong with it; `asked` counts the questions, `held` lets one that hangs go on."""

    def __init__(self, folder):
        assert shutil.which("openssl"), "openssl is not there: apt-get install openssl"
        self.folder, self.trouble, self.asked, self.last = folder, "", 0, b""
        self.held, self.root_key = threading.Event(), ec.generate_private_key(ec.SECP256R1())
        folder.mkdir()
        self.root = certificate("样例根（演示）", self.root_key)
        (folder / "roots.pem").write_bytes(pem(self.root))
        (folder / "conf").write_text(CONF.format(folder=folder))
        self.certify()

    def certify(self, name=NAME, **words):
        """A key and a certificate of its own."""
        key = ec.generate_private_key(ec.SECP256R1())
        own = certificate(name, key, (self.root.subject, self.root_key), **words)
        (self.folder / "tsa.pem").write_bytes(pem(own))
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (self.folder / "tsa.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))

    def stamp(self, question):
        """What openssl answers to the question."""
        (self.folder / "question").write_bytes(question)
        command = ["openssl", "ts", "-reply", "-config", "conf", "-queryfile", "question"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=True).stdout

    def answer(self, question):
        """(status, body) of the trouble at hand."""
        self.asked += 1
        if self.trouble == "an error":
            return 503, b""
        if self.trouble == "nonsense":
            return 200, b"<html>login</html>"
        if self.trouble == "a refusal":
            return 200, self.stamp(b"no question")
        if self.trouble == "an old stamp":
            return 200, self.last
        if self.trouble == "too much":
            return 200, b"0" * 200_000
        if self.trouble == "no answer":
            self.held.wait(20)
        self.last = self.stamp(question)
        return 200, self.last


def served(authority):
    """A server in front of it; `server_port` is where."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            question = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = authority.answer(question)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if authority.trouble == "drop by drop":
                for place in range(0, len(body), 100):
                    self.wfile.write(body[place : place + 100])
                    time.sleep(0.05)
            else:
                self.wfile.write(body)

        def log_message(self, *_given):
            """Say nothing."""

        def handle(self):
            try:
                super().handle()
            except OSError:  # whoever asked has gone
                self.close_connection = True

    return ThreadingHTTPServer(("127.0.0.1", 0), Desk)
