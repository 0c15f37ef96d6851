"""A passkey as a browser would have registered it."""

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

NAME = b"sample"


def credential():
    """What `navigator.credentials.create` gives for this key, as the portal keeps it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    held = AuthenticatorData.create(bytes(32), flags, 0, AttestedCredentialData.create(Aaguid(bytes(16)), NAME, key))
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, NAME, "https://testserver")
    said = {"clientDataJSON": client, "attestationObject": AttestationObject.create("none", held, {})}
    return {
        "id": websafe_encode(NAME),
        "rawId": websafe_encode(NAME),
        "type": "public-key",
        "response": {name: websafe_encode(part) for name, part in said.items()},
        "clientExtensionResults": {},
    }
