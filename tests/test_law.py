"""docs/domain.md is the law of this house: every § that the tree cites stands there, and what a document names is there."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy  # reads the whole tree

ROOT = Path(__file__).resolve().parents[1]
LAW = ROOT / "docs" / "domain.md"
ENDINGS = {".py", ".md", ".html", ".txt", ".css", ".js", ".toml", ".yml", ".in", ".example", ""}
OURS_ALTHOUGH_HIDDEN = {".github", ".ci"}
MADE = {"var", "htmlcov", "vendor", "__pycache__"}
SECTION = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", re.MULTILINE)
CITED = re.compile(r"§\s?(\d+(?:\.\d+)*)")
TESTS = ROOT / "tests"
TELLING = (".md", ".example", ".yml", "Dockerfile")
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?<![\w./…-])((?:[a-z_]+/)+[a-z_0-9-]+\.(?:py|md|html|txt|yml|json|patch|in|toml))\b")
MAKE = re.compile(r"`make ([a-z-]+)")
OUTSIDE = re.compile("|".join((r"\.\./" + "shared", "shared/" + "domain", "house" + r"\.md")))


def files(folder=ROOT):
    for path in sorted(folder.iterdir()):
        hidden = path.is_dir() and path.name.startswith(".") and path.name not in OURS_ALTHOUGH_HIDDEN
        if path.is_dir() and not (hidden or path.is_symlink() or path.name in MADE):
            yield from files(path)
        elif path.is_file() and path.suffix in ENDINGS and not path.name.startswith(".coverage"):
            yield path


def texts():
    """(name, content) of each text of ours."""
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in files()]


def sections():
    return SECTION.findall(LAW.read_text(encoding="utf-8"))


def test_every_section_that_is_cited_stands_in_the_law():
    known, cited = sections(), [(name, number) for name, content in texts() for number in CITED.findall(content)]
    assert len({name for name, _ in cited}) > 40
    assert [f"{name}: §{number}" for name, number in cited if number not in known] == []


def test_sections_are_numbered_once():
    assert len(sections()) == len(set(sections()))


def test_no_file_names_a_folder_outside_the_tree():
    assert [name for name, content in texts() if OUTSIDE.search(content)] == []


def test_paths_and_commands_that_a_document_names_are_there():
    """A recipe's own block may name what is yet to be made."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    gone = []
    for name, content in [(name, BLOCK.sub("", text)) for name, text in texts() if name.endswith(TELLING)]:
        paths = [path for path in NAMED.findall(content) if not (ROOT / path).exists() and not (TESTS / path).exists()]
        gone += [f"{name}: {path}" for path in paths]
        gone += [f"{name}: make {word}" for word in MAKE.findall(content) if word not in targets]
    assert gone == []
