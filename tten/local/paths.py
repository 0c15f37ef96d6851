"""Where the two commands keep what they make: the checkout, its venv, and a home for each set of servers."""

import hashlib
import os
import stat
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

SOCKET_LIMIT = 107  # bytes of a Unix socket address on Linux, the closing zero not counted
SOCKET_NAME = ".s.PGSQL.5432"
FALLBACK = Path("/var/tmp")  # noqa: S108 (kept over a restart; the folder in it is checked below)


def home_of(kind: str) -> Path:
    """Make and return the folder of one set of servers: var/<kind>, or a hashed one under /var/tmp.

    The second where a socket path would be too long, or where PostgreSQL, which does not run as root, could not go.
    """
    near = VAR / kind
    home = near if _fits(near) else _hashed() / kind
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:  # the server runs as another user and must be able to pass
        for folder in (home, home.parent):
            folder.chmod(0o755)
    return home


def homes_of(kind: str) -> list[Path]:
    """Both places where the servers of this kind may have been put, for clearing up."""
    return [VAR / kind, _hashed_path() / kind]


def socket_folder(home: Path) -> Path:
    """Return the folder of PostgreSQL below its home: its data, and its socket, which nobody else may open."""
    return home / "postgres"


def _fits(home: Path) -> bool:
    short = len(os.fsencode(socket_folder(home) / SOCKET_NAME)) < SOCKET_LIMIT
    above = [ROOT, *ROOT.parents]
    return short and (os.geteuid() != 0 or all(folder.stat().st_mode & stat.S_IXOTH for folder in above))


def _hashed_path() -> Path:
    digest = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    return FALLBACK / f"tten-{os.geteuid()}-{digest}"


def _hashed() -> Path:
    folder = _hashed_path()
    folder.mkdir(mode=0o755, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to somebody else / 属于其他用户")
    return folder
