"""A paper that brings no face of its own is read and drawn alike on a host without Chinese fonts (ADR 0198)."""

import io
import json
import subprocess
import sys

import pytest
from PIL import Image

from tests.papers import corpus
from tests.test_house import ROOT

READS = """
import json, sys
from records.faces import lend_faces
lend_faces(machines=())
from papers.reading import read
facts = read(sys.stdin.buffer.read(), "pdf")
print(json.dumps({name: facts.value(name) for name in sys.argv[1:]}))
"""
DRAWS = """
import sys, pypdfium2
from records.faces import lend_faces
lend_faces(machines=())
document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
document[0].render(scale=1).to_pil().save(sys.stdout.buffer, "PNG")
document.close()
"""


def told(program, paper, *names):
    """What a process says that sees none of the machine's fonts."""
    command = [sys.executable, "-X", "utf8", "-c", program, *names]
    return subprocess.run(command, cwd=ROOT, input=paper.make(), capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def invoice():
    """Sides set downwards, sums apart: signs that stand alone."""
    return next(paper for paper in corpus.papers() if paper.form == corpus.TEXT)


@pytest.mark.heavy
def test_a_paper_without_faces_is_read_whole(invoice):
    assert json.loads(told(READS, invoice, *invoice.truth)) == invoice.truth


@pytest.mark.heavy
def test_and_drawn_with_its_signs(invoice):
    picture = Image.open(io.BytesIO(told(DRAWS, invoice))).convert("L")
    heading = picture.crop((200, 26, 360, 42))  # 电子发票（普通发票）
    assert sum(heading.histogram()[:128]) > 200  # dark points
