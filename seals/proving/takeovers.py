"""Where another server took over: what was there before is whole, no number was given twice, no line of the old one came later."""

from collections.abc import Iterator

from psycopg2.extras import Json

from seals import growing
from seals.models import Leaf, Takeover
from seals.proving.asking import broken

BEHIND = """
SELECT sequencename, last_value, (%(numbers)s::jsonb ->> sequencename::text)::bigint FROM pg_sequences
 WHERE schemaname = 'public' AND coalesce(last_value, 0) < (%(numbers)s::jsonb ->> sequencename::text)::bigint
 ORDER BY sequencename
"""
LATE = """
SELECT leaf.number, leaf.line FROM seals_leaf leaf
 WHERE leaf.number >= %s AND leaf.kind = %s AND leaf.line <= %s ORDER BY leaf.number
"""
KEYS = {  # kind of line → the sequence of its keys
    Leaf.Kind.TRAIL: "records_event_id_seq",
    Leaf.Kind.LEDGER: "vouchers_ledgerentry_id_seq",
    Leaf.Kind.OPINION: "reviews_opinion_id_seq",
}


def takeovers() -> Iterator[str]:
    """What does not hold of each mark, the earliest first."""
    for mark in Takeover.objects.order_by("pk"):
        yield from before(mark)
        yield from numbers(mark)
        yield from late(mark)


def before(mark: Takeover) -> Iterator[str]:
    """The tree of the old server must be the beginning of this one's."""
    try:
        is_whole = growing.root_of(mark.size) == bytes(mark.root)
    except KeyError:
        is_whole = False
    if not is_whole:
        yield f"接管记录 {mark}：此前 {mark.size} 条封存的记录与接管时不符。"


def numbers(mark: Takeover) -> Iterator[str]:
    """No sequence may stand before what the old server may have given."""
    for name, now, least in broken(BEHIND, {"numbers": Json(mark.numbers)}):
        yield f"接管记录 {mark}：序列 {name} 现在是 {now}，应在 {least} 之后，编号可能重复。"


def late(mark: Takeover) -> Iterator[str]:
    """No line with a key of the old server may come behind the mark."""
    for kind, sequence in KEYS.items():
        for number, line in broken(LATE, [mark.size, kind.value, mark.numbers.get(sequence, 0)]):
            yield f"接管记录 {mark}：{kind.label} {line}（封存第 {number} 条）用的是接管以前的编号，却在接管以后写入。"
