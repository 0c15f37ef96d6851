"""A person at a browser without script: opens pages, posts the real forms, is told off if a form refuses."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.helpers import afresh
from tests.records.papers import pdf
from vouchers.models import Application

CONTENT = (
    "委托检测新材料的力学性能，数据用于确定配方和结构参数，支撑样机定型和后续批量试制，并写入研发记录，供后续型号参考。"
)
EFFECT = "服务机构按期完成全部检测项目并出具报告，数据用于材料选型，样机通过内部评审，疲劳寿命提高两成。" * 3


def day(ahead=0):
    return f"{timezone.localdate() + dt.timedelta(ahead):%Y-%m-%d}"


def paper(name):
    return SimpleUploadedFile(name, pdf(), "application/pdf")


def picture(name):
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


class Person:
    """Somebody with a session of his own."""

    def __init__(self, user=None):
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def open(self, name, /, *args):
        """The page, which must be there."""
        response = self.client.get(reverse(name, args=args))
        assert response.status_code == 200, (name, response.status_code)
        return response

    def reads(self, name, *args):
        """The text of the page."""
        return self.open(name, *args).content.decode()

    def send(self, name, /, *args, **data):
        """Post a form that must be taken: it answers with another page to go to."""
        response = self.client.post(reverse(name, args=args), data)
        if response.status_code != 302:
            form = (response.context or {}).get("form")
            raise AssertionError(
                (name, response.status_code, getattr(form, "errors", response.content.decode()[:2000]))
            )
        return response["Location"]

    def decide(self, case, verdict="pass_review", text="材料齐全，符合条件。", **more):
        """Give the office's word as the desk takes it: its message stands beside it, and one POST takes it."""
        turn = case.turns.get(closed_at=None)
        seen = self.open("turn_detail", turn.pk).context["case"].version
        said = {"verdict": verdict, "text": text, "seen": seen, **more}
        beside = self.client.post(reverse("turn_letter", args=[turn.pk]), said, headers={"HX-Request": "true"})
        assert beside.context["letter"].text, beside.content.decode()
        self.send("turn_opinion", turn.pk, **said)
        return afresh(case)


def order(buyer, product, **changes):
    """【立刻申请】 and 【确认申请】; the order."""
    buyer.open("product_detail", product.number)
    typed = {
        "requirement": "需要检测一批新材料的力学性能，用于改进设计。", "budget": "20000",
        "wanted_on": day(30), "contact": "贾经办", "phone": "13800000000",
    }  # fmt: skip
    buyer.send("order_place", product.number, **typed | changes)
    return product.orders.latest("pk")


def fill_application(applicant, application, **changes):
    """Type the whole application and go on to the check."""
    typed = {
        "project_name": "新材料力学性能研究", "content": CONTENT, "planned_from": day(), "planned_to": day(90),
        "district": "120104", "contract_amount": "20,000.00", "applied_amount": "10000", "declares_unrelated": "on",
        "declares_no_other_funds": "on", "declares_not_statutory": "on", "pledge": "on", "contact": "贾经办",
        "phone": "13800000000", "act": "submit", "seen": application.version,
    }  # fmt: skip
    applicant.send("application_edit", application.number, **typed | changes)
    return afresh(application)


def hand_in(applicant, application):
    """Check the answers and hand the application in."""
    assert applicant.open("application_check", application.number).context["refusals"] == []
    applicant.send("application_submit", application.number, seen=application.version)
    return afresh(application)


def apply(applicant, bought, **changes):
    """【申请创新券】 on the order, filled in and handed in."""
    applicant.send("application_start", bought.number)
    application = Application.objects.live().get(order=bought)
    return hand_in(applicant, fill_application(applicant, application, **changes))


def rows_of(claim, amount="20000", number="26120000000000000001"):
    """One contract, one invoice and one bank receipt, as they are typed."""
    unit, provider = claim.unit.name, claim.application.order.provider
    today = day()
    return {
        "contract": {
            "name": "技术服务合同", "number": "HT-1", "party_a": unit, "party_b": provider.legal_name, "amount": amount,
            "signed_on": today, "starts_on": today, "ends_on": today, "file": paper("合同.pdf"),
        },
        "invoice": {
            "kind": "digital_plain", "code": "", "invoice_number": number, "issued_on": today, "buyer": unit,
            "seller": provider.legal_name, "seller_tax_id": provider.uscc, "net": amount, "tax": "0",
            "file": paper("发票.pdf"),
        },
        "receipt": {
            "paid_on": today, "payer": unit, "payer_account": "1200000000000001", "payee": provider.legal_name,
            "payee_account": "1200000000000002", "amount": amount, "serial": f"LS-{number}", "file": paper("回单.pdf"),
        },
    }  # fmt: skip


def claim_for(applicant, application, **rows):
    """The whole redemption, filled in and handed in."""
    claim = draft_claim(applicant, application, **rows)
    assert applicant.open("claim_check", claim.number).context["refusals"] == []
    applicant.send("claim_submit", claim.number, seen=claim.version)
    return afresh(claim)


def draft_claim(applicant, application, **rows):
    """Begin the redemption, 【添加】 and 【保存】 the rows, fill in the rest."""
    applicant.send("claim_start", application.number)
    claim = application.claims.latest("pk")
    for kind, typed in rows_of(claim, **rows).items():
        applicant.send("claim_row", claim.number, kind, **typed)
    typed = {
        "completed_on": day(), "effect": EFFECT, "bank_name": "示例银行天津分行", "rating": "5", "act": "submit",
        "account_number": "1200000000000001", "result_papers": paper("检测报告.pdf"), "seen": afresh(claim).version,
    }  # fmt: skip
    applicant.send("claim_edit", claim.number, **typed)
    return afresh(claim)


def review_form(body, world, claim, **word):
    """The body forms a group of three, and each expert gives his word."""
    turn = claim.turns.get(closed_at=None)
    body.send("panel_form", turn.pk, experts=[member.pk for member in world.experts])
    for seat in turn.seats.all():
        expert = Person(seat.expert)
        expert.open("seat_detail", seat.pk)
        expert.send("seat_word", seat.pk, **{"word": "agree", **word})
