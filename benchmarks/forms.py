"""The forms of a page, as a browser without script would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

Field = tuple[str, str]
UNSENT = {"submit", "button", "image", "reset", "file"}
Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """One form: where it goes, and what it holds."""

    action: str
    key: str  # its id, by which a field elsewhere may belong to it
    fields: list[Field] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects the forms of a page, each field with the form that it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.found: list[tuple[str, str, str]] = []  # form, name, value
        self.key = self.owner = self.select = self.area = self.text = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A form, or a field with what it holds."""
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.key = said.get("id") or f"form {len(self.forms)}"
            self.forms.append(Form(said.get("action", ""), self.key))
        elif tag == "input" and name and "disabled" not in said:
            self.take_input(said, name)
        elif tag == "textarea":
            self.owner, self.area, self.text = said.get("form", self.key), name, ""
        elif tag == "select":
            self.owner, self.select, self.options = said.get("form", self.key), name, []
        elif tag == "option" and self.select:
            self.options.append((said.get("value", ""), "selected" in said))

    def take_input(self, said: dict[str, str], name: str) -> None:
        """What an input sends: a box or a circle only where it is chosen."""
        kind = said.get("type", "text")
        is_choice = kind in {"checkbox", "radio"}
        if kind not in UNSENT and (not is_choice or "checked" in said):
            self.found.append((said.get("form", self.key), name, said.get("value", "on" if is_choice else "")))

    def handle_data(self, data: str) -> None:
        """The words in a text area."""
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        """The end of a form, or of a field whose value stood inside."""
        if tag == "form":
            self.key = ""
        elif tag == "textarea" and self.area:
            self.found.append((self.owner, self.area, self.text.removeprefix("\n")))
            self.area = ""
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen] or [v for v, _ in self.options[:1]]
            self.found += [(self.owner, self.select, value) for value in chosen]
            self.select = ""


def form_of(page: str, shown_at: str, address: str) -> Form:
    """The form of the page that goes to the address; LookupError where there is none."""
    reader = Reader()
    reader.feed(page)
    for form in reader.forms:
        if (urlsplit(form.action).path or urlsplit(shown_at).path) == urlsplit(address).path:
            form.fields = [(name, value) for key, name, value in reader.found if key == form.key]
            return form
    raise LookupError(f"no form for {address} on {shown_at}")


def typed_over(fields: list[Field], typed: dict[str, str | list[str]]) -> list[Field]:
    """The fields with other values: a list for a field that is sent more than once."""
    kept = [(name, value) for name, value in fields if name not in typed]
    lists = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return kept + [(name, value) for name, values in lists.items() for value in values]
