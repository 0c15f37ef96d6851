"""Choose from Bootstrap the rules that a page of ours can need: `python -m tten.local.make_styles`.

Run when a template begins to use a class of Bootstrap that no page had before (tests/local/test_make_styles.py says so). The
whole sheet lies in ui/styles, and is served to nobody.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from tten.local.paths import ROOT

WHOLE, CHOSEN = (
    ROOT / "ui" / "styles" / "bootstrap.min.css",
    ROOT / "static" / "vendor" / "bootstrap" / "bootstrap.min.css",
)
HEAD = "/* Bootstrap 5.3.9, MIT: a choice of its rules, made by tten/local/make_styles.py from ui/styles/bootstrap.min.css */\n"
PACK = "crispy_bootstrap5"  # its templates draw what templates/bootstrap5 does not
KINDS = {".html", ".py", ".js"}
APART = {".venv", "var", "tests", "benchmarks", "migrations", "vendor", "demo"}
WORD, BEGUN = re.compile(r"[A-Za-z][\w-]*"), re.compile(r"[a-z][\w-]*-(?=\{)")  # btn-{{ tone }}
NAME, BRACKET, OPENS = re.compile(r"\.((?:\\.|[\w-])+)"), re.compile(r"[{}]"), re.compile(r"[{;]")
DARK = "[data-bs-theme=dark]"


def main() -> None:
    """Write the choice."""
    CHOSEN.write_text(drawn())


def drawn() -> str:
    """What the file holds."""
    texts = {path: path.read_text() for path in _sources()}
    words = {word for text in texts.values() for word in WORD.findall(text)}
    begun = {word for path, text in texts.items() if path.suffix == ".html" for word in BEGUN.findall(text)}
    return HEAD + chosen_of(WHOLE.read_text(), words, begun) + "\n"


def chosen_of(sheet: str, words: Iterable[str], begun: Iterable[str] = ()) -> str:
    """The sheet without comments, dark colours and rules for classes that are neither a word nor begun by one."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return "".join(_kept(plain, frozenset(words), tuple(begun)))


def _sources() -> Iterator[Path]:
    for top in (ROOT, Path(str(files(PACK))) / "templates"):
        for path in sorted(top.rglob("*")):
            if path.suffix in KINDS and APART.isdisjoint(path.relative_to(top).parts) and path.is_file():
                yield path


def _kept(sheet: str, words: frozenset[str], begun: tuple[str, ...]) -> Iterator[str]:
    for head, body in _rules(sheet):
        if head.startswith(("@media", "@supports")):
            if within := "".join(_kept(body, words, begun)):
                yield f"{head}{{{within}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}" if body else ""  # @charset: the answer's head says it
        elif mine := [part for part in _parts(head) if _is_ours(part, words, begun)]:
            yield f"{','.join(mine)}{{{body}}}"


def _is_ours(selector: str, words: frozenset[str], begun: tuple[str, ...]) -> bool:
    names = [name.replace("\\", "") for name in NAME.findall(re.sub(r":not\([^)]*\)", "", selector))]
    return DARK not in selector and all(name in words or name.startswith(begun) for name in names)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Head and body of each rule at the top; a statement as @charset has no body."""
    at = 0
    while found := OPENS.search(sheet, at):
        end = _end_of(sheet, found.end()) if found.group() == "{" else found.end()
        yield sheet[at : found.start()].strip(), sheet[found.end() : end - 1].strip() if found.group() == "{" else ""
        at = end


def _end_of(sheet: str, begin: int) -> int:
    """The place after the bracket that closes the body which begins there."""
    depth, at = 1, begin
    while depth:
        found = BRACKET.search(sheet, at)
        if not found:
            raise ValueError("a rule without an end")
        depth += 1 if found.group() == "{" else -1
        at = found.end()
    return at


def _parts(head: str) -> list[str]:
    """The selectors of a head, cut at commas that stand in no bracket."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", head)]


if __name__ == "__main__":
    main()
