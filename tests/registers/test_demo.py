"""What the registers answer in a demo: made up, the same at every run, and nothing that stops the demo's own units."""

import pytest

from accounts.models import Unit
from registers.gateways import NotAnswered
from registers.kinds import Status
from tests.factories import make_unit, make_user
from tests.helpers import afresh
from tten.demo import names
from tten.demo.registers import ask

OURS = names.code(7)


@pytest.mark.bare
@pytest.mark.parametrize(("number", "status"), [("11", Status.MATCHES), ("13", Status.DIFFERS), ("15", Status.UNKNOWN)])
def test_the_last_sign_of_an_invoice_decides(number, status):
    assert ask("invoice", number, {}).status == status


@pytest.mark.bare
def test_some_invoices_have_to_be_asked_about_later():
    with pytest.raises(NotAnswered):
        ask("invoice", "17", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sign", "status", "credit"),
    [
        ("0", Status.CANCELLED, Status.CLEAN),
        ("1", Status.REVOKED, Status.CLEAN),
        ("2", Status.ACTIVE, Status.HIT),
        ("3", Status.ACTIVE, Status.CLEAN),
    ],
)
def test_a_firm_is_made_up_for_any_code(sign, status, credit):
    code = f"91120104MA000000{sign}X"
    assert (ask("enterprise", code, {}), ask("enterprise", code, {}).status) == (ask("enterprise", code, {}), status)
    assert ask("credit", code, {}).status == credit


@pytest.mark.django_db
def test_a_unit_of_the_demo_is_what_it_says_but_for_a_person_here_and_there():
    codes = [names.code(index) for index in range(14)]
    for code in codes:
        make_unit(make_user(), code, f"演示{code}公司")
    units = {unit.uscc: afresh(unit) for unit in Unit.objects.filter(uscc__in=codes)}
    answers = {code: ask("enterprise", code, {}) for code in codes}
    assert {answer.status for answer in answers.values()} == {Status.ACTIVE}
    assert all(answers[code].facts["name"] == units[code].name for code in codes)
    same = [answers[code].facts["legal_representative"] == units[code].legal_representative for code in codes]
    assert 0 < same.count(False) < same.count(True)
    assert {ask("credit", code, {}).status for code in codes} == {Status.CLEAN}
