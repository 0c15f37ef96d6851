"""接管: the mark from when on another server writes, and numbers that begin behind all that the old one may have given."""

from typing import Any

from django.db import connection

from records.doors import door
from seals import growing, signing
from seals.failover import servers
from seals.failover.servers import NotTaken, Standing
from seals.models import Checkpoint, Takeover
from seals.services import seal

GAP = 10_000  # numbers of each sequence that are left out: more than are given while a log is under way
TIMELINE = "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int"
SEQUENCES = """
SELECT sequencename::text, least(coalesce(last_value, 0) + %s, max_value - 1) FROM pg_sequences
 WHERE schemaname = 'public' ORDER BY sequencename
"""
LOST = "已签名的检查点有 {signed} 条封存的记录，这台服务器只有 {kept} 条：丢失 {lost} 条。确认之后加上 --accept-loss。"


def take_over(address: str, old: dict[str, Any], *, others: list[str], why: str, accepts_loss: bool) -> Takeover:
    """Let the replica at this address write, and mark it; NotTaken where that would be wrong. Safe to repeat until the mark stands.

    address: as its owner; old: the line of the primary as the portal had it; others: further replicas.
    """
    words = servers.given(address)
    new = servers.standing(words)
    servers.hold_that_nobody_writes(old, new)
    if new.follows:
        servers.hold_that_it_is_ahead(new, others)
        servers.promote(words)
    servers.speak_with(address)
    if Takeover.objects.filter(timeline=timeline()).exists():
        raise NotTaken("这一次接管已经记录，什么都没有改动。")
    lost = lose(accepts=accepts_loss)
    seal(everything=True)
    mark = write_mark(new, why=why, lost=lost)
    seal(everything=True)
    return mark


def timeline() -> int:
    """The timeline of the server that writes."""
    with connection.cursor() as cursor:
        cursor.execute(TIMELINE)
        found: int = cursor.fetchone()[0]
        return found


def lose(*, accepts: bool) -> int:
    """How many lines were signed and never came here; the note that says so is put aside, once that is accepted."""
    note, kept = signing.kept(), growing.size()
    signed = signing.read(note).size if note else 0
    if signed <= kept:
        return 0
    if not accepts:
        raise NotTaken(LOST.format(signed=signed, kept=kept, lost=signed - kept))
    earlier = Checkpoint.objects.first()
    signing.put_aside(f"lost-{signed}", earlier.text if earlier else "")
    return signed - kept


@door
def write_mark(new: Standing, *, why: str, lost: int) -> Takeover:
    """Move every sequence, and say from where on this server's lines are."""
    size, numbers = growing.size(), move_sequences()
    return Takeover.objects.create(
        system=new.system,
        timeline=timeline(),
        position=new.position,
        lost=lost,
        size=size,
        root=growing.root_of(size),
        numbers=numbers,
        why=why,
    )


def move_sequences() -> dict[str, int]:
    """Let each go on behind what the old server may have given and never sent: sequence → the last number left out."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES, [GAP])
        found = dict(cursor.fetchall())
        for name, last in found.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'public."{name}"', last])
    return found
