"""A paper's own markup for WeasyPrint, read by expat: its parser for whatever the web holds takes a tenth of the time."""

import re
from importlib import import_module
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

EMPTY = re.compile(r"<(br|col|hr|img|meta)\b([^<>]*?)/?>")  # elements that HTML leaves open, and XML does not


def paper_of(markup: str, fetcher: object) -> object:
    """WeasyPrint's HTML of the markup; what is no XML (a sign that XML forbids) is read as whatever it is."""
    maker = import_module("weasyprint").HTML
    try:
        root = fromstring(EMPTY.sub(r"<\1\2/>", markup.strip()))
    except ParseError:
        return maker(string=markup, url_fetcher=fetcher)
    paper = maker.__new__(maker)  # its constructor parses; these five are all that it leaves behind
    paper.base_url, paper.url_fetcher, paper.media_type = None, fetcher, "print"
    paper.wrapper_element = import_module("cssselect2").ElementWrapper.from_html_root(root, content_language=None)
    paper.etree_element = paper.wrapper_element.etree_element
    return paper
