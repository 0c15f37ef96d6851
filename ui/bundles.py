"""Sheets and scripts that every page needs, each kind joined to one file when static files are collected (ADR 0219)."""

import re
from collections.abc import Callable, Mapping

SHEETS = (
    "vendor/bootstrap/bootstrap.min.css",
    "css/tokens.css",
    "css/frame.css",
    "css/components.css",
    "css/forms.css",
    "css/mall.css",
    "css/desk.css",
)
SHEET, MODULES = (
    "css/site.css",
    ("js/tten.js", "js/rows.js"),
)  # each module is joined to what it imports, under its own name
IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([\w.]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (function|const) (\w+)", re.MULTILINE)
COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
Read = Callable[[str], str]


def sheet_of(read: Read) -> str:
    """All sheets in their order, without remarks; what one names lies beside css/, as it does for the joined one."""
    texts = {name: REMARK.sub("", read(name)) for name in SHEETS}
    return "\n".join(re.sub(r"\n\s*", "\n", text).strip() for text in texts.values()) + "\n"


def module_of(name: str, read: Read) -> str:
    """A module with all that it imports, in one text: each part keeps its names to itself and gives away what it exports."""
    folder, _, own = name.rpartition("/")
    parts: dict[str, str] = {}
    _add(own, lambda part: read(f"{folder}/{part}"), parts)
    return "".join(parts.values())


def _add(part: str, read: Read, parts: dict[str, str]) -> None:
    """What a part imports comes before it."""
    text = read(part)
    for _, wanted in IMPORT.findall(text):
        if wanted not in parts:
            _add(wanted, read, parts)
    if re.search(r"^import ", IMPORT.sub("", text), re.MULTILINE):
        raise ValueError(f"{part} imports in a way that is not understood")
    parts[part] = _wrapped(part, text)


def _wrapped(part: str, text: str) -> str:
    taken = "".join(f"const {{{names}}} = {_called(wanted)};\n" for names, wanted in IMPORT.findall(text))
    given = ", ".join(name for _, name in EXPORT.findall(text))
    body = COMMENT.sub("", EXPORT.sub(r"\1 \2", IMPORT.sub("", text)))
    if re.search(r"^export ", body, re.MULTILINE):
        raise ValueError(f"{part} exports in a way that is not understood")
    return f"const {_called(part)} = (() => {{\n{taken}{body}return {{ {given} }};\n}})();\n"


def _called(part: str) -> str:
    return "$" + part.removesuffix(".js").replace(".", "_")


def all_of(read: Read) -> Mapping[str, str]:
    """Every joined file by its name."""
    return {SHEET: sheet_of(read), **{name: module_of(name, read) for name in MODULES}}
