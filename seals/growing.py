"""The tree in the database: leaves are added under a lock, whole nodes follow, and any subtree can be asked for."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Max

from seals import tree
from seals.content import SOURCES
from seals.models import Leaf, Node

LEVEL = 8  # the lowest level that is kept; below, leaves are read
BLOCK = 1 << LEVEL
Places = set[tuple[int, int]]
ADD = """
INSERT INTO seals_leaf (number, kind, line, hash)
SELECT %s + row_number() OVER (ORDER BY at, kind, line) - 1, kind, line, hash FROM ({fresh}) fresh
"""
FRESH = """
SELECT {kind} AS kind, own.id AS line, own.at, {hash} AS hash FROM {rows}
 WHERE own.id > %s AND NOT EXISTS (SELECT FROM seals_leaf leaf WHERE leaf.kind = {kind} AND leaf.line = own.id)
"""
BLOCKS = """
SELECT string_agg(hash, ''::bytea ORDER BY number) FROM seals_leaf
 WHERE number >= %s AND number < %s GROUP BY number >> 8 ORDER BY number >> 8
"""


def size() -> int:
    """How many leaves there are."""
    last = Leaf.objects.aggregate(last=Max("number"))["last"]
    return 0 if last is None else last + 1


def add_leaves(begin: int, after: dict[str, int]) -> int:
    """Give every committed line that has none its leaf, from number `begin` on; return how many came.

    after: kind → the key behind which is looked; lines commit in another order than that of their keys.
    """
    fresh = " UNION ALL ".join(
        FRESH.format(kind=kind.value, hash=source.hash, rows=source.rows) for kind, source in SOURCES.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(fresh=fresh), [begin, *(after.get(str(kind.value), 0) for kind in SOURCES)])
        return int(cursor.rowcount)


def add_nodes(old: int, new: int) -> None:
    """Keep the nodes that became whole while the tree grew from `old` leaves to `new`."""
    made: dict[tuple[int, int], bytes] = {}
    first, last = old >> LEVEL, new >> LEVEL
    for index, hashes in enumerate(blocks(first * BLOCK, last * BLOCK), start=first):
        made[LEVEL, index] = tree.fold(hashes)
    level = LEVEL
    while last:
        before = Node.objects.filter(level=level, index=first - 1).values_list("hash", flat=True).first()
        made |= {(level, first - 1): bytes(before)} if before else {}
        level, first, last = level + 1, first >> 1, last >> 1
        for index in range(first, last):
            made[level, index] = tree.node_hash(made[level - 1, 2 * index], made[level - 1, 2 * index + 1])
    rows = (Node(level=level, index=index, hash=made[level, index]) for level, index in sorted(made))
    Node.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def blocks(begin: int, end: int) -> Iterable[list[bytes]]:
    """The leaf hashes of whole blocks, block by block; read as they are asked for."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(BLOCKS, [begin, end])
        for (joined,) in cursor:
            yield cut(joined)


def cut(joined: bytes | memoryview) -> list[bytes]:
    """Hashes that stand one behind the other."""
    whole = bytes(joined)
    return [whole[place : place + 32] for place in range(0, len(whole), 32)]


class Subtrees:
    """Subtrees of the kept tree, fetched together before they are asked for."""

    def __init__(self, wanted: Places) -> None:
        """Read them by two questions."""
        leaves = [
            number for level, index in wanted if level < LEVEL for number in range(index << level, (index + 1) << level)
        ]
        rows = Leaf.objects.filter(number__in=leaves).values_list("number", "hash") if leaves else []
        self.leaves = {number: bytes(found) for number, found in rows}
        self.nodes: dict[tuple[int, int], bytes] = {}
        high = [place for place in wanted if place[0] >= LEVEL]
        if high:
            levels, indexes = {level for level, _ in high}, {index for _, index in high}
            found = Node.objects.filter(level__in=levels, index__in=indexes).values_list("level", "index", "hash")
            self.nodes = {(level, index): bytes(one) for level, index, one in found}

    def __call__(self, level: int, index: int) -> bytes:
        """One of the subtrees; KeyError where the kept tree lacks it."""
        if level >= LEVEL:
            return self.nodes[level, index]
        return tree.fold([self.leaves[number] for number in range(index << level, (index + 1) << level)])


class Wanted:
    """Stands in for the subtrees and notes which are asked for."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.places: Places = set()

    def __call__(self, level: int, index: int) -> bytes:
        """Note it."""
        self.places.add((level, index))
        return b""


def root_of(count: int) -> bytes:
    """The root over the first `count` leaves as the kept tree has it; KeyError where it lacks some."""
    wanted = Wanted()
    tree.root(0, count, wanted)
    return tree.root(0, count, Subtrees(wanted.places))


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old`."""
    wanted = Wanted()
    tree.consistency(old, new, wanted)
    return tree.consistency(old, new, Subtrees(wanted.places))


def inclusions(numbers: Iterable[int], count: int) -> list[list[bytes]]:
    """For each of these leaves the path to the root over the first `count`."""
    wanted, asked = Wanted(), list(numbers)
    for number in asked:
        tree.inclusion(number, count, wanted)
    subtrees = Subtrees(wanted.places)
    return [tree.inclusion(number, count, subtrees) for number in asked]
