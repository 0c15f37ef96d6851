"""What a package ships is read without running it."""

import zipfile

import pytest

from benchmarks.samples import lines_of
from tests.papers import layouts, pdfs, truth


@pytest.mark.heavy
def test_each_paper_of_a_package_is_a_line_and_nothing_else_is(tmp_path):
    wheel = tmp_path / "samples-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as parts:
        parts.writestr("samples/发票.pdf", pdfs.pdf(layouts.digital_usual(truth.invoice(3))))
        parts.writestr("samples/broken.OFD", b"no zip at all")
        parts.writestr("samples/__init__.py", "raise SystemExit")
    told = dict(line.split(": ", 1) for line in lines_of(wheel))
    assert told["samples/broken.OFD"] == "not read (broken)"
    assert told["samples/发票.pdf"].startswith("数电发票, 10 facts, ")
    assert len(told) == 2
