"""The tree: every leaf has its line, unchanged; leaves and nodes give the roots that were signed."""

from collections.abc import Iterator

from django.db import connection

from records.walking import walked
from seals import signing, tree
from seals.content import SOURCES
from seals.growing import BLOCK, LEVEL, cut
from seals.growing import size as size_of_all
from seals.models import Checkpoint, Node
from seals.proving.asking import MOST, broken
from seals.signing import SealBroken, Signed

CHANGED = """
SELECT leaf.number, leaf.line, line.id IS NULL FROM seals_leaf leaf
  LEFT JOIN (SELECT own.id, {hash} AS hash FROM {rows}) line ON line.id = leaf.line
 WHERE leaf.kind = {kind} AND (line.id IS NULL OR line.hash <> leaf.hash) ORDER BY leaf.number
"""
BLOCKS = """
SELECT number >> 8, count(*), string_agg(hash, ''::bytea ORDER BY number) FROM seals_leaf
 WHERE number >= 0 AND number < %s GROUP BY number >> 8 ORDER BY number >> 8
"""
OTHER = "检查点 {size}（{at}）：{why}。"


def lines() -> Iterator[str]:
    """Lines that are gone or say something else than when they were sealed."""
    for kind, source in SOURCES.items():
        statement = CHANGED.format(hash=source.hash, rows=source.rows, kind=kind.value)
        for number, line, is_gone in broken(statement):
            yield f"{kind.label} {line}（封存第 {number} 条）：{'已被删除' if is_gone else '封存之后被改动'}。"


class Growing:
    """The tree made anew from its leaves, block by block; it keeps the nodes from level 8 on and one block of leaves."""

    def __init__(self) -> None:
        """Empty."""
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.block: list[bytes] = []
        self.size = 0

    def add(self, hashes: list[bytes]) -> None:
        """Take the next block; only the last one is not whole."""
        self.block, place = hashes, self.size >> LEVEL
        self.size += len(hashes)
        if len(hashes) == BLOCK:
            level, self.nodes[LEVEL, place] = LEVEL, tree.fold(hashes)
            while place & 1:
                place >>= 1
                left, right = self.nodes[level, 2 * place], self.nodes[level, 2 * place + 1]
                level += 1
                self.nodes[level, place] = tree.node_hash(left, right)

    def __call__(self, level: int, index: int) -> bytes:
        """A subtree, as `tree.root` asks for it; below level 8 of the last block alone."""
        if level >= LEVEL:
            return self.nodes[level, index]
        begin = (index << level) % BLOCK
        return tree.fold(self.block[begin : begin + (1 << level)])


def signed(extra: str = "") -> Iterator[Signed | str]:
    """Every checkpoint in its order, those that stand outside of the database last; what is wrong with one, as a sentence."""
    before = 0
    rows = Checkpoint.objects.only("size", "root", "at", "text")
    for kept in walked(rows, 2000):
        try:
            one = signing.read(kept.text)
        except SealBroken as wrong:
            yield OTHER.format(size=kept.size, at=f"{kept.at:%Y-%m-%d %H:%M}", why=wrong)
            continue
        if (one.size, one.root) != (kept.size, bytes(kept.root)) or kept.size < before:
            yield OTHER.format(size=kept.size, at=one.at, why="与签名的文本不符")
        before = max(kept.size, before)
        yield one
    for text in filter(None, (signing.kept(), extra)):
        try:
            yield signing.read(text)
        except SealBroken as wrong:
            yield OTHER.format(size="", at="数据库以外保存的", why=wrong)


def trees(size: int, extra: str = "") -> Iterator[str]:
    """Where leaves, nodes and checkpoints do not agree. size: how many leaves; extra: a checkpoint that a witness has kept."""
    notes = list(signed(extra))
    yield from [one for one in notes if isinstance(one, str)][:MOST]
    waiting = sorted((one for one in notes if isinstance(one, Signed)), key=lambda one: -one.size)
    growing, told = Growing(), 0
    for place, count, joined in blocks(size):
        if place != growing.size >> LEVEL or (count < BLOCK and growing.size + count < size):
            yield f"封存第 {growing.size + (count if place == growing.size >> LEVEL else 0)} 条之前有记录被删除。"
            return
        growing.add(cut(joined))
        while waiting and waiting[-1].size <= growing.size:
            one = waiting.pop()
            if one.size and told < MOST and tree.root(0, one.size, growing) != one.root:
                told += 1
                yield OTHER.format(size=one.size, at=one.at, why="封存的记录与它不符，此前的记录被改写")
    for one in waiting[-1:]:
        if one.size:
            yield OTHER.format(
                size=one.size, at=one.at, why=f"数据库里只有 {growing.size} 条，记录被删除，或恢复成了旧备份"
            )
    yield from nodes(growing)


def blocks(size: int) -> Iterator[tuple[int, int, bytes]]:
    """(place, how many, hashes) of the blocks of leaves, read as they are asked for."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(BLOCKS, [size])
        yield from cursor


def nodes(growing: Growing) -> Iterator[str]:
    """Nodes that are kept and are not those of the leaves, or are missing; leaves that came meanwhile have theirs."""
    kept = {(level, index): bytes(one) for level, index, one in Node.objects.values_list("level", "index", "hash")}
    now = size_of_all()
    wrong = [place for place in growing.nodes if kept.get(place) != growing.nodes[place]]
    wrong += [(level, index) for level, index in kept if (index + 1) << level > now]
    for level, index in sorted(wrong)[:MOST]:
        yield f"封存的节点 {level}/{index}：与记录不符。"
