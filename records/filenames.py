"""Names of files as they leave the portal, in downloads and inside archives: valid on Windows, macOS and Linux."""

import re
import unicodedata
from pathlib import PurePath

MOST = 200  # bytes in UTF-8: 255 is the limit of Linux and macOS, and a number may be put before
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|\Z)", re.IGNORECASE)
NOT_ALLOWED = re.compile(r'[<>:"/\\|?*]')
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # control, direction, halves, nobody's, breaks of lines
LONGEST_ENDING = 16  # bytes; what is longer is no ending
UNNAMED = "未命名"


def safe_name(name: str) -> str:
    """The name as every system takes it: composed, without what it forbids or hides, short enough; its ending stays."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign) not in HIDDEN)
    plain = NOT_ALLOWED.sub("_", shown).strip(" .") or UNNAMED
    if RESERVED.match(plain):
        plain = f"_{plain}"
    ending = PurePath(plain).suffix
    if len(ending.encode()) > LONGEST_ENDING:
        ending = ""
    stem = plain.removesuffix(ending) if ending else plain
    room = MOST - len(ending.encode())
    return f"{stem.encode()[:room].decode(errors='ignore').rstrip(' .') or UNNAMED}{ending}"
