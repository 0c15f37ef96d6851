"""Styles and scripts of the demo as production serves them: joined, named by their content, packed once."""

import hashlib
from collections.abc import Callable, Mapping

from tten.local import setup
from tten.local.paths import ROOT, VAR
from tten.local.say import step

SOURCES = ("static/**/*", "ui/bundles.py", "ui/static.py")
STAMP = VAR / "static.stamp"
COLLECT = ("collectstatic", "--no-input", "-v0", "--clear")


def prepare(environment: Mapping[str, str], manage: Callable[..., None]) -> None:
    """Collect them where something has changed; who asked for the files as they lie (STATIC_FROM_SOURCE=1) needs none of it."""
    wanted = _digest()
    if environment["STATIC_FROM_SOURCE"] == "1" or (STAMP.exists() and STAMP.read_text() == wanted):
        return
    step("样式与脚本 / packing styles and scripts")
    manage(environment, *COLLECT)
    STAMP.write_text(wanted)


def _digest() -> str:
    """A mark of all that goes into them."""
    digest = hashlib.sha256(setup.RUNTIME.read_bytes())
    for file in (path for pattern in SOURCES for path in sorted(ROOT.glob(pattern)) if path.is_file()):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()
