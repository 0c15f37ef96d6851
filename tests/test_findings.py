"""What findings/ tells of others, and what holds here because of it; each test names the version in which it was met."""

import datetime as dt
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from policy.feasts import feasts
from records.scans.xml import is_xml
from tests.redemption.sample_form import sample_form
from tten.local.quality import APPS, sources

FINDINGS = Path("findings")
SCRIPTS = sorted(FINDINGS.glob("*.sh"))
PARTS = (
    "# Version:",
    "# Belief:",
    "# Behaviour:",
    "# Whom:",
    "# Output seen:",
    "$(mktemp -d)",
    "trap 'rm -rf",
    "SystemExit(",
)


def test_the_table_lists_every_finding():
    rows = re.findall(r"^\| \[(.+?)\]\((.+?)\) \|", (FINDINGS / "README.md").read_text(), re.MULTILINE)
    assert [(path.stem, path.name) for path in SCRIPTS] == sorted(rows)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_finding_stands_alone_and_pins_what_it_installs(script):
    text = script.read_text()
    assert [part for part in PARTS if part not in text] == []
    assert os.access(script, os.X_OK)
    installed = re.search(r"--disable-pip-version-check (.+)", text)
    assert installed
    assert [name for name in installed[1].split() if not re.fullmatch(r"[\w.\[\]-]+==[\d.]+", name)] == []
    assert "://" not in text.replace("http://www.", "")


def test_the_code_of_a_form_is_ascii_whatever_stands_on_it():
    """segno 1.6.6 writes bytes of GB 18030 as other characters, and counts characters for bytes."""
    form = replace(sample_form(), applicant=replace(sample_form().applicant, name="镕喆（演示）有限公司")).sealed()
    assert form.code_text(1, 3).isascii()
    assert len(form.code_text(1, 3)) == len(sample_form().code_text(1, 3))


def test_no_paper_is_justified():
    """WeasyPrint 70.0 widens spaces alone, so that Chinese gets holes instead of a straight edge."""
    papers = [*Path("templates/pdf").rglob("*.*"), Path("templates/base_print.html")]
    assert [
        path.name for path in papers if path.exists() and re.search(r"text-align(-last)?: *justify", path.read_text())
    ] == []


def test_papers_have_no_attachments_and_no_choices():
    """WeasyPrint 70.0 dates an attachment by the moment of the run, and loses the choice among options without values."""
    told = Path("ui/printing.py").read_text() + "".join(
        path.read_text() for path in Path("templates/pdf").rglob("*.html")
    )
    assert [word for word in ("attachments=", "pdf_forms", "<select", 'rel="attachment"') if word in told] == []


def test_no_paper_counts_by_a_chinese_style():
    """WeasyPrint 70.0 prints figures for them and tells nobody: 一、 stands in the text."""
    told = {path.name: path.read_text() for path in Path("templates/pdf").rglob("*.*")}
    assert told
    assert [name for name, text in told.items() if re.search(r"-chinese-|cjk-", text)] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_invoice_is_xml_whatever_mark_it_begins_with(encoding):
    """puremagic 1.30 finds no type behind the mark of UTF-8, and an .ini behind that of UTF-16."""
    assert is_xml('<?xml version="1.0"?><EInvoice/>'.encode(encoding))


@pytest.mark.heavy  # reads the sources
def test_no_number_of_a_resident_is_judged():
    """python-stdnum 2.2 raises KeyError for an area that is none; `ric` needs a catch if it is ever used."""
    used = {found for path in sources(*APPS) for found in re.findall(r"stdnum[.\w]* import (\w+)", path.read_text())}
    assert used == {"uscc"}


@pytest.mark.bare
def test_mid_autumn_of_2089_is_where_three_of_four_libraries_have_it():
    """LunarCalendar 0.0.9 begins that month a day later than lunar_python 1.4.8, lunardate 0.3.0 and zhdate 0.1."""
    assert [dt.date(2089, 9, 18)] in feasts(2089)
