"""A small world, built through the same services as the portal: people of every role, and cases in every state.

`World()` makes the people; `make_*` make things; `drive_*` bring a case to a state by the steps that lead there.
"""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Unit, UnitKind, UnitMember, User
from accounts.services import save_certification, set_frozen, submit_certification
from catalog.models import Category, LabBatch, Laboratory, Product, Provider
from orders.models import Order
from orders.services import move_order, place_order
from records.models import Document
from redemption.models import Claim, Contract, Invoice, Receipt
from redemption.services import end_claim, save_claim, save_row, start_claim, submit_claim, upload_stamped_form
from reviews import panel
from reviews.models import District, Office, OfficeMember
from reviews.reasons import Reason
from reviews.services import advance, give_opinion
from vouchers.models import Application
from vouchers.services import end_application, save_application, start_application, submit_application

CODES = (  # plainly fictional, all pass the check digit (domain.md §6.2)
    "91120104000000019E", "91120116000000027M", "91120222MA00000312", "121200000000000510", "9111010800000006X7",
    "91130100000000078U", "52120000000000086E",
)  # fmt: skip
FIRM, OTHER_FIRM, PROVIDER, BEIJING = CODES[0], CODES[1], CODES[3], CODES[4]
counter = itertools.count(1)


def make_user(username="", **fields):
    username = username or f"user{next(counter)}"
    return User.objects.create_user(username, password="tten-test-2026", **{"name": f"测试{username}", **fields})


def make_document(by, name="材料.pdf", content=b"%PDF-1.4\n%%EOF\n"):
    return Document.objects.create(
        file=ContentFile(content, name), name=name, content_type="application/pdf", size=len(content),
        sha256=f"{next(counter):064x}", created_by=by,
    )  # fmt: skip


def make_office(kind, name="", *people, district=None, financial=()):
    office = Office.objects.create(kind=kind, name=name or f"单位{next(counter)}", district=district)
    for person in people:
        OfficeMember.objects.create(office=office, user=person, is_financial=person in financial)
    return office


def make_unit(admin, uscc=FIRM, name="海河样例科技有限公司", district="120104", **fields):
    """A unit at 未认证 with everything filled in."""
    unit = Unit(
        name=name, uscc=uscc, district=District.objects.get(code=district), licence=make_document(admin),
        **{
            "kind": UnitKind.ENTERPRISE, "address": "样例路 1 号", "founded_on": dt.date(2018, 5, 1),
            "legal_representative": "甄样例", "handler_name": "贾经办", "handler_phone": "13800000000", **fields,
        },
    )  # fmt: skip
    return save_certification(unit, by=admin)


def make_category(**fields):
    number = next(counter)
    return Category.objects.create(**{"code": f"c{number}", "name": f"类别{number}", "may_be_marked": True, **fields})


def make_provider(member=None, uscc=PROVIDER, name="样例检测服务中心", **fields):
    unit = None
    if member is not None:
        unit = Unit.objects.create(name=name, uscc=uscc, kind=UnitKind.INSTITUTION)
        UnitMember.objects.create(unit=unit, user=member, role=UnitMember.Role.ADMIN)
    return Provider.objects.create(**{"name": name, "uscc": uscc, "unit": unit, "is_admitted": True, **fields})


def make_laboratory(batch=None, **fields):
    number = next(counter)
    batch = batch or LabBatch.objects.get_or_create(number=1, defaults={"published_on": dt.date(2025, 1, 1)})[0]
    provider = make_provider(name=f"样例实验室{number}", uscc=BEIJING, region="beijing")
    return Laboratory.objects.create(
        **{
            "provider": provider, "number": f"JJJ{number:05d}", "host_name": "北京样例研究院", "host_uscc": BEIJING,
            "kind": "national", "fields": ["materials"], "batch": batch, **fields,
        }
    )  # fmt: skip


def make_product(provider, category=None, **fields):
    return Product.objects.create(
        **{
            "provider": provider, "category": category or make_category(), "name": "材料力学性能检测",
            "price": Decimal(1000), "status": Product.Status.ON_SALE, "is_marked": True, **fields,
        }
    )  # fmt: skip


@dataclass
class World:
    """People of every role. `applicant` belongs to the certified firm `unit`, `stranger` to another one."""

    names: tuple[str, ...] = (
        "applicant", "stranger", "provider_member", "platform", "district", "other_district", "body", "body_second",
        "other_body", "municipal", "administrator", "expert_1", "expert_2", "expert_3",
    )  # fmt: skip
    people: dict = field(default_factory=dict)

    def __post_init__(self):
        self.people = {name: make_user(name) for name in self.names}
        self.people["clock"] = User.objects.clock()
        self.administrator.is_staff = self.administrator.is_superuser = True
        self.administrator.save()
        kinds, district = Office.Kind, District.objects.get
        self.platform_office = make_office(kinds.PLATFORM, "科服网平台", self.platform)
        self.district_office = make_office(
            kinds.DISTRICT, "南开区科技局", self.district, district=district(code="120104")
        )
        self.other_district_office = make_office(
            kinds.DISTRICT, "滨海新区科技局", self.other_district, district=district(code="120116")
        )
        self.body_office = make_office(kinds.BODY, "样例专业机构", self.body, self.body_second)
        self.municipal_office = make_office(kinds.MUNICIPAL, "市科技局", self.municipal)
        experts = [self.expert_1, self.expert_2, self.expert_3]
        self.expert_office = make_office(kinds.EXPERT, "专家库", *experts, financial=[self.expert_1])
        self.unit = drive_unit(make_unit(self.applicant), "certified", self)
        self.other_unit = drive_unit(
            make_unit(self.stranger, OTHER_FIRM, "渤海样例制造有限公司", "120116"), "certified", self
        )
        self.other_body_office = make_office(kinds.BODY, "另一专业机构", self.other_body)
        self.provider = make_provider(self.provider_member)
        self.product = make_product(self.provider)

    def __getattr__(self, name):
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    def make_order(self, by=None, product=None):
        order = Order(
            requirement="需要检测一批新材料的力学性能。", budget="10 件", wanted_on=timezone.localdate() + dt.timedelta(30),
            contact="贾经办", phone="13800000000",
        )  # fmt: skip
        return place_order(order, product or self.product, by=by or self.applicant)

    def make_application(self, contract=100_000, applied=50_000, order=None, by=None):
        """A complete draft."""
        by = by or self.applicant
        application = start_application(order or self.make_order(by), by=by)
        today = timezone.localdate()
        application.project_name, application.content = "新材料研发检测项目", "为新产品研发提供检测数据。" * 6
        application.contract_amount, application.applied_amount = Decimal(contract), Decimal(applied)
        application.planned_from, application.planned_to = today, today + dt.timedelta(90)
        application.contact, application.phone = "贾经办", "13800000000"
        application.declares_unrelated = application.declares_no_other_funds = True
        application.declares_not_statutory, application.pledged_at = True, timezone.now()
        return save_application(application, by=by)

    def make_claim(self, application=None, amount=100_000, paid=None):
        """A complete draft on an approved voucher whose order the provider has confirmed."""
        application = application or drive_application(self.make_application(), "approved", self)
        if application.order.state == "placed":
            move_order(application.order, "confirm", by=self.provider_member)
        claim = start_claim(Application.objects.get(pk=application.pk), by=self.applicant)
        fill_claim(claim, self, Decimal(amount), Decimal(amount if paid is None else paid))
        return Claim.objects.get(pk=claim.pk)

    def decide(self, case, by, verdict, text="", reason="", **more):
        turn = case.turns.get(closed_at=None)
        give_opinion(turn, by=by, verdict=verdict, text=text, reason=reason, **more)
        return type(case).objects.get(pk=case.pk)

    def hear_experts(self, claim, word="agree", amount=Decimal(0)):
        turn = claim.turns.get(closed_at=None)
        for seat in panel.form_panel(turn, list(self.expert_office.memberships.all()), by=self.body):
            panel.give_word(seat, by=seat.expert, word=word, amount=amount, text="按规定核定。")


def fill_claim(claim, world, amount, paid):
    by, today, number = world.applicant, timezone.localdate(), next(counter)
    save_row(
        Invoice(
            kind="digital_plain", invoice_number=f"{number:020d}", issued_on=today, seller=world.provider.legal_name,
            seller_tax_id=world.provider.uscc, buyer=claim.unit.name, net=amount, tax=Decimal(0), gross=amount,
            document=make_document(by, "发票.pdf"),
        ), claim, by=by,
    )  # fmt: skip
    save_row(
        Receipt(
            paid_on=today, payer=claim.unit.name, payer_account="1200000000000001", payee=world.provider.legal_name,
            payee_account="1200000000000002", amount=paid, serial=f"LS{number}", document=make_document(by, "回单.pdf"),
        ), claim, by=by,
    )  # fmt: skip
    save_row(
        Contract(
            name="技术服务合同", number=f"HT{number}", party_a=claim.unit.name, party_b=world.provider.legal_name,
            signed_on=today, starts_on=today, ends_on=today + dt.timedelta(60), amount=amount,
            document=make_document(by, "合同.pdf"),
        ), claim, by=by,
    )  # fmt: skip
    claim.completed_on, claim.effect, claim.rating = today, "完成全部检测项目，形成检测报告，支撑了新产品定型。" * 5, 5
    claim.bank_name, claim.account_number = "样例银行天津分行", "1200000000000001"
    save_claim(claim, by=by, papers=(make_document(by, "检测报告.pdf"),))


def drive_unit(unit, state, world):
    """Bring a complete unit from 未认证 to the state."""
    admin = unit.memberships.get(role="admin").user
    if state != "uncertified":
        unit = submit_certification(unit, by=admin)
    verdict = {"returned": "send_back", "rejected": "reject", "pending": None, "uncertified": None}.get(
        state, "pass_review"
    )
    if verdict:
        unit = world.decide(unit, world.platform, verdict, "执照照片不清晰，请重新上传。", Reason.QUAL)
    if state == "expired":
        unit = advance(unit, "reopen", by=admin)
    if state == "frozen":
        unit = set_frozen(unit, frozen=True, by=world.platform, text="提供虚假材料。")
    return unit


def drive_order(order, state, world):
    """Bring an order from 待服务机构确认 to the state."""
    if state in {"serving", "completed"}:
        order = move_order(order, "confirm", by=world.provider_member)
    last = {"completed": ("complete", world.provider_member), "declined": ("decline", world.provider_member),
            "cancelled": ("cancel", world.applicant)}.get(state)  # fmt: skip
    return move_order(order, last[0], by=last[1], words="情况有变化。") if last else order


def drive_application(application, state, world):
    """Bring a complete draft to the state."""
    if state == "draft":
        return application
    if state in {"withdrawn", "voided", "lapsed", "redeemed"}:
        return _end_application(application, state, world)
    application = submit_application(application, by=world.applicant)
    if state.startswith("district"):
        return _stop_at(application, state, world, world.district)
    application = world.decide(application, world.district, "pass_review")
    if state.startswith("body"):
        return _stop_at(application, state, world, world.body)
    return world.decide(application, world.body, "pass_review")


def _end_application(application, state, world):
    if state == "withdrawn":
        return end_application(drive_application(application, "district", world), "withdraw", by=world.applicant)
    if state == "lapsed":
        return end_application(drive_application(application, "body_returned", world), "lapse", by=world.clock)
    if state == "voided":
        return end_application(drive_application(application, "approved", world), "give_back", by=world.applicant)
    drive_claim(world.make_claim(drive_application(application, "approved", world)), "passed", world)
    return Application.objects.get(pk=application.pk)


def _stop_at(case, state, world, person):
    verdict = {"returned": "send_back", "rejected": "reject"}.get(state.rpartition("_")[2])
    return (
        world.decide(case, person, verdict, "服务内容与研发活动的关系不清楚，请补充。", Reason.DESC)
        if verdict
        else case
    )


def drive_claim(claim, state, world):
    """Bring a complete draft to the state."""
    if state == "draft":
        return claim
    if state == "lapsed":
        return end_claim(drive_claim(claim, "formal_returned", world), "lapse", by=world.clock)
    claim = submit_claim(claim, by=world.applicant)
    if state == "withdrawn":
        return end_claim(claim, "withdraw", by=world.applicant)
    if state.startswith("district"):
        return _stop_at(claim, state, world, world.district)
    claim = world.decide(claim, world.district, "pass_review", "材料齐全。")
    if state.startswith("formal") and state != "form_returned":
        return _stop_at(claim, state, world, world.body)
    claim = world.decide(claim, world.body, "pass_review", "形式审查合格。")
    return claim if state == "accepted" else _after_acceptance(claim, state, world)


def _after_acceptance(claim, state, world):
    claim = upload_stamped_form(claim, make_document(world.applicant, "盖章申请表.pdf"), by=world.applicant)
    if state == "form_returned":
        return world.decide(claim, world.body_second, "return_form", "申请表未盖章。", Reason.FORM)
    if state == "experts":
        return claim
    world.hear_experts(claim)
    verdict = "reject" if state == "experts_rejected" else "pass_review"
    return world.decide(claim, world.body_second, verdict, "专家组评审意见。", Reason.SCOPE)
