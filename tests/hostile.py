"""Fifty-seven values that nobody means well with, and the forms of a page into which they are typed."""

from html.parser import HTMLParser
from itertools import chain
from urllib.parse import parse_qsl, quote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

MISSING, FILE, TWICE = object(), object(), ["1", "<b>", "\0"]
VALUES = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "a\udfff",
        "字" * 10_000,
        "\r\n",
        "a\r\nBcc: b@example.com",
        "\t\v\f",
        "\x1b[31m",
    ),
    *(
        "\x7f\x80\x9f",
        "%s",
        "%",
        "%(name)s %n",
        "{}",
        "{0.__class__}",
        "{{ 7|add:7 }}{% debug %}",
        "<script>1</script>",
    ),
    *('"><img src=x onerror=a()>', "&#0;&amp", "' OR 1=1 --", "'; DROP TABLE accounts_unit; --", "\\", "a%_\\"),
    *(
        "../../../etc/passwd",
        "//evil.example/",
        "javascript:a()",
        "9" * 400,
        "9" * 5_000,
        "9" * 20,
        "9223372036854775808",
    ),
    *(
        "2147483648",
        "1e9999",
        "1e-9999",
        "NaN",
        "-Infinity",
        "-1",
        "0",
        "0.005",
        "0x10",
        "1_000",
        "١٢٣٤٥",
        "１２３４５",
        "1²",
    ),
    *(
        "\u202eabc\u202c",
        "\u200b\u200d\ufeff",
        "Z" + "\u0301" * 500,
        "🎫👩‍👩‍👧",
        "0000-00-00",
        "9999-12-31",
        "0026-03-01",
    ),
    *("2026-02-30T99:99", "None", TWICE, MISSING, FILE),
)
TYPED = {"text", "search", "email", "tel", "number", "date", "datetime-local", "password", "url", "textarea"}
KNOWN_TO_LISTS = ("page", "p", "o", "sort", "q", "status", "unit", "code", "next", "add")
NO_FIELD = {"submit", "button", "image", "reset"}


class Form:
    """One form of a page: where it goes, and {name: (kind, [what stands in it])}."""

    def __init__(self, attrs):
        self.action, self.method = attrs.get("action") or "", (attrs.get("method") or "get").lower()
        self.key, self.fields = attrs.get("id"), {}

    def add(self, name, kind, value):
        """Know a field, with what the page would send of it if nothing were touched."""
        held = self.fields.setdefault(name, (kind, []))[1]
        if value is not None:
            held.append(value)


class Page(HTMLParser):
    """The forms of a page, and the parameters that its links hand to the page itself."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.asked, self.area, self.select = [], set(), None, None
        self.loose = []  # fields that stand outside of their form and name it
        self.feed(text)
        for key, field in self.loose:
            next(form for form in self.forms if form.key == key).add(*field)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append(Form(attrs))
        elif tag == "a" and (attrs.get("href") or "").startswith("?"):
            self.asked |= {name for name, _ in parse_qsl(urlsplit(attrs["href"]).query, keep_blank_values=True)}
        elif tag in {"input", "textarea", "select", "button"} and attrs.get("name"):
            self.owner = attrs.get("form")
            self.field(tag, attrs)
        elif tag == "option" and self.select and ("selected" in attrs):
            self.know(self.select, "select", attrs.get("value") or "")

    def know(self, *field):
        """A field of the form that it names, else of the one that was opened last."""
        if self.owner:
            self.loose.append((self.owner, field))
        elif self.forms:
            self.forms[-1].add(*field)

    def field(self, tag, attrs):
        """A box, an area, a list, or a button with a value."""
        name, kind = attrs["name"], attrs.get("type") or "text" if tag == "input" else tag
        chosen = kind not in {"checkbox", "radio"} or "checked" in attrs
        if name == "csrfmiddlewaretoken":
            return
        if kind in NO_FIELD or tag == "button":
            if attrs.get("value"):
                self.know(name, "act", None)
            return
        self.know(name, kind, (attrs.get("value") or "") if chosen and tag == "input" else None)
        self.area, self.select = (name if tag == "textarea" else None), (name if tag == "select" else self.select)

    def handle_data(self, data):
        if self.area:
            self.know(self.area, "textarea", data.strip())
            self.area = None

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


def typed_into(form, number):
    """What is sent when one value is typed into every box and area, and all else stays as the page has it."""
    value = VALUES[number % len(VALUES)]
    return {name: value if kind in TYPED else held for name, (kind, held) in form.fields.items()}


def into_one(form, number):
    """What is sent when one value is typed into one box, and all else stays as the page has it."""
    boxes = [name for name, (kind, _) in form.fields.items() if kind in TYPED] or list(form.fields)
    said = {name: held for name, (_, held) in form.fields.items()}
    return said | ({boxes[number % len(boxes)]: VALUES[number % len(VALUES)]} if boxes else {})


def everywhere(names, number):
    """What is sent when each field, the hidden and the chosen ones, too, has another value, from this one on."""
    return {name: VALUES[(number + place) % len(VALUES)] for place, name in enumerate(names)}


def encoded(said):
    """The fields as a browser would send them, and those that no browser sends: half a surrogate, a name twice."""
    pairs = ((name, value) for name, held in said.items() for value in listed(held))
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)


def listed(held):
    """The values under one name."""
    return [] if held is MISSING or held is FILE else held if isinstance(held, list) else [held]


def quoted(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def with_files(said):
    """The fields of a form with papers: a file wherever FILE stands."""
    sent = {}
    for name, held in said.items():
        texts = [text.encode("utf-8", "replace").decode() for text in listed(held)]
        sent[name] = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n") if held is FILE else texts
    return sent


def names_asked(page):
    """Everything that a page may be asked with: the fields of its filters, its links, and what any list knows."""
    fields = chain.from_iterable(form.fields for form in page.forms if form.method == "get")
    return sorted({*fields, *page.asked, *KNOWN_TO_LISTS})
