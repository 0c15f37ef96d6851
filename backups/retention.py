"""How long backups are kept: one a day, one a week, one a month, and the log of the days."""

import datetime as dt
import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from backups import papers
from backups.cipher import Key
from backups.places import Places

NOTE = "facts.json"
ABANDONED = 24 * 3600  # seconds after which an object that no list names is of nobody
NAME = 24  # signs of a segment's name


@dataclass(frozen=True)
class Plan:
    """For how many days, weeks and months the last backup of each is kept."""

    days: int
    weeks: int
    months: int


def whole(own: Places) -> list[Path]:
    """The backups that are whole, the oldest first."""
    return [folder for folder in sorted(own.bases.glob("*Z")) if (folder / NOTE).exists()]


def time_of(folder: Path) -> dt.datetime:
    """When a backup began, by its name."""
    return dt.datetime.strptime(folder.name, papers.STAMP).replace(tzinfo=dt.UTC)


def kept(folders: list[Path], plan: Plan) -> set[Path]:
    """The backups that stay; the last one always does."""
    found = set(folders[-1:])
    for count, span in ((plan.days, "%Y-%m-%d"), (plan.weeks, "%G-%V"), (plan.months, "%Y-%m")):
        last = {f"{time_of(folder):{span}}": folder for folder in folders}  # the last of each
        found |= set(list(last.values())[-count:] if count else [])
    return found


def tidy(own: Places, key: Key, plan: Plan) -> None:
    """Take away what the plan does not keep: backups, the log before the days, lists and objects that nothing names."""
    folders = whole(own)
    stay = kept(folders, plan)
    for folder in folders:
        if folder not in stay:
            shutil.rmtree(folder)
    stayed = sorted(stay)
    if not stayed:
        return
    first = stayed[-plan.days :][0] if plan.days else stayed[-1]  # from here on any moment can be asked
    tidy_log(own, first)
    for file in own.lists.glob("*Z"):
        if file.name < first.name:
            file.unlink()
    tidy_objects(own, key, stayed)


def tidy_log(own: Places, oldest: Path) -> None:
    """Take away the segments before those that the backup needs."""
    first = json.loads((oldest / NOTE).read_text())["first_segment"]
    for file in own.wal.iterdir():
        if len(file.name) >= NAME and file.name[8:NAME] < first[8:]:
            file.unlink()


def tidy_objects(own: Places, key: Key, stayed: list[Path]) -> None:
    """Take away the objects that no list names, but for those that a backup under way may have written just now."""
    files = [*(folder / papers.LIST for folder in stayed), *own.lists.glob("*Z")]
    named = {paper.object for file in files for paper in papers.read_list(file, key)}
    for entry in papers.walk(own.objects, ()):
        if entry.name not in named and time.time() - entry.stat().st_mtime > ABANDONED:
            Path(entry.path).unlink()
