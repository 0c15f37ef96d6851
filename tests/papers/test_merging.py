"""The most trusted source speaks; sureness comes from rules alone; two that disagree are a finding."""

from papers.facts import CAPITALS, Fact, Facts, Kind, Place, Source, texts
from papers.merging import Seen, merged

CODE = "91120104000000019E"


def seen(source, **said):
    return Seen(Kind.DIGITAL, [Fact(name, value, source, Place("x")) for name, value in said.items()])


def sure(facts):
    return {fact.name for fact in facts.facts if fact.is_sure}


def test_data_speaks_before_the_text_whatever_came_first():
    facts = merged([seen(Source.TEXT, seller="乙"), seen(Source.XML, seller="甲")])
    assert facts.value("seller") == "甲"
    assert [(two.name, two.first.value, two.second.value) for two in facts.disagreements] == [("seller", "甲", "乙")]


def test_what_two_sources_say_is_sure_but_never_a_name_or_serial():
    said = {"invoice_number": "26121234567890123456", "seller": "甲公司", "serial": "X123"}
    facts = merged([seen(Source.ATTACHMENT, **said), seen(Source.QR, **said)])
    assert sure(facts) == {"invoice_number"}
    assert facts.disagreements == ()


def test_one_source_that_says_it_twice_proves_nothing():
    facts = merged([seen(Source.TEXT, invoice_number="12345678"), seen(Source.TEXT, invoice_number="12345678")])
    assert sure(facts) == set()


def test_a_sum_that_adds_up_is_sure_and_one_that_does_not_is_not():
    assert sure(merged([seen(Source.TEXT, net="100.00", tax="6.00", gross="106.00")])) == {"net", "tax", "gross"}
    assert sure(merged([seen(Source.TEXT, net="100.00", tax="6.00", gross="160.00")])) == set()
    assert sure(merged([seen(Source.TEXT, net="6.00", tax="100.00", gross="106.00")])) == set()  # changed round


def test_an_amount_in_words_proves_its_figures():
    facts = merged([seen(Source.TEXT, gross="106.00", **{CAPITALS: "壹佰零陆元整"})])
    assert sure(facts) == {"gross"}
    assert facts.of(CAPITALS) is None
    assert sure(merged([seen(Source.TEXT, amount="160.00", **{CAPITALS: "壹佰零陆元整"})])) == set()


def test_a_code_is_sure_by_its_check_digit():
    assert sure(merged([seen(Source.TEXT, uscc=CODE)])) == {"uscc"}
    assert sure(merged([seen(Source.TEXT, uscc=CODE[:-1] + "1")])) == set()


def test_two_sides_with_one_code_are_not_told_apart():
    assert sure(merged([seen(Source.TEXT, seller_tax_id=CODE, buyer_tax_id=CODE)])) == set()
    assert sure(merged([seen(Source.TEXT, seller_tax_id=CODE)])) == {"seller_tax_id"}


def test_what_another_source_denies_is_not_sure():
    data = seen(Source.ATTACHMENT, net="100.00", tax="6.00", gross="106.00")
    facts = merged([data, seen(Source.TEXT, gross="1060.00")])
    assert facts.value("gross") == "106.00"
    assert "gross" not in sure(facts)


def test_facts_are_kept_as_plain_values():
    place = Place("", 2, (1.0, 2.0, 3.5, 4.0))
    text = Seen(Kind.DIGITAL, [Fact("gross", "106.00", Source.TEXT, place), Fact("net", "100.00", Source.TEXT, place)])
    facts = merged([seen(Source.XML, gross="160.00"), text])
    assert Facts.from_json(facts.as_json()) == facts
    assert texts(facts.facts) == {"gross": "160.00", "net": "100.00"}
    assert (facts.label, facts.facts[1].label) == ("数电发票", "不含税金额")
