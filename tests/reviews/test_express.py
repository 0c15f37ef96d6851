"""快速通道: every check green, and all that was typed read of its papers."""

import pytest

from orders.services import move_order
from redemption.checks import papers_of
from redemption.findings.lines import desk_lines
from reviews.express import is_express, is_green
from reviews.kinds import Dossier
from reviews.rounds import Changed, Round
from tests.factories import drive_claim
from tests.helpers import afresh
from tests.redemption.real_papers import invoice_photo, show, show_all
from tests.reviews.desk import at, open_turn

pytestmark = pytest.mark.django_db
GREEN = {"tone": "ok", "text": "一致", "read": True}
RULE = {"tone": "ok", "text": "完成日期不晚于截止日期"}


@pytest.mark.bare
@pytest.mark.parametrize(
    ("findings", "green"),
    [
        ([GREEN, RULE], True),
        ([], False),
        ([RULE], False),
        ([GREEN, GREEN | {"read": False}], False),
        *(([GREEN, RULE | {"tone": tone}], False) for tone in ("todo", "warn", "bad")),
    ],
)
def test_what_was_only_typed_or_is_not_green_takes_a_case_off_it(findings, green):
    assert is_green(findings) is green


@pytest.mark.bare
def test_a_warning_or_an_unasked_change_does_so_too():
    assert is_express(Dossier(findings=[GREEN]), None)
    assert not is_express(Dossier(findings=[GREEN], warnings=["同一地址"]), None)
    assert is_express(Dossier(findings=[GREEN]), Changed([Round(2, None, [], is_read=True)]))


def test_a_claim_whose_papers_say_it_all_passes_with_one_form(world, signed_in):
    claim = drive_claim(world.make_claim(), "formal", world)
    move_order(claim.application.order, "complete", by=world.provider_member, words="报告已交付。")
    show_all(claim)
    turn, client = open_turn(claim), signed_in(world.body)
    page = client.get(at("turn_detail", turn))
    assert page.context["express"] == "经审核，材料齐全，符合要求，同意通过。"
    assert "<strong>快速通道</strong>" in page.content.decode()
    assert claim.state == afresh(claim).state  # a look decides nothing


def test_one_figure_that_no_paper_says_takes_it_off(world, signed_in):
    claim = drive_claim(world.make_claim(), "formal", world)
    show_all(claim)
    show(claim.invoices.get(), invoice_photo)
    claim = afresh(claim)
    assert not is_green(desk_lines(claim, papers_of(claim)))
    page = signed_in(world.body).get(at("turn_detail", open_turn(claim)))
    assert page.context["express"] == ""
    assert "<strong>快速通道</strong>" not in page.content.decode()
