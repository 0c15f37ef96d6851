"""From Markdown to what a page shows: markdown-it-py reads, nh3 lets through what articles have (ADR 0207)."""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache, lru_cache, partial
from io import BytesIO
from pathlib import Path

import nh3
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from PIL import Image

from help.book import address_of

PICTURES = Path(settings.BASE_DIR) / "static" / "help"
ANCHOR = re.compile(r" \{#([a-z0-9-]+)\}$")
LABEL = re.compile(r"【[^】]+】")
TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "a", "code", "img"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
}
ATTRIBUTES = {
    "a": {"href"},
    "h2": {"id"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
}
Drawn = Callable[[str], str]  # name of a picture → what the page takes it from


def anchored(state: StateCore) -> None:
    """A heading that ends with {#name} has this name."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type != "heading_open" or not inline.children:
            continue
        words = inline.children[-1]
        if found := ANCHOR.search(words.content):
            heading.attrSet("id", found[1])
            words.content = words.content[: found.start()]


def addressed(state: StateCore, drawn: Drawn) -> None:
    """Links to articles and pages of the portal get their addresses, pictures their file and size; the first is fetched at once."""
    is_first = True
    for token in (child for block in state.tokens for child in block.children or []):
        if token.type == "link_open":
            token.attrSet("href", href_of(str(token.attrGet("href"))))
        elif token.type == "image":
            show_picture(token, drawn, lazy=not is_first)
            is_first = False


def href_of(target: str) -> str:
    """help:role/step#anchor and page:name become addresses; others stay."""
    scheme, _, name = target.partition(":")
    if scheme == "help":
        return address_of(name)
    return reverse(name) if scheme == "page" else target


def show_picture(token: Token, drawn: Drawn, *, lazy: bool) -> None:
    """The picture of static/help with its size, so that nothing moves when it comes."""
    name = str(token.attrGet("src"))
    width, height = size_of(name)
    token.attrs |= {"src": drawn(name), "width": str(width), "height": str(height)}
    if lazy:
        token.attrSet("loading", "lazy")


@cache
def size_of(name: str) -> tuple[int, int]:
    """Width and height of a picture, pixels; FileNotFoundError where there is none."""
    with Image.open(PICTURES / f"{name}.webp") as picture:
        return picture.size


def on_page(name: str) -> str:
    """Where a browser takes the picture from."""
    return static(f"help/{name}.webp")


def within(name: str) -> str:
    """The picture itself, for a paper that fetches nothing."""
    file = BytesIO()
    with Image.open(PICTURES / f"{name}.webp") as picture:
        picture.convert("RGB").save(file, "JPEG", quality=75)  # a paper takes it as it is; any other is unpacked in it
    return f"data:image/jpeg;base64,{b64encode(file.getvalue()).decode()}"


def reader_for(drawn: Drawn) -> MarkdownIt:
    """Markdown without HTML, with tables and our anchors and links."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.core.ruler.push("anchored", anchored)
    reader.core.ruler.push("addressed", partial(addressed, drawn=drawn))
    return reader


@lru_cache(maxsize=128)
def html_of(text: str) -> SafeString:
    """The text as a page shows it; the labels of the portal stand out."""
    return SafeString(LABEL.sub(r"<b>\g<0></b>", cleaned(reader_for(on_page).render(text), {"http", "https", "tel"})))


def print_of(text: str) -> SafeString:
    """The text as it is printed: with its pictures, links as words."""
    drawn = cleaned(reader_for(within).render(text), {"data"})
    return SafeString(re.sub(r"</?a\b[^>]*>", "", drawn))


def cleaned(markup: str, schemes: set[str]) -> str:
    """The elements that articles have and nothing else."""
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes, link_rel=None)
