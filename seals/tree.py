"""The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, the root of a span, proofs, and how proofs are checked.

Nothing here knows the database: `subtree(level, index)` gives the hash of the whole subtree of 2 ** level leaves that
begins at leaf index × 2 ** level, and is asked only for such as lie within the tree.
"""

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf, 32 bytes."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def below(count: int) -> int:
    """The largest power of two smaller than `count`, which is 2 at least."""
    return 1 << ((count - 1).bit_length() - 1)


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over some leaf hashes, one at least."""
    if len(hashes) == 1:
        return hashes[0]
    middle = below(len(hashes))
    return node_hash(fold(hashes[:middle]), fold(hashes[middle:]))


def root(begin: int, end: int, subtree: Subtree) -> bytes:
    """MTH(D[begin:end]), of a span as the RFC's own recursion makes them; of nothing, the hash of nothing."""
    count = end - begin
    if count == 0:
        return hashlib.sha256(b"").digest()
    level = count.bit_length() - 1
    if count == 1 << level:
        return subtree(level, begin >> level)
    middle = begin + below(count)
    return node_hash(root(begin, middle, subtree), root(middle, end, subtree))


def inclusion(number: int, size: int, subtree: Subtree, begin: int = 0) -> list[bytes]:
    """PATH(m, D[n]): the hashes that lead from leaf `number` to the root of the first `size` leaves."""
    end = begin + size
    if size == 1:
        return []
    middle = begin + below(size)
    if number < middle:
        return [*inclusion(number, middle - begin, subtree, begin), root(middle, end, subtree)]
    return [*inclusion(number, end - middle, subtree, middle), root(begin, middle, subtree)]


def consistency(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """PROOF(m, D[n]): that the tree of `new` leaves begins with that of `old`; empty where one is nothing, or they are the same."""
    return [] if old in {0, new} else _consistency(old, 0, new, subtree, whole=True)


def _consistency(old: int, begin: int, end: int, subtree: Subtree, *, whole: bool) -> list[bytes]:
    if begin + old == end:
        return [] if whole else [root(begin, end, subtree)]
    middle = begin + below(end - begin)
    if begin + old <= middle:
        return [*_consistency(old, begin, middle, subtree, whole=whole), root(middle, end, subtree)]
    rest = _consistency(begin + old - middle, middle, end, subtree, whole=False)
    return [*rest, root(begin, middle, subtree)]
