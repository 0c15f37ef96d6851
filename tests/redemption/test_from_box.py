"""A contract of the unit's box becomes a row of 合同: it waits there open, as a dropped file does, with what was read of it."""

import pytest
from django.urls import reverse

from papers.models import Reading
from records.models import Document
from tests.accounts.boxed import MADE, boxed, read
from tests.redemption.dropped import HTMX, contract, contract_pdf, drop, edit, marks, one, rows

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25  # of an act
TITLE = "从材料箱选择合同"


@pytest.fixture(autouse=True)
def _read(settings):
    settings.READ_PAPERS = True


@pytest.fixture
def kept(world, bare, monkeypatch):
    """A contract of this claim's parties that lies in the box and was read."""
    monkeypatch.setitem(MADE, "contract", contract_pdf(contract(bare)))
    paper = boxed(world.unit, world.applicant, "contract", file="框架合同.pdf")
    read(paper.document)
    return paper


def choose(client, claim, paper, **headers):
    return client.post(reverse("claim_drop", args=[claim.number, "contract"]), {"box": paper}, headers=headers)


def test_a_contract_of_the_box_stands_open_in_the_list_with_its_file_and_what_was_read(
    applicant, bare, kept, django_assert_max_num_queries
):
    page = applicant.get(edit(bare))
    assert [bool(some.in_box) for some in page.context["lists"]] == [False, False, True]
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = choose(applicant, bare, kept.pk)
    dropped = bare.dropped.get()
    assert answer.headers["Location"] == edit(bare, f"?open={dropped.pk}#rows-contract")
    (waiting,) = applicant.get(edit(bare, f"?open={dropped.pk}")).context["lists"][2].waiting
    said = contract(bare)
    assert {name: waiting.form.initial[name] for name in ("number", "party_b", "amount")} == {
        name: said[name] for name in ("number", "party_b", "amount")
    }
    assert (dropped.document.name, dropped.document.purpose) == ("框架合同.pdf", "合同")
    assert dropped.document.pk != kept.document.pk
    assert Reading.objects.get(document=dropped.document).facts == Reading.objects.get(document=kept.document).facts


def test_it_becomes_a_row_and_the_box_keeps_its_own(applicant, bare, kept):
    choose(applicant, bare, kept.pk)
    answer = applicant.post(one(bare.dropped.get()), {"shown": marks(applicant, bare)}, follow=True)
    assert "已保存 1 行" in answer.content.decode()
    row = bare.contracts.get()
    assert row.number == contract(bare)["number"]
    kept.refresh_from_db()
    assert kept.document.sha256 == row.document.sha256
    assert kept.document.dropped_at is None


def test_with_script_the_line_comes_open_and_has_the_focus(applicant, bare, kept):
    words = choose(applicant, bare, kept.pk, **HTMX).content.decode()
    key = bare.dropped.get().pk
    assert "beforeend:#table-contract" in words
    assert f'id="dropped-{key}"' in words
    assert "autofocus" in words
    assert contract(bare)["number"] in words


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_same_contract_twice_and_none_at_all_are_said(applicant, bare, kept, headers):
    drop(applicant, bare, {"合同.pdf": contract_pdf(contract(bare))}, "contract")
    said = applicant.post(
        reverse("claim_drop", args=[bare.number, "contract"]), {"box": kept.pk}, headers=headers, follow=True
    ).content.decode()
    assert "“框架合同.pdf”与本申请已有的“合同.pdf”是同一个文件" in said
    none = applicant.post(
        reverse("claim_drop", args=[bare.number, "contract"]), {"box": ""}, headers=headers, follow=True
    ).content.decode()
    assert "请先选择材料箱里的一份合同" in none
    assert bare.dropped.count() == 1


def test_only_contracts_of_the_own_box_are_taken(applicant, bare, world, kept):
    licence = boxed(world.unit, world.applicant, "licence")
    theirs = boxed(world.other_unit, world.stranger, "contract")
    before = Document.objects.count()
    for paper in (licence, theirs):
        choose(applicant, bare, paper.pk)
    assert (bare.dropped.count(), Document.objects.count()) == (0, before)


def test_a_box_without_contracts_offers_none(applicant, bare, world):
    boxed(world.unit, world.applicant, "licence")
    assert TITLE not in applicant.get(edit(bare)).content.decode()
    assert rows(bare) == [0, 0, 0]
