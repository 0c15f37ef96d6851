"""The cards of services and laboratories, written in one go, since twenty in a template cost half a page. Every value is escaped here."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from ui.templatetags.ui import draw, drawing, money, price

register = template.Library()
END = "</article>"
MARK = '<span class="voucher-mark">创新券</span>'


EAGER = 4  # cards that stand on the first screen: their pictures are fetched at once


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The photograph on a card; beside the title it says nothing that is to be read out."""

    url: str
    width: int
    height: int

    def html(self, *, lazy: bool) -> str:
        """As it stands in its frame."""
        later = ' loading="lazy"' if lazy else ""
        return (
            f'<img src="{escape(self.url)}" width="{self.width}" height="{self.height}" alt="" decoding="async"{later}>'
        )


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    title: str
    url: str
    provider: str
    region: str
    price: Decimal | str  # an amount in yuan, or words
    category: str  # of the first level
    is_marked: bool = False
    after: Decimal | int | None = None  # what is left to pay with a voucher, yuan
    why_none: str = ""  # in the place of that
    pk: int = 0
    picture: CardPicture | None = None  # else the drawing of the category
    number: str = ""  # by which it is chosen, to be compared

    def html(self, *, lazy: bool) -> str:
        """The card as it stands in its grid; lazy: its picture is fetched when it comes into sight."""
        seen = self.picture.html(lazy=lazy) if self.picture else draw(drawing(self.category))
        return (
            f'<article class="product-card"><div class="product-picture">{seen}'
            f'{MARK if self.is_marked else ""}</div><div class="product-text">'
            f'<h3><a href="{escape(self.url)}">{escape(self.title)}</a></h3>'
            f'<div class="product-price amount">{escape(price(self.price))}</div>{self.benefit if self.is_marked else ""}'
            f'<div class="product-facts"><span class="clip">{escape(self.provider)}</span>'
            f"<span>{escape(self.region)}</span></div></div></article>"
        )

    @property
    def benefit(self) -> str:
        """What the voucher brings, or why that is not told."""
        if self.after:
            return f'<div class="voucher-after">券后约 {money(self.after)}</div>'
        return f'<div class="quiet tiny">{escape(self.why_none)}</div>' if self.why_none else ""


@register.filter
def cards(rows: list[Card]) -> SafeString:
    """The cards in their grid, at the head of a page."""
    return grid(rows, EAGER)


@register.filter
def cards_below(rows: list[Card]) -> SafeString:
    """The cards in their grid, below what a page begins with."""
    return grid(rows, 0)


def grid(rows: list[Card], eager: int) -> SafeString:
    """The cards; the pictures of the first so many are fetched at once."""
    drawn = "".join(card.html(lazy=at >= eager) for at, card in enumerate(rows))
    return SafeString(f'<div class="grid-cards">{drawn}</div>')


@register.filter
def choosable(rows: Iterable[Card], chosen: Container[str]) -> SafeString:
    """The same, each with a box that belongs to the form `compare`; chosen: the numbers that are marked already."""
    drawn = ((card.html(lazy=at >= EAGER).removesuffix(END), card) for at, card in enumerate(rows))
    boxed = (words + choice(card, card.number in chosen) + END for words, card in drawn)
    return SafeString(f'<div class="grid-cards">{"".join(boxed)}</div>')


def choice(card: Card, is_chosen: bool) -> str:
    """The box of one card."""
    return (
        f'<label class="card-choice"><input type="checkbox" name="with" form="compare" value="{escape(card.number)}"'
        f'{" checked" if is_chosen else ""} aria-label="对比 {escape(card.title)}"><span>对比</span></label>'
    )


@register.filter
def lab_cards(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The cards of laboratories in their grid; each has title, url, host, region, kind, number, batch, perhaps more."""
    return SafeString(f'<div class="lab-grid">{"".join(map(lab_card, rows))}</div>')


def lab_card(card: Mapping[str, Any]) -> str:
    """One of them; perhaps with fields, services, instruments, and paused: why it takes no orders."""
    tags = [
        ("tag tag-brand", card["region"]),
        ("tag", card["kind"]),
        *(("tag", field) for field in card.get("fields", ())),
    ]
    if card.get("paused"):
        tags.insert(0, ("tag tag-paused", card["paused"]))
    lines = [(label, card.get(name)) for label, name in (("服务", "services"), ("仪器", "instruments"))]
    said = "".join(f'<span class="{look}">{escape(words)}</span>' for look, words in tags)
    more = "".join(f'<div class="small">{label}：{escape(words)}</div>' for label, words in lines if words)
    return (
        f'<article class="lab-card"><h3><a href="{escape(card["url"])}">{escape(card["title"])}</a></h3>'
        f'<div class="quiet small">依托单位：{escape(card["host"])}</div><div class="row-line">'
        f"{said}</div>{more}"
        f'<div class="quiet tiny">编号 {escape(card["number"])} · {escape(card["batch"])}</div></article>'
    )
