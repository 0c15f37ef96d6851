"""The manual: Markdown files by role and step beside this one, read once a process (ADR 0207)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.urls import reverse

FOLDER = Path(__file__).parent / "manual"
DIGITS = 12  # of a version
CONTENTS = FOLDER / "contents.toml"
PART = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}$", re.MULTILINE)
PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$", re.MULTILINE)
MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]|^(?:[-|>#]|[0-9]+\.)\s*", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One step of an article: its anchor, its heading, its words without signs of Markdown."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True)
class Article:
    """What one role does at one step."""

    number: str
    role: str
    role_name: str
    step: str
    title: str
    about: str
    text: str  # Markdown below the first paragraph, figures still in braces
    parts: tuple[Part, ...]
    version: str  # another one once a word of it is another

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("manual_article", args=[self.role, self.step])

    @property
    def key(self) -> str:
        """How links of other texts name it."""
        return f"{self.role}/{self.step}"


@dataclass(frozen=True)
class Role:
    """Whose articles they are."""

    key: str
    name: str
    about: str
    articles: tuple[Article, ...]


@cache
def roles() -> tuple[Role, ...]:
    """Every role in the order of the contents, numbered from 1."""
    listed = tomllib.loads(CONTENTS.read_text(encoding="utf-8"))["role"]
    return tuple(
        Role(
            key=row["key"],
            name=row["name"],
            about=row["about"],
            articles=tuple(
                read(f"{number}.{place}", row["key"], row["name"], step) for place, step in enumerate(row["steps"], 1)
            ),
        )
        for number, row in enumerate(listed, 1)
    )


def read(number: str, role: str, role_name: str, step: str) -> Article:
    """The article of this file: its first line is the title, its first paragraph what it is about."""
    whole = (FOLDER / role / f"{step}.md").read_text(encoding="utf-8")
    heading, _, text = whole.partition("\n")
    about, _, text = text.strip().partition("\n")
    return Article(
        number=number,
        role=role,
        role_name=role_name,
        step=step,
        title=heading.removeprefix("# "),
        about=about.replace("**", ""),
        text=text.strip(),
        parts=tuple(parts_of(text)),
        version=sha256(whole.encode()).hexdigest()[:DIGITS],
    )


def parts_of(text: str) -> Iterator[Part]:
    """The steps with the words below each heading."""
    headings = list(PART.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        yield Part(heading["anchor"], heading["title"], plain(text[heading.end() : end]))


def plain(text: str) -> str:
    """The words alone."""
    return " ".join(MARKS.sub(r"\1", PICTURE.sub("", text)).replace("|", " ").split())


@cache
def articles() -> tuple[Article, ...]:
    """All of them, one after the other, as they are printed."""
    return tuple(article for role in roles() for article in role.articles)


@cache
def by_key() -> dict[str, Article]:
    """role/step → article."""
    return {article.key: article for article in articles()}


def address_of(place: str) -> str:
    """The address of role/step or role/step#anchor; KeyError where there is none."""
    key, _, anchor = place.partition("#")
    article = by_key()[key]
    if anchor and anchor not in {part.anchor for part in article.parts}:
        raise KeyError(place)
    return article.get_absolute_url() + (f"#{anchor}" if anchor else "")
