"""What a paper says, as answers to the questions of a row (domain.md §6.3): offered, never written over what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from papers.beside import place_of, spoken
from papers.comparing import SPECIAL, Outcome, compare
from papers.facts import SOURCES, SURENESS, Fact, Facts, Kind
from records.models import Document
from redemption.models import InvoiceKind, ListName

LISTS = {  # kind of paper → the list on which it belongs
    Kind.DIGITAL: ListName.INVOICE,
    Kind.VAT: ListName.INVOICE,
    Kind.RECEIPT: ListName.RECEIPT,
    Kind.CONTRACT: ListName.CONTRACT,
}
ELECTRONIC_CODE = 12  # figures; the code of an invoice on paper has ten
KINDS_BY = {  # (kind of paper, whether its code is that of an electronic one, whether it is a 专用发票) → its kind in the list
    (Kind.DIGITAL, False, True): InvoiceKind.DIGITAL_SPECIAL,
    (Kind.DIGITAL, False, False): InvoiceKind.DIGITAL_PLAIN,
    (Kind.VAT, True, True): InvoiceKind.ELECTRONIC_SPECIAL,
    (Kind.VAT, True, False): InvoiceKind.ELECTRONIC_PLAIN,
    (Kind.VAT, False, True): InvoiceKind.PAPER_SPECIAL,
    (Kind.VAT, False, False): InvoiceKind.PAPER_PLAIN,
}
TERM = {"valid_from": "starts_on", "valid_until": "ends_on"}  # what a contract says of its term → the questions
MOST_SHOWN = 60  # signs of what a paper says, in a hint
Offers = Mapping[str, "Offer"]  # name of the question → what the paper answers
NOTHING: Offers = MappingProxyType({})


@dataclass(frozen=True)
class Offer:
    """One answer of a paper, with the fact from which it follows."""

    value: str
    fact: Fact
    paper: Document

    @property
    def is_sure(self) -> bool:
        """Whether a rule proves it."""
        return self.fact.is_sure

    @property
    def shown(self) -> str:
        """What the paper says, as everywhere; a long text is cut."""
        said = spoken(self.fact)
        return said if len(said) <= MOST_SHOWN else f"{said[:MOST_SHOWN]}…"

    @property
    def source(self) -> str:
        """Where on the paper it was read."""
        return SOURCES[self.fact.source]

    @property
    def sureness(self) -> str:
        """What follows for whoever looks."""
        return SURENESS[self.fact.sureness]

    @property
    def place(self) -> str:
        """The address of the place; "" where it stands on no page."""
        return place_of(self.paper, self.fact)

    @property
    def part(self) -> str:
        """The paper for the viewer that stands in the page, which adds the place itself."""
        return reverse("paper_part", args=[self.paper.pk])

    def differs(self, typed: object) -> bool:
        """Whether what was typed is something else than what the paper says; an empty box says nothing."""
        name = self.fact.name
        words = InvoiceKind(typed).label if name == "type" and typed in InvoiceKind.values else typed
        return any(one.outcome == Outcome.DIFFERS for one in compare({name: words}, Facts(facts=(self.fact,))))


def list_of(read: Facts | None) -> ListName | None:
    """The list on which the paper belongs by what it says of itself; None where it belongs on none of them, or says nothing."""
    return LISTS.get(read.kind) if read else None


def offers_of(name: str, read: Facts, paper: Document) -> dict[str, Offer]:
    """Name of the question of a row → what the paper answers; nothing where it is a paper of another list.

    name: of the list.
    """
    if list_of(read) not in {None, name} or read.kind == Kind.LICENCE:
        return {}
    found = {TERM.get(fact.name, fact.name): Offer(fact.value, fact, paper) for fact in read.facts}
    kind = kind_of_invoice(read)
    if kind is not None:
        found["kind"] = Offer(*kind, paper)
    return found


def kind_of_invoice(read: Facts) -> tuple[str, Fact] | None:
    """The kind of invoice and the fact that shows it; the code alone shows whether it is one on paper."""
    kind, code = read.of("type"), read.of("code")
    shows = kind or code
    if read.kind not in {Kind.DIGITAL, Kind.VAT} or shows is None:
        return None
    is_electronic = code is not None and len(code.value) == ELECTRONIC_CODE
    return KINDS_BY[
        read.kind, is_electronic and read.kind == Kind.VAT, kind is not None and SPECIAL in kind.value
    ].value, shows
