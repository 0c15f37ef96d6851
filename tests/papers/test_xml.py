"""Invoice data in every generation and encoding."""

import pytest

from papers.facts import Kind, Source, texts
from papers.readers.xml import read_xml
from tests.papers import corpus, truth, xmls


@pytest.mark.parametrize("write", [xmls.einvoice, xmls.prefixed])
@pytest.mark.parametrize(("encoding", "declared"), xmls.ENCODINGS)
def test_the_data_of_a_digital_invoice_is_read_whole(write, encoding, declared):
    t = truth.invoice(7)
    seen = read_xml(xmls.encoded(write(t), encoding, declared))
    assert (seen.kind, texts(seen.facts)) == (Kind.DIGITAL, t)


@pytest.mark.parametrize("prefix", ["fp:", ""])
def test_the_data_of_an_earlier_electronic_invoice_is_read_whole(prefix):
    t = truth.invoice(8, digital=False)
    seen = read_xml(
        xmls.encoded(xmls.earlier(t, prefix=prefix), "utf-8", "UTF-8"), Source.ATTACHMENT, "original_invoice.xml"
    )
    assert (seen.kind, texts(seen.facts)) == (Kind.VAT, corpus.told_by_data(t))
    assert {fact.place.part.partition("/")[0] for fact in seen.facts} == {"original_invoice.xml"}


def test_a_fact_says_where_it_was_read():
    seen = read_xml(xmls.encoded(xmls.einvoice(truth.invoice(9)), "utf-8", "UTF-8"))
    places = {fact.name: fact.place.part for fact in seen.facts}
    assert places["issued_on"] == "/EInvoice/TaxSupervisionInfo/IssueTime"
    assert places["seller"] == "/EInvoice/EInvoiceData/SellerInformation/SellerName"


def test_what_is_said_twice_and_differently_is_not_read():
    text = xmls.einvoice(truth.invoice(9)).replace(
        "</SellerName>", "</SellerName><SellerName>另一家有限公司</SellerName>"
    )
    assert "seller" not in texts(read_xml(xmls.encoded(text, "utf-8", "UTF-8")).facts)


@pytest.mark.parametrize("data", [b"", b"<a", b"<a>\xff\xff</a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a/>"])
def test_what_is_no_invoice_says_nothing(data):
    seen = read_xml(data)
    assert (seen.kind, seen.facts) == (Kind.UNKNOWN, [])
