"""Cases in every state of every machine, spread over a year, with real papers made on the spot."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.certification.services import save_certification
from accounts.models import Unit, UnitKind, UnitMember, User
from accounts.workflow import State as UnitState
from catalog.models import Product
from orders.models import Order
from orders.services import move_order
from orders.workflow import State as OrderState
from records.models import Document
from records.people import Person
from records.uploads import store_upload
from redemption.form.freezing import frozen_form
from redemption.form.pdf import render_claim_form
from redemption.models import Claim
from redemption.workflow import State as ClaimState
from reviews import panel
from reviews.models import Office, OfficeMember
from tten.demo import names, papers
from tten.demo.drive import Cast, drive_application, drive_claim, drive_order, drive_unit
from tten.demo.people import PINNED
from tten.demo.stories import PLAIN, story_of
from tten.demo.units import off_by_check_digit, term_of
from ui.printing import pdf_ready
from vouchers.workflow import State as ApplicationState

FIRMS = 28
CODE_ON_PROOF = FIRMS + 1  # the firm at 待审核 whose paper shows a wrong check digit
DISTRICTS = ("120104", "120116", "120104", "120103", "120116", "120111", "120116-TEDA", "120104", "120114", "120101")
LIVE = {  # days since the case began, for states that wait on somebody today; all others lie further back
    "draft": 3,
    "district": 5,
    "district_returned": 6,
    "body": 7,
    "body_returned": 8,
    "placed": 2,
    "serving": 12,
}
BEGUN = 0.7  # share of the expert groups of which somebody has given his word
CLAIM_LIVE = {
    "draft",
    "district",
    "district_returned",
    "formal",
    "formal_returned",
    "accepted",
    "experts",
    "form_returned",
}
A_WEEK, SATURDAY = 7, 5
USUAL = 7_000  # yuan: for about so much the firms of the demo order; the whole year of one of them fits under the cap
DEAREST = 9_000
SHORTEST, LONGEST = 70, 350  # days since a case began that has ended, or a voucher that waits to be used


class DemoCast(Cast):
    """The demo's people; papers are drawn, and the clock moves on with every step."""

    def __init__(self, people: dict[str, User], products: list[Product], chance: random.Random) -> None:
        self.people, self.products, self.chance = people, products, chance
        self.platform, self.body, self.body_second = people["platform"], people["body_a"], people["body_b"]
        self.clock = User.objects.clock()
        experts = OfficeMember.objects.filter(office__kind=Office.Kind.EXPERT).order_by("pk")
        self.experts = list(experts.select_related("user"))
        self.today = timezone.now()
        self.number, self.story = 1, PLAIN
        self.traveller: Any = None

    def take_up(self, unit: Unit) -> None:
        """Play the next case for this unit, with the reviewer of its district and one of the products."""
        self.applicant = unit.memberships.get(role=UnitMember.Role.ADMIN).user
        code = unit.district_id or ""
        self.district = self.people[PINNED.get(code, f"district_{code.lower()}")]
        self.contact, self.phone = unit.handler_name, unit.handler_phone
        self.product = self.chance.choice(self.products)
        self.number = max(1, USUAL // int(self.product.price))
        self.story = replace(story_of(self.product), budget=Decimal(self.contract))
        self.provider_member = UnitMember.objects.get(unit=self.product.provider.unit).user

    @property
    def contract(self) -> int:
        """What the firm orders for, in yuan."""
        return self.number * int(self.product.price) if self.product else 0

    def deliver(self, order: Order) -> None:
        """The order is completed before money is asked back for it."""
        move_order(Order.objects.get(pk=order.pk), "complete", by=self.provider_member, words=self.story.delivered)

    def began(self, days: float) -> Any:
        """A clock that starts so many days ago, in working hours."""
        start = self.today - dt.timedelta(days=days)
        return time_machine.travel(start.replace(hour=self.chance.randint(1, 8)), tick=False)

    def pause(self, days: float = 1) -> None:
        """Move the clock on by about so many days to an hour of a working day, but never into the future."""
        if self.traveller is None:
            return
        now = timezone.now()
        later = now + dt.timedelta(days=days * self.chance.uniform(0.5, 1.3) if days < A_WEEK else days)
        later = later.replace(hour=self.chance.randint(1, 8), minute=self.chance.randint(0, 59))
        while later <= now or later.weekday() >= SATURDAY:
            later += dt.timedelta(days=1)
        latest = self.today - dt.timedelta(minutes=self.chance.randint(5, 200))
        self.traveller.move_to(max(now, min(later, latest)))

    def paper(self, by: Person, kind: str, facts: Any) -> Document:
        """Draw the paper with what its row says, and store it as an upload."""
        name, content = getattr(self, f"_{kind}")(facts)
        return store_upload(ContentFile(content, name), by=by)

    def _licence(self, unit: Unit) -> tuple[str, bytes]:
        more = {"legal_representative": unit.legal_representative, "address": unit.address}
        founded, until = unit.founded_on, unit.licence_until
        more |= {"founded": papers.day(founded)} if founded else {}
        more |= {"term": f"至 {papers.day(until)}"} if until else {}
        return "营业执照.jpg", papers.licence_image(unit.name, unit.uscc, **more)

    def _certificate(self, facts: tuple[Unit, Any]) -> tuple[str, bytes]:
        unit, row = facts
        term = f"{papers.day(row.valid_from)} 至 {papers.day(row.valid_until)}"
        return f"{row.label}证书.pdf", papers.certificate_pdf(row.label, row.number, unit.name, term)

    def _invoice(self, row: Any) -> tuple[str, bytes]:
        codes = {"seller_uscc": row.seller_tax_id}
        content = papers.invoice_pdf(row.invoice_number, row.seller, row.buyer, row.gross, row.issued_on, **codes)
        return f"发票{row.invoice_number}.pdf", content

    def _receipt(self, row: Any) -> tuple[str, bytes]:
        accounts = {"payer_account": row.payer_account, "payee_account": row.payee_account}
        content = papers.receipt_pdf(row.serial, row.payer, row.payee, row.amount, row.paid_on, **accounts)
        return "银行回单.pdf", content

    def _contract(self, row: Any) -> tuple[str, bytes]:
        content = papers.contract_pdf(row.name, row.number, row.party_a, row.party_b, row.amount, date=row.signed_on)
        return "技术服务合同.pdf", content

    def _report(self, claim: Claim) -> tuple[str, bytes]:
        order = claim.application.order
        return "检测报告.pdf", papers.report_pdf("检测报告", order.provider.legal_name, claim.unit.name)

    def _form(self, claim: Claim) -> tuple[str, bytes]:
        is_own = self.applicant == self.people["unit_admin"]
        if not is_own or pdf_ready():  # a true form takes a second; pdf_ready() tells which library is missing
            return "申请表.pdf", papers.report_pdf("兑现申请表（扫描件）", claim.unit.name, "天津市科学技术局")
        form = render_claim_form(frozen_form(claim))
        return "申请表扫描件.jpg", papers.signed_form_scan(
            form, unit=claim.unit.name, signer=claim.unit.legal_representative
        )


def make_unit(cast: DemoCast, index: int, admin: User, district: str) -> Unit:
    """A unit at 未认证 with everything filled in."""
    unit = Unit(
        name=names.firm(index),
        uscc=names.code(index, "91", district[:6]),
        kind=UnitKind.ENTERPRISE,
        district_id=district,
        address=names.address("天津市", index),
        founded_on=dt.date(2012 + index % 10, 1 + index % 12, 8),
        legal_representative=names.person(index + 63),
        capital=500 + 100 * index,
        industry=names.TRADES[index % 10],
        honours=["high_tech", "tech_sme"] if index % 3 else ["tech_sme"],
        staff_count=20 + index * 7,
        revenue=800 + 90 * index,
        research_spend=60 + 9 * index,
        handler_name=names.person(index + 7),
        handler_phone=f"1380001{index:04d}",
        **term_of(index, cast.today.date()),
    )
    if index == CODE_ON_PROOF:
        unit.uscc = off_by_check_digit(unit.uscc)
    unit.licence = cast.paper(admin, "licence", unit)
    return save_certification(unit, by=admin)


def make_firms(cast: DemoCast) -> list[Unit]:
    """The demo's own firm first, further certified firms, and two units in every other state."""
    states = [UnitState.CERTIFIED] * FIRMS + [state for state in UnitState if state != UnitState.CERTIFIED] * 2
    others = User.objects.bulk_create(
        User(username=f"firm_{index:02d}", name=names.person(index), password=cast.platform.password)
        for index in range(1, len(states))
    )
    admins = [cast.people["unit_admin"], *others]
    units = []
    for index, (state, admin) in enumerate(zip(states, admins, strict=True)):
        with cast.began(380 - index if state == UnitState.CERTIFIED else 2 + index % 7) as cast.traveller:
            units.append(drive_unit(make_unit(cast, index, admin, DISTRICTS[index % len(DISTRICTS)]), state, cast))
    UnitMember.objects.create(unit=units[0], user=cast.people["handler"], role=UnitMember.Role.HANDLER)
    return units[:FIRMS]


def make_cases(cast: DemoCast, firms: list[Unit]) -> None:
    """One case of every state for the demo's own firm, and one more for others."""
    machines = (
        ("order", OrderState.values, 0),
        ("application", ApplicationState.values, 0),
        ("claim", ClaimState.values, 5),
    )
    for turn in range(2):
        for machine, states, shift in machines:
            for index, state in enumerate(states):
                play(cast, firms[_whose(turn, index + shift, firms)], machine, state)


def _whose(turn: int, index: int, firms: list[Unit]) -> int:
    return 0 if turn == 0 else 1 + (turn * 13 + index) % (len(firms) - 1)


def play(cast: DemoCast, unit: Unit, machine: str, state: str) -> None:
    """Play one case from its beginning to the state."""
    cast.take_up(unit)
    chance = cast.chance
    if machine == "claim":
        days = chance.uniform(30, 37) if state in CLAIM_LIVE else chance.uniform(SHORTEST + 40, LONGEST)
    else:
        days = LIVE[state] * chance.uniform(0.9, 1.3) if state in LIVE else chance.uniform(SHORTEST, LONGEST)
    contract = cast.contract
    with cast.began(days) as cast.traveller:
        order = cast.make_order()
        if machine == "order":
            drive_order(order, state, cast)
            return
        application = cast.make_application(contract, contract // 2, order)
        if machine == "application":
            drive_application(application, state, cast)
            return
        claim = drive_claim(cast.make_claim(drive_application(application, "approved", cast), contract), state, cast)
        if state == ClaimState.EXPERTS and chance.random() < BEGUN:
            seats = panel.form_panel(claim.turns.get(closed_at=None), cast.experts[:3], by=cast.body)
            panel.give_word(seats[1], by=seats[1].expert, word="agree", amount=claim.asked_amount)
