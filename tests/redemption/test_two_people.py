"""Two people write one claim: nothing is undone in silence, and what was typed stays."""

import pytest
from django.urls import reverse

from redemption.models import Claim
from redemption.services import delete_row, save_row
from tests.helpers import refused
from tests.redemption import typed
from tests.redemption.typed import paper

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def at(name, claim, *more):
    return reverse(name, args=[claim.number, *more])


def reload(claim):
    return Claim.objects.get(pk=claim.pk)


def test_a_colleague_s_save_is_not_overwritten(applicant, claim):
    seen = claim.version
    applicant.post(at("claim_edit", claim), typed.answers(act="save", seen=seen, bank_name="先到银行"))
    late = applicant.post(at("claim_edit", claim), typed.answers(act="save", seen=seen, bank_name="后到银行"))
    words = late.content.decode()
    assert "修改了开户行" in words
    assert "已改为“先到银行”" in words
    assert late.context["form"]["bank_name"].value() == "后到银行"
    assert reload(claim).bank_name == "先到银行"
    knowing = typed.answers(act="save", seen=late.context["seen"], bank_name="后到银行")
    applicant.post(at("claim_edit", claim), knowing)
    assert reload(claim).bank_name == "后到银行"


def test_an_answer_that_nobody_touched_does_not_undo_a_colleague_s(applicant, world, claim):
    seen = claim.version
    applicant.post(at("claim_edit", claim), typed.answers(act="save", seen=seen))
    seen = reload(claim).version
    applicant.post(at("claim_edit", claim), typed.answers(act="save", seen=seen, bank_name="先到银行"))
    late = applicant.post(
        at("claim_edit", claim), typed.answers(act="save", seen=seen, account_number="1200000000000009")
    )
    now = reload(claim)
    assert (late.status_code, now.bank_name, now.account_number) == (302, "先到银行", "1200000000000009")


def test_a_colleague_s_row_is_no_conflict_with_the_form(applicant, world, claim):
    seen = claim.version
    applicant.post(at("claim_row", claim, "receipt"), typed.receipt(world) | {"file": paper()})
    saved = applicant.post(at("claim_edit", claim), typed.answers(act="save", seen=seen, bank_name="后到银行"))
    assert (saved.status_code, reload(claim).bank_name) == (302, "后到银行")


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_colleague_s_row_is_not_undone(applicant, world, claim, headers):
    row, seen = claim.contracts.get(), claim.version
    url = at("claim_row_edit", claim, "contract", row.pk)
    mine = typed.contract(world, number=row.number, name="后到的名称", seen=seen)
    applicant.post(url, typed.contract(world, number=row.number, name="先到的名称", seen=seen))
    late = applicant.post(url, mine, headers=headers)
    assert "修改了合同 先到的名称" in late.content.decode()
    form = late.context["line"].form if headers else late.context["lists"][2].lines[0].form
    assert form["name"].value() == "后到的名称"
    assert claim.contracts.get().name == "先到的名称"
    applicant.post(url, mine | {"seen": form.seen})
    assert claim.contracts.get().name == "后到的名称"


def test_a_row_that_a_colleague_took_out_keeps_what_was_typed(applicant, world, claim):
    row, seen = claim.contracts.get(), claim.version
    applicant.post(at("claim_row_delete", claim, "contract", row.pk), {"seen": seen})
    data = typed.contract(world, number=row.number, name="又改的名称", seen=seen)
    late = applicant.post(at("claim_row_edit", claim, "contract", row.pk), data, headers=HTMX)
    assert f"删除了合同 {row.name}" in late.content.decode()
    assert late.context["line"].form["name"].value() == "又改的名称"
    assert not claim.contracts.exists()
    again = applicant.post(at("claim_row", claim, "contract"), data | {"file": paper()})
    assert (again.status_code, claim.contracts.get().name) == (302, "又改的名称")


def test_a_row_taken_out_while_its_form_was_read_is_not_brought_back(applicant, world, claim):
    held, seen = claim.contracts.get(), claim.version
    delete_row(claim.contracts.get(), by=world.applicant)
    with refused("R-STALE", match=f"删除了合同 {held.name}"):
        save_row(held, claim, by=world.applicant, seen=seen)
    assert not claim.contracts.exists()


def test_a_row_that_a_colleague_changed_is_not_deleted_unseen(applicant, world, claim):
    row, seen = claim.contracts.get(), claim.version
    applicant.post(
        at("claim_row_edit", claim, "contract", row.pk),
        typed.contract(world, number=row.number, name="先到的名称", seen=seen),
    )
    late = applicant.post(at("claim_row_delete", claim, "contract", row.pk), {"seen": seen}, headers=HTMX)
    assert (late.status_code, claim.contracts.count()) == (409, 1)
    assert "修改了合同 先到的名称" in late.content.decode()


def test_what_is_handed_in_is_what_the_check_page_showed(applicant, world, claim):
    applicant.post(at("claim_edit", claim), typed.answers(act="submit"))
    seen = reload(claim).version
    row = claim.contracts.get()
    applicant.post(
        at("claim_row_edit", claim, "contract", row.pk),
        typed.contract(world, number=row.number, amount="100,000.00", name="核对之后改的"),
    )
    late = applicant.post(at("claim_submit", claim), {"seen": seen})
    assert late.status_code == 409
    assert "修改了合同 核对之后改的" in late.content.decode()
    assert reload(claim).state == "draft"
    applicant.post(at("claim_submit", claim), {"seen": late.context["case"].version})
    assert reload(claim).state == "district"
