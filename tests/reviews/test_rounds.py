"""What a mended case holds otherwise than before, as its reviewers read it."""

from copy import deepcopy

import pytest
from django.urls import reverse

from catalog.admissions.services import save_admission, submit_admission
from redemption.services import save_claim, submit_claim
from reviews.comparing import Comparison, Marked, around
from reviews.kinds import tell
from reviews.panel import form_panel
from reviews.questions.services import accept
from reviews.receipts import content_of
from reviews.rounds import NOTHING_ELSE, changed_since
from tests.factories import drive_application, drive_claim, make_category, make_document, make_user
from tests.helpers import afresh
from tests.reviews.asking import BETTER, proposed
from tests.reviews.desk import at, open_turn
from vouchers.services import save_application, submit_application

pytestmark = pytest.mark.django_db
WORDS = "请按标注修改后重新提交。"


def shown(case, reader, office=None):
    case = afresh(case)
    return changed_since(case, tell(case, reader), reader, office)


def changed(case, reader):
    """(what, before, now) of everything in the last round that nobody had asked for."""
    return [(one.place, one.old, one.new) for one in shown(case, reader).rounds[0].unasked]


def returned_claim(world, *marked):
    claim = drive_claim(world.make_claim(), "formal", world)
    return world.decide(claim, world.body, "send_back", WORDS, corrections=marked)


def test_a_first_round_has_nothing_to_compare(world):
    assert shown(drive_claim(world.make_claim(), "district", world), world.district) is None


def test_a_round_that_is_the_same_says_so(world):
    claim = submit_claim(returned_claim(world, "effect"), by=world.applicant)
    assert changed(claim, world.body) == []
    assert shown(claim, world.body).nothing_else == NOTHING_ELSE


def test_what_was_asked_for_is_not_listed(world):
    claim = returned_claim(world, "effect")
    claim.effect += "并已小批量产。"
    submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    assert changed(claim, world.body) == []


def test_an_answer_is_listed_with_both_values_and_an_account_without(world):
    claim = returned_claim(world, "effect")
    claim.bank_name, claim.account_number, before = "另一家银行", "6222000000000000001", claim.account_number
    submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    told = changed(claim, world.district)
    assert told == [("开户行", "示例银行天津分行", "另一家银行"), ("收款账号", "", "")]
    assert before not in str(told)


def test_rows_and_papers_are_listed(world):
    claim = returned_claim(world, "effect")
    claim.contracts.update(number="HT-另一份")
    paper = make_document(world.applicant, "补充报告.pdf", b"%PDF-1.4\n% more\n%%EOF\n")
    claim = save_claim(claim, by=world.applicant, papers=(paper,))
    submit_claim(claim, by=world.applicant)
    row, file = changed(claim, world.district)
    assert (row[0], row[2]) == ("合同第 1 行 编号", "HT-另一份")
    assert file == ("文件", "没有", "补充报告.pdf")


@pytest.mark.parametrize(
    ("rows", "change", "told"),
    [
        ("invoices", {"buyer": "海河样例科技有限公司 "}, "发票第 1 行 购买方"),
        ("receipts", {"payer_account": "62220000000000000019"}, "银行回单第 1 行 付款人"),
        ("contracts", {"number": "HT-另一份"}, "合同第 1 行 编号"),
    ],
)
def test_whatever_sends_a_mended_claim_back_to_the_district_has_its_line(world, rows, change, told):
    claim = drive_claim(world.make_claim(), "draft", world)
    claim.receipts.update(payer_account="62229999999999990019")
    claim = drive_claim(claim, "formal", world)
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=["effect"])
    getattr(claim, rows).update(**change)
    claim = resubmitted(claim, world)
    assert (claim.state, [what for what, _, _ in changed(claim, world.district)]) == ("district", [told])


def test_rows_without_keys_are_compared_by_what_stands_in_them(world):
    claim = returned_claim(world, "effect")
    case = afresh(claim)
    before, after = (content_of(case) for _ in range(2))
    del before["marks"]
    before["tables"][0][1][0][3] = "海河样例科技（武清）有限公司"
    come, gone = Comparison(before, after, Marked(), (), {}, ()).rows()
    assert [come.place, come.old, gone.place, gone.new] == ["发票第 1 行", "没有", "发票的一行", "已去掉"]
    assert "海河样例科技（武清）有限公司" in gone.old


def test_a_row_that_was_marked_is_asked_for_and_the_row_beside_it_is_not(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    before = content_of(afresh(claim))
    before["marks"]["发票"] = ["invoices:1"]
    after = deepcopy(before)
    after["marks"]["发票"] = ["invoices:1", "invoices:2"]
    after["tables"][0][1].append(list(after["tables"][0][1][0]))
    after["tables"][0][1][0][3] = "另一家"
    told = list(Comparison(before, after, Marked({"invoices:1"}), (), {}, ()).rows())
    assert [(one.place, one.is_asked) for one in told] == [("发票第 1 行", True), ("发票第 2 行", False)]
    back = Comparison(after, before, Marked({"invoices:2"}), (), {}, ()).rows()
    assert [one.is_asked for one in back] == [False, True]
    assert all(one.is_asked for one in Comparison(before, after, Marked((), {"发票"}), (), {}, ()).rows())


def test_of_a_long_text_the_part_that_differs_is_shown():
    text = "研" * 300
    assert around("一", "二") == ("一", "二")
    old, new = around(f"{text}旧{text}", f"{text}新的{text}")
    assert (old, new) == (f"…{'研' * 24}旧{'研' * 24}…", f"…{'研' * 24}新的{'研' * 24}…")
    assert around(text, f"{text}完")[1] == f"…{'研' * 24}完"


def test_what_was_read_before_is_marked_as_read(world):
    claim = submit_claim(returned_claim(world, "effect"), by=world.applicant)
    claim = world.decide(claim, world.body, "send_back", WORDS, corrections=["effect"])
    claim.bank_name = "另一家银行"
    claim = submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    told = shown(claim, world.body)
    assert [(one.number, one.is_read, len(one.found)) for one in told.rounds] == [(3, False, 1), (2, True, 0)]
    assert (told.by_reader, told.unchanged > 10) == (True, True)
    office = open_turn(claim).office
    assert [one.is_read for one in shown(claim, world.district, office).rounds] == [
        False,
        False,
    ]  # he spoke before both
    colleague = make_user()
    assert shown(claim, colleague).read_at is None
    of_office = shown(claim, colleague, world.body_office)
    assert (of_office.by_reader, of_office.read_at) == (False, told.read_at)


def test_experts_read_what_was_changed_too(world, signed_in):
    claim = returned_claim(world, "effect")
    claim.contracts.update(number="HT-另一份")
    claim = drive_claim(afresh(claim), "experts", world)
    form_panel(open_turn(claim), world.experts, by=world.body)
    seat = open_turn(claim).seats.first()
    page = signed_in(seat.expert).get(reverse("seat_detail", args=[seat.pk])).content.decode()
    assert ("退回后的修改" in page, "合同第 1 行 编号" in page) == (True, True)


def resubmitted(claim, world):
    return submit_claim(afresh(claim), by=world.applicant)


def test_a_list_that_was_marked_is_not_listed(world):
    claim = returned_claim(world, "receipts", "result_papers")
    claim.receipts.update(serial="LS0001")
    paper = make_document(world.applicant, "补充报告.pdf", b"%PDF-1.4\n% more\n%%EOF\n")
    submit_claim(save_claim(claim, by=world.applicant, papers=(paper,)), by=world.applicant)
    assert changed(claim, world.body) == []


def test_the_draft_of_a_contract_is_named_once(world):
    application = drive_application(world.make_application(), "district_returned", world)
    application.contract_draft = make_document(world.applicant, "合同草案.pdf")
    submit_application(save_application(application, by=world.applicant), by=world.applicant)
    assert changed(application, world.district) == [("合同草案", "空", "合同草案.pdf")]


def test_a_scope_is_listed(world):
    admission = world.decide(world.admit("pending"), world.platform, "send_back", WORDS, corrections=["summary"])
    scope, rows = [*admission.scope.all(), make_category(name="样例范围")], list(admission.qualifications.all())
    save_admission(admission, by=world.applicant, scope=scope, rows=rows)
    submit_admission(afresh(admission), by=world.applicant)
    assert any("样例范围" in now for _, _, now in changed(admission, world.platform))


def test_the_page_of_a_turn_shows_it(world, signed_in):
    claim = returned_claim(world, "effect")
    claim.bank_name = "另一家银行"
    claim = submit_claim(save_claim(claim, by=world.applicant), by=world.applicant)
    page = signed_in(world.district).get(at("turn_detail", open_turn(claim))).content.decode()
    assert "退回后的修改" in page
    for words in ("1 处未要求的修改", "开户行", "示例银行天津分行</del>", "另一家银行</ins>", "没有变化：已读"):
        assert words in page


def test_an_accepted_proposal_is_no_change_outside_the_marks(world):
    application = drive_application(world.make_application(), "district", world)
    accept(proposed(world, open_turn(application)), by=world.applicant)
    application = world.decide(afresh(application), world.district, "send_back", WORDS, corrections=["content"])
    application.content += "补充。"
    submit_application(save_application(application, by=world.applicant), by=world.applicant)
    assert changed(application, world.district) == []
    [line] = [one for one in shown(application, world.district).rounds[0].found if one.note]
    assert (line.new, line.note) == (BETTER, "已接受的更正建议")


def test_what_the_firm_makes_of_it_later_is(world):
    application = drive_application(world.make_application(), "district", world)
    accept(proposed(world, open_turn(application)), by=world.applicant)
    application = world.decide(afresh(application), world.district, "send_back", WORDS, corrections=["content"])
    application.project_name = "又一个名称"
    submit_application(save_application(application, by=world.applicant), by=world.applicant)
    assert [place for place, *_ in changed(application, world.district)] == ["项目名称"]
