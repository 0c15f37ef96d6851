"""What a mended case holds otherwise than before, as its reviewers read it."""

import pytest
from django.urls import reverse

from catalog.admissions.services import save_admission, submit_admission
from redemption.services import save_claim, submit_claim
from reviews.kinds import kind_of_review, tell
from reviews.panel import form_panel
from reviews.receipts import plain_tables
from reviews.rounds import NOTHING_ELSE, changed_rows, changed_since
from tests.factories import drive_application, drive_claim, make_category, make_document
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn
from vouchers.services import save_application, submit_application

pytestmark = pytest.mark.django_db
WORDS = "请按标注修改后重新提交。"


def changed(case, reader):
    case = afresh(case)
    return [line["text"] for line in changed_since(case, tell(case, reader))]


def returned_claim(world, *marked):
    claim = drive_claim(world.make_claim(), "formal", world)
    return world.decide(claim, world.body, "send_back", WORDS, corrections=marked)


def test_a_first_round_has_nothing_to_compare(world):
    assert changed(drive_claim(world.make_claim(), "district", world), world.district) == []


def test_a_round_that_is_the_same_says_so(world):
    claim = submit_claim(returned_claim(world, "effect"), by=world.applicant)
    assert changed(claim, world.body) == [NOTHING_ELSE]


def test_what_was_asked_for_is_not_listed(world):
    claim = returned_claim(world, "effect")
    claim.effect += "并已小批量产。"
    submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    assert changed(claim, world.body) == [NOTHING_ELSE]


def test_an_answer_is_listed_with_both_values_and_an_account_without(world):
    claim = returned_claim(world, "effect")
    claim.bank_name, claim.account_number, before = "另一家银行", "6222000000000000001", claim.account_number
    submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    told = changed(claim, world.district)
    assert told == ["开户行：原为“示例银行天津分行”，现为“另一家银行”。", "收款账号已修改。"]
    assert before not in "".join(told)


def test_rows_and_papers_are_listed(world):
    claim = returned_claim(world, "effect")
    claim.contracts.update(number="HT-另一份")
    paper = make_document(world.applicant, "补充报告.pdf", b"%PDF-1.4\n% more\n%%EOF\n")
    claim = save_claim(claim, by=world.applicant, papers=(paper,))
    submit_claim(claim, by=world.applicant)
    gone, come, file = changed(claim, world.district)
    assert (gone.startswith("合同去掉一行："), come.startswith("合同新增一行："), "HT-另一份" in come) == (
        True,
        True,
        True,
    )
    assert file == "新增了文件“补充报告.pdf”。"


@pytest.mark.parametrize(
    ("rows", "change", "told"),
    [
        ("invoices", {"buyer": "海河样例科技有限公司 "}, "发票修改了一行里没有显示的内容"),
        ("receipts", {"payer_account": "62220000000000000019"}, "银行回单修改了一行里没有显示的内容"),
        ("contracts", {"number": "HT-另一份"}, "合同去掉一行：合同新增一行："),
    ],
)
def test_whatever_sends_a_mended_claim_back_to_the_district_has_its_line(world, rows, change, told):
    claim = drive_claim(world.make_claim(), "draft", world)
    claim.receipts.update(payer_account="62229999999999990019")
    claim = drive_claim(claim, "formal", world)
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=["effect"])
    getattr(claim, rows).update(**change)
    claim = resubmitted(claim, world)
    lines = changed(claim, world.district)
    assert (claim.state, "".join(f"{line.partition('：')[0]}：" for line in lines).startswith(told)) == (
        "district",
        True,
    )


def test_another_buyer_is_named(world):
    claim = returned_claim(world, "effect")
    claim.invoices.update(buyer="海河样例科技（天津）有限公司")
    case = afresh(claim)
    before, after = (plain_tables(kind_of_review(case).tables(case)) for _ in range(2))
    after[0][1][0][3] = "海河样例科技有限公司"
    told = list(changed_rows({"tables": before}, {"tables": after}, frozenset()))
    assert ["海河样例科技（天津）有限公司" in told[0], "海河样例科技有限公司" in told[1]] == [True, True]


def test_experts_read_what_was_changed_too(world, signed_in):
    claim = returned_claim(world, "effect")
    claim.contracts.update(number="HT-另一份")
    claim = drive_claim(afresh(claim), "experts", world)
    form_panel(open_turn(claim), world.experts, by=world.body)
    seat = open_turn(claim).seats.first()
    page = signed_in(seat.expert).get(reverse("seat_detail", args=[seat.pk])).content.decode()
    assert ("退回后的修改" in page, "合同新增一行：" in page) == (True, True)


def resubmitted(claim, world):
    return submit_claim(afresh(claim), by=world.applicant)


def test_a_list_that_was_marked_is_not_listed(world):
    claim = returned_claim(world, "receipts", "result_papers")
    claim.receipts.update(serial="LS0001")
    paper = make_document(world.applicant, "补充报告.pdf", b"%PDF-1.4\n% more\n%%EOF\n")
    submit_claim(save_claim(claim, by=world.applicant, papers=(paper,)), by=world.applicant)
    assert changed(claim, world.body) == [NOTHING_ELSE]


def test_the_draft_of_a_contract_is_named_once(world):
    application = drive_application(world.make_application(), "district_returned", world)
    application.contract_draft = make_document(world.applicant, "合同草案.pdf")
    submit_application(save_application(application, by=world.applicant), by=world.applicant)
    assert changed(application, world.district) == ["合同草案已修改。"]


def test_a_scope_is_listed(world):
    admission = world.decide(world.admit("pending"), world.platform, "send_back", WORDS, corrections=["summary"])
    scope, rows = [*admission.scope.all(), make_category(name="样例范围")], list(admission.qualifications.all())
    save_admission(admission, by=world.applicant, scope=scope, rows=rows)
    submit_admission(afresh(admission), by=world.applicant)
    assert any("样例范围" in line for line in changed(admission, world.platform))


def test_the_page_of_a_turn_shows_it(world, signed_in):
    claim = returned_claim(world, "effect")
    claim.bank_name = "另一家银行"
    claim = submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    page = signed_in(world.district).get(at("turn_detail", open_turn(claim))).content.decode()
    assert "退回后的修改" in page
    assert "开户行：原为“示例银行天津分行”，现为“另一家银行”。" in page
