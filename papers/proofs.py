"""What proves a fact by rule, beside the other sources (ADR 0118, 0203): check digits, sums, words, the parts of a number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from papers.facts import Fact, Source
from papers.values import is_in_words
from ui.codes import is_credit_code

CODES = {"seller_tax_id", "buyer_tax_id", "uscc"}
PARTIES = {"seller_tax_id", "buyer_tax_id"}
DAYS = {"issued_on", "paid_on", "signed_on", "founded_on", "granted_on", "valid_from", "valid_until"}
SUM = ("net", "tax", "gross")
WHOLE = ("gross", "amount")  # what stands in words, too
ACCOUNTS = ("payer_account", "payee_account")
NAMED = {Source.XML, Source.ATTACHMENT, Source.METADATA}  # data whose elements and keys say which fact they hold
OF_ELEMENT = {
    "code": r"[0-9]{10,12}",
    "invoice_number": r"[0-9]{8}|[0-9]{20}",
    "check_code": r"[0-9]{20}",
    "type": r".*[专普].*",
}
OF_QR = {*OF_ELEMENT, "issued_on"}
PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
PLANNED = {2102, 3302, 3502, 3702, 4403}  # cities with a tax bureau of their own, in the codes of earlier invoices
OF_CODE = re.compile(r"0?([0-9]{4})([0-9]{2})[0-9]{3}[0-9]{1,2}")
KINDS_OF_CODE = {
    "11": "普",
    "13": "专",
    "06": "普",
    "07": "普",
    "04": "普",
    "05": "普",
    "12": "普",
}  # the last figures of twelve
YEARS_OF_A_CODE = range(4)  # an earlier invoice is issued so many years after its code was given
RATES = [Decimal(rate) / 100 for rate in (1, 3, 5, 6, 9, 13)]
FEN = Decimal("0.01")
DIGITAL_NUMBER, ON_PAPER, ELECTRONIC = 20, 10, 12  # figures
Facts = Mapping[str, Fact]


def proven(chosen: Facts, words: Sequence[str]) -> Iterator[str]:
    """The names of the facts that some rule proves; words: the amounts in capitals of the paper."""
    yield from _codes(chosen)
    yield from (name for name, fact in chosen.items() if name in DAYS and not fact.guessed)
    yield from (
        name for name in WHOLE if name in chosen and any(is_in_words(chosen[name].value, said) for said in words)
    )
    if _adds_up(chosen) or _is_taxed(chosen):
        yield from SUM
    yield from _by_form(chosen)
    if _is_of_its_year(chosen):
        yield "invoice_number"
    if _code_fits(chosen):
        yield "code"
    if _tells_apart(chosen):
        yield from ACCOUNTS


def _codes(chosen: Facts) -> Iterator[str]:
    """The check digit; of two parties only where the paper tells them apart."""
    codes = {fact.value for name, fact in chosen.items() if name in PARTIES and fact.source == Source.TEXT}
    of_two = len(codes) != 1 or len(PARTIES & chosen.keys()) < len(PARTIES)
    for name in CODES & chosen.keys():
        if is_credit_code(chosen[name].value) and (of_two or name not in PARTIES):
            yield name


def _adds_up(chosen: Facts) -> bool:
    """Net + tax = gross."""
    if not all(name in chosen for name in SUM):
        return False
    net, tax, gross = (Decimal(chosen[name].value) for name in SUM)
    return net + tax == gross and abs(tax) < abs(net)


def _is_taxed(chosen: Facts) -> bool:
    """Data that names net and tax and no gross: the tax is the net by a rate of the law, to the fen.

    Of text it proves nothing: one line of several keeps to the rate, too.
    """
    net, tax = chosen.get("net"), chosen.get("tax")
    if net is None or tax is None or "gross" in chosen or not {net.source, tax.source} <= NAMED:
        return False
    return any((Decimal(net.value) * rate).quantize(FEN) == Decimal(tax.value) for rate in RATES)


def _by_form(chosen: Facts) -> Iterator[str]:
    """What an element or key of invoice data or a QR code names by itself, in the form that this fact has.

    A QR code repairs or refuses what was read wrongly; the amount of earlier codes is net on some papers and gross on others.
    """
    for name, fact in chosen.items():
        form = OF_ELEMENT.get(name)
        if form and fact.source in {*NAMED, Source.QR} and re.fullmatch(form, fact.value):
            yield name
        if name == "gross" and fact.source == Source.QR:
            yield name
        if name == "type" and fact.source == Source.TEXT and not fact.guessed:
            yield name


def _is_of_its_year(chosen: Facts) -> bool:
    """A 数电票's number begins with the year of its issue and a province."""
    number, day = chosen.get("invoice_number"), chosen.get("issued_on")
    if number is None or day is None or len(number.value) != DIGITAL_NUMBER:
        return False
    return number.value[:2] == day.value[2:4] and int(number.value[2:4]) in PROVINCES


def _code_fits(chosen: Facts) -> bool:
    """The code of an earlier invoice: a region, a year not long before its issue and, of twelve figures, the kind that it calls itself."""
    code, day, kind = (chosen.get(name) for name in ("code", "issued_on", "type"))
    found = OF_CODE.fullmatch(code.value) if code else None
    if code is None or day is None or found is None:
        return False
    region = int(found[1])
    in_china = region in PLANNED or (region // 100 in PROVINCES and region % 100 == 0)
    age = int(day.value[:4]) - 2000 - int(found[2])
    if not in_china or age not in YEARS_OF_A_CODE or len(code.value) not in {ON_PAPER, ELECTRONIC}:
        return False
    return len(code.value) == ON_PAPER or (kind is not None and KINDS_OF_CODE.get(code.value[-2:], "-") in kind.value)


def _tells_apart(chosen: Facts) -> bool:
    """Both accounts of a receipt, each whole and behind words that say whose it is, and not the same."""
    both = [chosen[name] for name in ACCOUNTS if name in chosen and not chosen[name].guessed]
    return len(both) == len(ACCOUNTS) and both[0].value != both[1].value
