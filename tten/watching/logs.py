"""A log line as JSON: when, what, and what it is about; telephone numbers, papers' numbers, mailboxes and secrets are taken out."""

import datetime as dt
import json
import logging
import os
import re
from pathlib import Path

from records.about import told

SECRET = re.compile(
    r"(?i)\b(\w*(?:password|secret|token|sessionid|authorization|cookie|dsn)\w*['\"]?\s*[=:]\s*)(?:bearer\s+)?\S+"
)
PERSONAL = (
    (re.compile(r"://[^/\s@]+@"), "://…@"),  # user and password in an address
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{16,19})(?![0-9A-Za-z])"), "…"),
    (re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z])"), "…"),
)  # 身份证号, numbers of bank accounts, 手机号


def clean(text: str) -> str:
    """The text without what belongs to a person or opens a door."""
    text = SECRET.sub(r"\1…", text)
    for pattern, put in PERSONAL:
        text = pattern.sub(put, text)
    return text


class LineFormatter(logging.Formatter):
    """For a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, cleaned; of a request its view, not its address, which may open a door by itself."""
        if hasattr(record, "request") and isinstance(record.args, tuple) and record.args:
            record = logging.makeLogRecord(vars(record) | {"msg": str(record.args[0]), "args": ()})
        return clean(super().format(record))


class JsonFormatter(LineFormatter):
    """For whoever collects lines: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what was told of it by `extra` beside what the work at hand is about."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        text = super().format(record)
        facts = {"at": at, "level": record.levelname, "logger": record.name, "process": record.process, "message": text}
        return json.dumps(facts | told() | getattr(record, "told", {}), ensure_ascii=False)


class DayFile(logging.Handler):
    """A file for each day, to which several processes append; those of past days go when they are older than they must be."""

    def __init__(self, folder: str, role: str, days: int) -> None:
        """days: for how many days a file is kept."""
        super().__init__()
        self.folder, self.role, self.days = Path(folder), role, days
        self.day, self.file = "", -1

    def emit(self, record: logging.LogRecord) -> None:
        """Append the line by one call, so that lines of two processes do not mix."""
        try:
            os.write(self.of_today(), (self.format(record) + "\n").encode())
        except OSError:  # a full disk ends no page
            self.handleError(record)

    def of_today(self) -> int:
        """The file of today; with the first line of a day old ones go."""
        day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
        if day != self.day:
            self.close_file()
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
            path = self.folder / f"{self.role}-{day}.log"
            self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            self.day = day
            self.forget(f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=self.days):%Y-%m-%d}")
        return self.file

    def forget(self, before: str) -> None:
        """Take away the files of days before this one."""
        for path in self.folder.glob(f"{self.role}-????-??-??.log"):
            if path.stem.removeprefix(f"{self.role}-") < before:
                path.unlink(missing_ok=True)

    def close_file(self) -> None:
        """Close what is open."""
        if self.file >= 0:
            os.close(self.file)
        self.file, self.day = -1, ""

    def close(self) -> None:
        """Close the file at the end of the process."""
        self.close_file()
        super().close()
