#!/bin/sh
# Version:   rfc3161-client 1.0.9; the authority is `openssl ts` 3.
# Belief:    an authority that refuses (RFC 3161: status rejection, with a reason) makes the verifier raise its VerificationError,
#            which says that the status is not granted, as its code promises.
# Behaviour: the verifier raises a bare ValueError, "Missing SignedData", before it looks at the status; whoever catches the
#            library's own errors lets it through. The answer itself is decoded without complaint and its `status` is 2.
# Whom:      whoever asks for time stamps and wants to say why there is none: wrong algorithm, authority at rest, limit reached.
# Way out:   look at `status` of the decoded answer before verifying; 0 and 1 are granted.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v openssl > /dev/null
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check rfc3161-client==1.0.9
cd "$work"
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj "/CN=Example TSA" \
  -addext "extendedKeyUsage=critical,timeStamping" 2> /dev/null
echo 01 > serial
cat > conf <<END
[ tsa ]
default_tsa = one
[ one ]
serial = $work/serial
signer_cert = $work/cert.pem
signer_key = $work/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha512
ess_cert_id_chain = no
END
cat > ask.py <<'END'
import subprocess
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder, decode_timestamp_response

WORDS = b"checkpoint 42\n"


def asked(algorithm):
    Path("query").write_bytes(TimestampRequestBuilder(WORDS, algorithm).build().as_bytes())
    subprocess.run(["openssl", "ts", "-reply", "-config", "conf", "-queryfile", "query", "-out", "reply"], check=True, capture_output=True)
    answer = decode_timestamp_response(Path("reply").read_bytes())
    roots = [load_pem_x509_certificate(Path("cert.pem").read_bytes())]
    try:
        VerifierBuilder(roots=roots).build().verify_message(answer, WORDS)
    except Exception as error:
        return answer.status, type(error).__name__, str(error), isinstance(error, VerificationError)
    return answer.status, "holds", "", False


granted, refused = asked(HashAlgorithm.SHA512), asked(HashAlgorithm.SHA256)
print("sha512, which it takes:", granted)
print("sha256, which it does not take:", refused)
raise SystemExit(granted[:2] != (0, "holds") or refused != (2, "ValueError", "Missing SignedData", False))
END
"$work/venv/bin/python" ask.py
# Output seen:
# sha512, which it takes: (0, 'holds', '', False)
# sha256, which it does not take: (2, 'ValueError', 'Missing SignedData', False)
