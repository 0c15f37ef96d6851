"""The text of an article: a small set of elements, whatever was pasted (ADR 0200)."""

import re
from html import escape, unescape

import nh3

from ui.words import folded

RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "div": "p"}
NAME = re.compile(r"<(/?)(" + "|".join(RENAMED) + r")\b", re.IGNORECASE)
TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "u", "s", "sub", "sup", "blockquote", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {"a": {"href"}, "td": SPANS, "th": SPANS, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
DROPPED = {"script", "style", "title", "xml", "template", "noscript"}  # with what stands in them
EMPTY = re.compile(r"<(p|h2|h3|li|strong|em|u|s|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
ANY_TAG = re.compile(r"<[a-zA-Z/!]")
BLOCK_END = re.compile(r"</(?:p|h2|h3|li|td|th|tr|blockquote)>|<br>|<hr>")
TAG = re.compile(r"<[^>]*>")
NAMED = re.compile(r"[\[［]图片 ?([0-9]{1,3})[\]］]")  # a picture of the article, by its number
PARAGRAPHS = re.compile(r"\n\s*\n")


def cleaned(markup: str) -> str:
    """The markup with the elements that articles have, and nothing else; text without any markup gets its paragraphs."""
    if not ANY_TAG.search(markup):
        markup = in_paragraphs(markup)
    named = NAME.sub(lambda found: f"<{found[1]}{RENAMED[found[2].lower()]}", markup)
    kept = nh3.clean(
        named,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    left = without_empty(kept).strip()
    return left if ANY_TAG.search(left) else in_paragraphs(unescape(left))


def in_paragraphs(text: str) -> str:
    """Typed text: a blank line begins a paragraph, a break stays one."""
    parts = (part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts if part)


def without_empty(markup: str) -> str:
    """The markup without elements that hold nothing, which word processors leave between paragraphs."""
    while (shorter := EMPTY.sub("", markup)) != markup:
        markup = shorter
    return markup


def plain(markup: str) -> str:
    """The words alone, a block a line; where a picture stands there is none."""
    return NAMED.sub("", unescape(TAG.sub("", BLOCK_END.sub("\n", markup)))).replace("\xa0", " ").strip()


def first_words(markup: str, most: int) -> str:
    """The beginning of the text on one line, at most so many characters."""
    text = " ".join(plain(markup).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def searched(*lines: str) -> str:
    """What the search reads: a line for each tier, folded."""
    return "\n".join(folded(line) for line in lines)
