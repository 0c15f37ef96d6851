"""A restored database is proved: `manage.py audit` over it, signed with a copy of the key, so that the real log stays as it is."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from backups.lines import line_to

LATEST = "SELECT text, size FROM seals_checkpoint ORDER BY id DESC LIMIT 1"
KEPT = ("key", "key.pub")
NOTE = "checkpoint"


def audited(url: str, media: Path, seals: Path) -> list[str]:
    """What `audit` finds in the restored database and papers; [] where everything holds."""
    with tempfile.TemporaryDirectory(prefix="tten-seals-") as folder:
        for name in KEPT:
            if (seals / name).exists():
                shutil.copy(seals / name, folder)
        note, _ = latest(url)
        if note:
            (Path(folder) / NOTE).write_text(note)
        given = {"DATABASE_URL": url, "MEDIA_ROOT": str(media), "SEAL_FOLDER": folder, "DATABASE_ROLE": "command"}
        given |= {"PAPER_PLACES": "disk"}  # what was restored lies in a folder
        done = subprocess.run(
            [sys.executable, "manage.py", "audit", "--no-color"],
            cwd=settings.BASE_DIR,
            env=os.environ | given,
            capture_output=True,
            text=True,
            check=False,
        )
    said = done.stderr.strip().removeprefix("CommandError: 不符：").strip()
    return [f"核对：{line}" for line in said.splitlines()[-40:]] if done.returncode else []


def latest(url: str) -> tuple[str, int]:
    """The last checkpoint in the restored database, and how many lines it seals; ("", 0) where there is none."""
    with line_to(url) as line, line.cursor() as cursor:
        cursor.execute(LATEST)
        text, size = cursor.fetchone() or ("", 0)
    return text, size


def behind_seal(url: str, seals: Path) -> list[str]:
    """How many sealed lines the restored database lacks, against what was signed last outside it; [] where none."""
    note = seals / NOTE
    signed = int(note.read_text().splitlines()[1]) if note.exists() else 0
    _, size = latest(url)
    if size >= signed:
        return []
    missing = f"恢复后的数据比数据库外保存的最后一个检查点少 {signed - size} 条封存的记录："
    return [f"{missing}如果这正是您要恢复到的时刻，请按 docs/seals.md 处理检查点。"]
