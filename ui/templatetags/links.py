"""Rows of many links of one shape, written in one go, since a loop in a template costs ten times as much. Every value is escaped here."""

from collections.abc import Iterable
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

register = template.Library()
GAP = '<li aria-hidden="true"></li>'
HERE = ' aria-current="true"'


class Link(Protocol):
    """Where it leads, what it says, how many it leads to, and whether it is in force."""

    words: str
    url: str
    active: bool
    many: str


class Tile(Protocol):
    """A link of a drawing, with its number and how dark it is; without a name a gap, without an address nothing to go to."""

    name: str
    url: str
    count: int | None
    shade: int
    active: bool


@register.simple_tag
def option_links(options: Iterable[Link]) -> SafeString:
    """The items of a list of choices."""
    return SafeString("".join(f"<li>{option_link(option)}</li>" for option in options))


def option_link(option: Link) -> str:
    """One of them."""
    number = f'<span class="many">{option.many}</span>' if option.many else ""
    return f'<a href="{escape(option.url)}"{HERE if option.active else ""}>{escape(option.words)}{number}</a>'


@register.simple_tag
def tile_links(tiles: Iterable[Tile]) -> SafeString:
    """The items of a drawing in tiles; each is read aloud as one sentence."""
    return SafeString("".join(tile_link(tile) if tile.name else GAP for tile in tiles))


def tile_link(tile: Tile) -> str:
    """One of them."""
    name, number = escape(tile.name), "" if tile.count is None else f"<b>{tile.count}</b>"
    if not tile.url:
        return f"<li><span>{name}{number}</span></li>"
    said = name if tile.count is None else f"{name}，{tile.count} 家"
    here, said = (HERE, f"{said}，已选，点按取消") if tile.active else ("", said)
    shown = f'class="shade-{tile.shade}"{here} aria-label="{said}"'
    return f'<li><a href="{escape(tile.url)}" {shown}>{name}{number}</a></li>'
