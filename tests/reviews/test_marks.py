"""Marks of a return: single rows beside fields and lists."""

import pytest
from django import forms
from django.urls import reverse

from redemption.services import save_row, submit_claim
from reviews.forms import OpinionForm
from reviews.kinds import correction_choices, tell
from reviews.marking import UNREADABLE, marks_typed
from reviews.marks import MarkedList, branch_of, tree_of, without_rows_of_lists
from reviews.models import Opinion
from reviews.progress import labels_of, open_corrections, opinions_of
from tests.factories import drive_claim
from tests.helpers import afresh
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
WORDS = "请更换这张发票。"
LONG = MarkedList("invoices", "发票", [(f"invoices:{key}", f"发票第 {key} 行") for key in range(1, 31)])
CHOICES = [("effect", "成效"), ("invoices", "发票"), *LONG.rows]


def formal(world):
    return drive_claim(world.make_claim(), "formal", world)


def judge(world, claim, **data):
    choices = correction_choices(claim, tell(claim, world.body))
    return OpinionForm({"verdict": "send_back", "text": WORDS} | data, case=claim, corrections=choices)


def returned(world, *marks):
    claim = formal(world)
    form = judge(world, claim, corrections=[mark.format(claim.invoices.get().pk) for mark in marks])
    assert form.errors == {}
    return world.decide(claim, world.body, **form.said)


def test_a_row_is_marked_by_its_key_and_called_by_its_place(world):
    claim = returned(world, "invoices:{}")
    row = claim.invoices.get()
    label = f"发票第 1 行（{row}）"
    opinion = Opinion.objects.get(verdict="send_back")
    assert opinion.corrections == [f"invoices:{row.pk}"]
    assert labels_of(claim, opinion) == [label]
    assert f"请修改：{label}。" in opinions_of(claim)[-1].text
    assert f"需要修改的内容：{label}。" in world.applicant.notices.order_by("-pk").first().body


def test_the_label_survives_the_row(world):
    claim = returned(world, "invoices:{}")
    label = labels_of(claim, Opinion.objects.get(verdict="send_back"))
    claim.invoices.all().delete()
    assert labels_of(afresh(claim), Opinion.objects.get(verdict="send_back")) == label


def test_a_row_that_nobody_named_is_called_after_its_list(world):
    claim = world.decide(formal(world), world.body, "send_back", WORDS, corrections=["invoices:7"])
    assert labels_of(claim, Opinion.objects.get(verdict="send_back")) == ["发票"]


def test_a_row_goes_with_its_list():
    assert without_rows_of_lists(["effect", "invoices:3", "invoices", "effect"]) == ["effect", "invoices"]
    assert without_rows_of_lists(["invoices:3", "receipts:3"]) == ["invoices:3", "receipts:3"]


def test_a_long_list_is_offered_whole_and_its_rows_by_number(world):
    assert tree_of(CHOICES) == [("填写的内容", [("effect", "成效")]), ("发票", [("invoices", "整个列表")])]
    assert branch_of(LONG._replace(rows=LONG.rows[:1])) == [("invoices", "整个列表"), ("invoices:1", "第 1 行")]
    claim = formal(world)
    form = OpinionForm(
        {"verdict": "send_back", "text": WORDS, "corrections": ["effect"], "rows_invoices": "2、5-6"},
        case=claim,
        corrections=CHOICES,
    )
    assert form.errors == {}
    assert form.said["corrections"] == ["effect", "invoices:2", "invoices:5", "invoices:6"]
    assert form.said["rows"]["invoices:5"] == "发票第 5 行"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("第二行", UNREADABLE), ("2.5", UNREADABLE), ("31", "发票只有 30 行，没有第 31 行"), ("0", "没有第 0 行")],
)
def test_numbers_that_are_none_are_refused_with_the_way_out(world, typed, said):
    with pytest.raises(forms.ValidationError, match=said):
        marks_typed(typed, LONG)
    form = OpinionForm(
        {"verdict": "send_back", "text": WORDS, "rows_invoices": typed}, case=formal(world), corrections=CHOICES
    )
    assert list(form.errors) == ["rows_invoices"]


@pytest.mark.parametrize(("typed", "keys"), [("7-5", "5 6 7"), ("1,1 2", "1 2"), ("3至4；9", "3 4 9")])
def test_spans_are_read_either_way(typed, keys):
    assert marks_typed(typed, LONG) == [f"invoices:{key}" for key in keys.split()]


def resubmitted(claim, world):
    """Handed in anew with another receipt in the place of the first."""
    claim.receipts.update(serial="LS0001")
    return submit_claim(afresh(claim), by=world.applicant)


@pytest.mark.parametrize(
    ("mark", "state"),
    [("receipts:{}", "formal"), ("receipts", "formal"), ("invoices:{}", "district"), ("effect", "district")],
)
def test_what_a_marked_row_changes_needs_no_second_look_of_the_district(world, mark, state):
    claim = formal(world)
    key = getattr(claim, mark.partition(":")[0]).get().pk if ":" in mark else ""
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=[mark.format(key)])
    assert resubmitted(claim, world).state == state


def test_a_row_that_was_not_marked_may_not_go_with_one_that_was(world):
    claim = formal(world)
    row = claim.receipts.get()
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=[f"receipts:{row.pk}"])
    row.pk, row.serial = None, "LS0002"
    save_row(row, claim, by=world.applicant)
    assert afresh(claim).terms_changed


def test_the_decision_shows_the_rows_and_takes_their_mark(world, client):
    claim = formal(world)
    turn, mark = open_turn(claim), f"invoices:{claim.invoices.get().pk}"
    client.force_login(world.body)
    page = client.get(reverse("turn_detail", args=[turn.pk])).content.decode()
    assert f'value="{mark}"' in page
    said = {"verdict": "send_back", "text": WORDS, "corrections": [mark], "seen": claim.version}
    letter = client.post(reverse("turn_letter", args=[turn.pk]), said, follow=True).content.decode()
    assert "需要修改的内容：发票第 1 行" in letter


def test_an_open_row_is_told_to_the_applicant(world):
    claim = returned(world, "invoices:{}", "effect")
    assert set(open_corrections(claim)) == {"effect", f"invoices:{claim.invoices.get().pk}"}
