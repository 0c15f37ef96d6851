"""Layouts by somebody who had not seen the reader: what it reads of them is held, and nothing wrong is sure (docs/papers.md)."""

import pytest

from tests.papers import corpus, counting
from tests.papers.blind.roster import LAYOUTS, papers


@pytest.mark.pdf
@pytest.mark.heavy
def test_what_was_mended_after_the_blind_reading_stays_mended():
    count = counting.counted(papers(1))[corpus.BLIND]
    assert (count.papers, len(count.layouts)) == (len(LAYOUTS), 10)
    assert count.recall >= corpus.FLOORS[corpus.BLIND], count.missed
    assert (count.wrong, count.apart) == ([], [])
