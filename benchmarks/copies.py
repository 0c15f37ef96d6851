"""A copy of the tree at another commit, with the venv of this one and servers of its own."""

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tten.local.paths import ROOT, VENV

PYTEST = (str(VENV / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:randomly", "-m", "not browser")
FORGETTING = (
    "tops = [home.parent for home in paths.homes_of('test') if home.parent.exists()]; "
    "[services.forget(home.name) for top in tops for home in list(top.iterdir()) if home.is_dir()]"
)


@contextlib.contextmanager
def copy_of(commit: str) -> Iterator[Path]:
    """Check the commit out into a temporary folder; take it away afterwards, its servers first."""
    with tempfile.TemporaryDirectory(prefix="tten-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", tree, commit], cwd=ROOT, check=True)
        (tree / ".venv").symlink_to(VENV.resolve())
        Path(folder).chmod(0o755)  # PostgreSQL, which does not run as root, must be able to pass
        try:
            yield tree
        finally:
            within(tree, FORGETTING)
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def within(tree: Path, words: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a line of Python in that tree, which knows its own servers; return what it prints."""
    program = f"from tten.local import paths, services; {words}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tree, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
