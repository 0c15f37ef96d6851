"""The tree is that of RFC 6962, its proofs are checked by what a witness runs, and its signatures by RFC 8032."""

import base64

import inclusion as outside
import pytest
import witness
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from seals import tree

ENTRIES = [  # of the reference implementation of Certificate Transparency
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {  # (leaf, size) → its path, of the same
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
PROOFS = {  # (old, new) → the proof, of the same
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
VECTORS = [  # RFC 8032, section 7.1: key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]
MOST = 40
LEAVES = [tree.leaf_hash(bytes([number])) for number in range(MOST)]


def subtree(level, index):
    return tree.fold(LEAVES[index << level : (index + 1) << level])


def of_entries(level, index):
    return tree.fold([tree.leaf_hash(one) for one in ENTRIES[index << level : (index + 1) << level]])


def test_roots_are_those_of_the_rfc():
    assert tree.root(0, 0, of_entries).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [tree.root(0, size, of_entries).hex() for size in range(1, 9)] == ROOTS


def test_paths_and_proofs_are_those_of_the_rfc():
    for (number, size), path in PATHS.items():
        assert [one.hex() for one in tree.inclusion(number, size, of_entries)] == list(path)
    for (old, new), proof in PROOFS.items():
        assert [one.hex() for one in tree.consistency(old, new, of_entries)] == list(proof)


@pytest.mark.heavy
def test_every_path_leads_to_its_root_and_to_no_other():
    for size in range(1, MOST + 1):
        root = tree.root(0, size, subtree)
        for number in range(size):
            path = [base64.b64encode(one).decode() for one in tree.inclusion(number, size, subtree)]
            line = {"number": number, "content": chr(number), "path": path}
            assert outside.leads_to(root, size, line)
            assert not outside.leads_to(root, size, line | {"content": "z"})
            assert not outside.leads_to(root, size, line | {"path": [*path, path[0] if path else ""]})
            assert not path or not outside.leads_to(root, size, line | {"path": path[1:]})


@pytest.mark.heavy
def test_every_proof_holds_and_none_for_another_past():
    for new in range(1, MOST + 1):
        root = tree.root(0, new, subtree)
        for old in range(new + 1):
            before, path = tree.root(0, old, subtree), tree.consistency(old, new, subtree)
            assert witness.is_extended(old, new, before, root, path)
            assert old == 0 or not witness.is_extended(old, new, b"\x00" * 32, root, path)
            assert old in {0, new} or not witness.is_extended(old, new, before, b"\x00" * 32, path)
            assert not witness.is_extended(old, new, before, root, [*path, root])
            assert not path or not witness.is_extended(old, new, before, root, path[:-1])


@pytest.mark.heavy
@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_are_checked_as_the_rfc_has_it(key, message, signature):
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    assert witness.is_signed(key, message, signature)
    assert not witness.is_signed(key, message + b"!", signature)
    assert not witness.is_signed(key, message, signature[:63] + b"\xff")


@pytest.mark.heavy
def test_a_signature_of_the_library_passes_and_of_another_key_does_not():
    one, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    signature = one.sign(b"checkpoint")
    assert witness.is_signed(one.public_key().public_bytes_raw(), b"checkpoint", signature)
    assert not witness.is_signed(other.public_key().public_bytes_raw(), b"checkpoint", signature)
    with pytest.raises(witness.Refused):
        witness.unpack(b"\xff" * 32)
