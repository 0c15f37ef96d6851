"""What is read of papers whose truth is known: each so many-th of the corpus; `python -m benchmarks.papers` reads all."""

import importlib

import pytest

from tests.papers import corpus, counting

EVERY = 9
FORMS = [form for form in corpus.FLOORS if form not in {corpus.PRINTED, corpus.BLIND}]


@pytest.fixture(scope="module")
def counts():
    return counting.counted(corpus.papers(EVERY))


@pytest.mark.heavy
@pytest.mark.parametrize("form", FORMS)
def test_as_much_is_read_as_was_promised(counts, form):
    assert counts[form].recall >= corpus.FLOORS[form], counts[form].missed


@pytest.mark.heavy
@pytest.mark.parametrize("form", FORMS)
def test_nothing_wrong_is_sure_and_no_honest_paper_contradicts_itself(counts, form):
    assert (counts[form].wrong, counts[form].apart) == ([], [])


@pytest.mark.heavy
def test_the_corpus_has_three_hundred_papers():
    assert sum(1 for _ in corpus.papers()) >= 300


@pytest.mark.pdf
def test_what_another_program_prints_is_read_as_well():
    printed = importlib.import_module("tests.papers.printed")  # it wants the system libraries
    count = counting.counted(printed.papers(1))[corpus.PRINTED]
    assert count.recall >= corpus.FLOORS[corpus.PRINTED], count.missed
    assert (count.wrong, count.apart) == ([], [])
