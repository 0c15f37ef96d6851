"""Reads the Chinese that the sources say: string literals of Python, words of templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from tests.test_house import sources, templates

ROOT = Path(settings.BASE_DIR)
SIGN = re.compile(r"[㐀-鿿]")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
LEAST = 8  # characters: what is shorter is a phrase, not a sentence
REMARK = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
BLOCK = re.compile(r"</?(?:p|div|li|td|th|h\d|summary|details|section|option|button|a|label|title)\b[^>]*>")


class Said(NamedTuple):
    """A text and where it stands."""

    place: str
    text: str


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The constants that are docstrings."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, homes) and node.body]
    return {first.value for first in firsts if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)}


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string but docstrings; an f-string is one text, {} where a value stands."""
    skipped = docstrings(tree)
    skipped |= {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


def python_texts() -> list[Said]:
    """Every Chinese literal of our Python."""
    return [
        Said(f"{path.relative_to(ROOT)}:{line}", text)
        for path in sources()
        for line, text in literals(ast.parse(path.read_text()))
        if SIGN.search(text)
    ]


def template_words(text: str) -> list[str]:
    """What a template says: the words between tags, {} where a value stands, and the quoted words of its tags."""
    text = REMARK.sub("", text)
    quoted = [words for tag in TAG.findall(text) for words in re.findall(r'"([^"]*)"', tag)]
    shown = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "{}", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]+>", "", BLOCK.sub("\n", shown))
    return [line for line in [*quoted, *shown.splitlines()] if SIGN.search(line)]


def template_texts() -> list[Said]:
    """Every Chinese text of our templates."""
    return [
        Said(str(path.relative_to(ROOT)), words)
        for path in templates()
        if path.suffix in {".html", ".txt"}
        for words in template_words(path.read_text())
    ]


def sentences(said: list[Said]) -> dict[str, list[str]]:
    """Sentence → where it stands."""
    found: dict[str, list[str]] = {}
    for place, text in said:
        for sentence in SENTENCE.findall(text):
            if len(SIGN.findall(sentence)) >= LEAST:
                found.setdefault(sentence.strip(), []).append(place)
    return found
