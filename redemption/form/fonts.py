"""The printed papers' own fonts: what stands in ``redemption/form/fonts`` and nothing of the machine's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

FOLDER = Path(__file__).resolve().parent / "fonts"
VARIABLE = "FONTCONFIG_FILE"
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def configuration_file() -> Path:
    """Write fontconfig's file for our folder, if it is not there yet, and return its absolute path."""
    folder = Path(settings.BASE_DIR) / "var" / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "fonts.conf"
    text = CONFIGURATION.format(fonts=escape(str(FOLDER)), cache=escape(str(folder / "cache")))
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        draft = folder / f"fonts.conf.{os.getpid()}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)  # two workers that start at once each see a whole file
    return target


@contextmanager
def own_fonts() -> Iterator[None]:
    """Let fontconfig, when it is first asked, see our folder alone; children started later see the machine's again."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(configuration_file())
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
