"""封存: every fifteen minutes what was committed since gets its leaf, and the tree is signed."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.advisory import hold_name
from records.doors import door
from seals import growing, signing
from seals.models import Checkpoint, Leaf
from seals.signing import SealBroken

EVERY = dt.timedelta(minutes=15)  # as tten/clock.py has it
LATE = dt.timedelta(days=1)  # longer than any transaction of the portal takes to commit a line


@door
def seal(*, everything: bool = False) -> Checkpoint:
    """Give what has none its leaf and sign the tree; SealBroken where the tree is not the one that was signed before.

    everything: look through all lines, not only behind the keys of a day ago.
    """
    hold_name("seals")
    old = growing.size()
    hold_to_past(old)
    new = old + growing.add_leaves(old, {} if everything else keys_of_a_day_ago())
    growing.add_nodes(old, new)
    root, at = growing.root_of(new), timezone.now()
    note = signing.sign(new, root, at)
    row = Checkpoint.objects.create(size=new, root=root, at=at, seen=keys_seen(), text=note)
    transaction.on_commit(partial(signing.keep_note, note))
    return row


def hold_to_past(size: int) -> None:
    """Raise SealBroken unless the tree, of so many leaves, begins with the one that was signed last."""
    note = signing.kept()
    if not note:
        if Checkpoint.objects.exists():
            raise SealBroken("数据库里有检查点，密钥旁边却没有保存最后一个检查点：请先核对，再放回文件。")
        return
    last = signing.read(note)
    if last.size > size:
        raise SealBroken(
            f"数据库里只有 {size} 条封存的记录，已签名的检查点有 {last.size} 条：记录被删除，或数据库恢复成了旧备份。"
        )
    if not grown_from(last):
        raise SealBroken(f"前 {last.size} 条封存的记录与已签名的检查点不符：记录被改写。")


def grown_from(last: signing.Signed) -> bool:
    """Whether the kept tree has this root over so many leaves."""
    try:
        return growing.root_of(last.size) == last.root
    except KeyError:  # a leaf or a node is missing
        return False


def keys_of_a_day_ago() -> dict[str, int]:
    """By kind, the key behind which lines may still lack their leaf."""
    old = Checkpoint.objects.filter(at__lt=timezone.now() - LATE).first()
    return old.seen if old else {}


def keys_seen() -> dict[str, int]:
    """By kind, the highest key that has a leaf."""
    lines = {kind.value: Leaf.objects.filter(kind=kind).aggregate(last=Max("line")) for kind in Leaf.Kind}
    return {str(kind): found["last"] or 0 for kind, found in lines.items()}
