"""企业询问 that wait for the office: counted in the menu, listed under a tab, gone with the answer."""

import pytest
from django.urls import reverse

from reviews.questions.services import answer, ask
from reviews.rests.services import decide
from tests.reviews.asking import WHY, asked
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db


def tab(client):
    return client.get(reverse("turn_list"), {"tab": "asked"})


def test_the_menu_counts_and_the_tab_lists_what_the_firm_asks(world, application, signed_in):
    turn = open_turn(application)
    asked(world, turn)  # the office asks: nobody waits for it
    client = signed_in(world.district)
    assert (list(tab(client).context["page"]), b"?tab=asked" in client.get(reverse("phrase_list")).content) == (
        [],
        False,
    )
    question = ask(turn, by=world.applicant, text=WHY)
    page = client.get(reverse("phrase_list")).content.decode()
    assert "企业询问" in page
    assert reverse("turn_list") + "?tab=asked" in page
    assert list(tab(client).context["page"]) == [turn]
    answer(question, by=world.district, text="可以。")
    assert list(tab(client).context["page"]) == []
    assert "企业询问" not in client.get(reverse("phrase_list")).content.decode()


def test_another_office_is_told_nothing_and_a_decision_ends_it(world, application, signed_in):
    turn = open_turn(application)
    ask(turn, by=world.applicant, text=WHY)
    assert list(tab(signed_in(world.other_district)).context["page"]) == []
    decide(turn, by=world.district, verdict="pass_review", text="材料齐全。")
    assert list(tab(signed_in(world.district)).context["page"]) == []
