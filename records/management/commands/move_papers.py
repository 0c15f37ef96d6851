"""`manage.py move_papers` moves every file from the second place of PAPER_PLACES to the first, while the portal runs."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records.storing.kept import StoreAway
from records.storing.moving import Moved, NotMoved, move
from records.storing.places import paper_store

MB = 10**6
MOST = 20  # sentences about single files
AWAY = "存放材料的地方没有应答（{}）。已经移动的不用再移；恢复以后再运行一次，会接着做。"


class Command(BaseCommand):
    """Moves."""

    help = "Move papers and all other files from the second place of PAPER_PLACES to the first; run again, it goes on."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Move, say how far it is, and what is left; leaves with 1 where a file could not be moved."""
        store = paper_store()
        try:
            source = store.places[-1]
            self.total, self.began = sum(1 for _ in source.files()), time.monotonic()
            self.stdout.write(f"要移动 {self.total:,} 个文件：{store.names[-1]} → {store.names[0]}。")
            done = move(store, self.tell)
            left = sum(1 for _ in source.files())
        except NotMoved as refused:
            raise CommandError(str(refused)) from refused
        except StoreAway as trouble:
            raise CommandError(AWAY.format(trouble)) from trouble
        self.stdout.write(
            f"移动了 {done.files:,} 个文件，{done.bytes / MB:,.1f} MB，逐个核对过摘要；旧处还有 {left:,} 个。"
        )
        if done.gone:
            self.stdout.write(f"其间系统自己清理了 {done.gone:,} 个。")
        if done.wrong:
            more = [f"还有 {len(done.wrong) - MOST} 个。"] if len(done.wrong) > MOST else []
            raise CommandError("\n".join(["有文件没有移动：", *done.wrong[:MOST], *more]))

    def tell(self, done: Moved) -> None:
        """One line: how many of how many, how fast, how long still."""
        seen = done.files + done.gone + len(done.wrong)
        rate = seen / max(time.monotonic() - self.began, 0.001)
        left = max(self.total - seen, 0) / max(rate, 0.001)
        self.stdout.write(f"  {seen:,} / {self.total:,}，每秒 {rate:,.0f} 个，约剩 {left:,.0f} 秒")
