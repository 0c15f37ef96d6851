"""What a person reads on a page: the words of each element, without scripts, comments, and what is hidden."""

import re
from html.parser import HTMLParser

EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "use", "wbr"}
UNSEEN = {"head", "script", "style", "template", "noscript", "svg"}
ASIDE = re.compile(r"\b(?:visually-hidden|required-mark|count|skip-link)\b")  # read aloud alone, a mark, a number
JOINER = "\u2060"  # keeps a mark at its label


class Reader(HTMLParser):
    """Collects (tag, words) of every element that is seen; a comment is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str], bool]] = []
        self.read: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            return
        given = dict(attrs)
        unseen = tag in UNSEEN or "hidden" in given or bool(ASIDE.search(given.get("class") or ""))
        self.open.append((tag, [], unseen or (bool(self.open) and self.open[-1][2])))

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][2]:
            for _, words, _ in self.open:
                words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _, _ in self.open}:
            while self.open:
                name, words, unseen = self.open.pop()
                if not unseen:
                    self.read.append((name, " ".join("".join(words).replace(JOINER, "").split())))
                if name == tag:
                    return


def elements(page: str) -> set[tuple[str, str]]:
    """(tag, words) of every element that is seen on the page."""
    reader = Reader()
    reader.feed(page)
    return set(reader.read)
