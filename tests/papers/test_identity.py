"""A paper is known by what it says of itself."""

import pytest

from papers import work
from papers.facts import Fact, Facts, Kind, Source
from papers.identity import identity_of
from papers.models import Reading
from papers.services import ask_readings
from tests.factories import make_document, make_user
from tests.papers import layouts, pdfs, truth
from tests.papers.test_reading import XML, T, paper


@pytest.mark.parametrize(
    ("kind", "values", "identity"),
    [
        (Kind.DIGITAL, {"invoice_number": "26120000000000000011"}, "26120000000000000011"),
        (Kind.DIGITAL, {"code": "012001800104", "invoice_number": "03630024"}, "03630024"),
        (Kind.VAT, {"code": "012001800104", "invoice_number": "03630024"}, "01200180010403630024"),
        (Kind.VAT, {"invoice_number": "03630024"}, ""),
        (Kind.RECEIPT, {"payer_account": "1200 0000-01", "serial": "eb0O1"}, "1200000001EB001"),
        (Kind.RECEIPT, {"serial": "EB001"}, ""),
        (Kind.CONTRACT, {"number": "HT-1"}, ""),
        (Kind.UNKNOWN, {}, ""),
    ],
)
def test_the_numbers_that_tell_one_paper_from_all_others(kind, values, identity):
    facts = [Fact(name, value, Source.TEXT) for name, value in values.items()]
    assert identity_of(Facts(kind, tuple(facts))) == identity


@pytest.mark.django_db
def test_it_is_kept_with_the_reading(settings):
    settings.READ_PAPERS = True
    twins = [
        paper(content=XML),
        paper(content=pdfs.pdf(layouts.digital_usual(T)), content_type="application/pdf"),
        make_document(make_user()),
    ]
    ask_readings(twins)
    for document in twins:
        work.read_paper(document.pk)
    assert list(Reading.objects.order_by("pk").values_list("identity", flat=True)) == [
        truth.invoice(11)["invoice_number"],
        truth.invoice(11)["invoice_number"],
        "",
    ]
