"""What the demo's own firm keeps in its 材料箱: one of most kinds, one that ends soon, one that has ended."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from accounts.box.services import keep_paper, put_in
from accounts.models import BoxPaper, Unit, UnitMember
from records.uploads import store_upload
from tten.demo import papers
from tten.demo.cases import DemoCast

Kind = BoxPaper.Kind
BANK, ACCOUNT, CENTRE = "示例银行天津分行营业部", "6222000000008899", "示例检测中心"
SOON, PAST, YEAR = 20, 40, 365  # days
Kept = tuple[str, str, bytes, dict[str, Any]]  # kind, name of the file, content, what is known of it


def fill_box(cast: DemoCast, firm: Unit, today: dt.date) -> None:
    """Put the papers in, as the firm's administrator would."""
    admin = firm.memberships.get(role=UnitMember.Role.ADMIN).user
    for kind, name, content, facts in [*lasting(firm), *ending(firm, today)]:
        cast.pause()
        paper = put_in(firm, store_upload(ContentFile(content, name), by=admin), kind, by=admin)
        for field, value in facts.items():
            setattr(paper, field, value)
        keep_paper(paper, by=admin)


def lasting(firm: Unit) -> Iterator[Kept]:
    """Licence, account and a result."""
    more = {"legal_representative": firm.legal_representative, "address": firm.address}
    licence = papers.licence_image(firm.name, firm.uscc, **more)
    yield Kind.LICENCE, "营业执照副本.jpg", licence, {"name": "营业执照（副本）", "permanent": True}
    report = papers.report_pdf("检测报告", CENTRE, firm.name)
    yield Kind.RESULT, "检测报告.pdf", report, {"name": "上年度检测报告"}
    facts = {"account_name": firm.name, "bank_name": BANK, "account_number": ACCOUNT}
    proof = papers.account_pdf(firm.name, BANK, ACCOUNT)
    yield Kind.ACCOUNT, "开户许可证.pdf", proof, {"name": "基本存款账户"} | facts


def ending(firm: Unit, today: dt.date) -> Iterator[Kept]:
    """A contract that ends soon, a certificate that has ended."""
    name, ends, ended = "年度检测服务合同", today + dt.timedelta(days=SOON), today - dt.timedelta(days=PAST)
    signed = ends - dt.timedelta(days=YEAR)
    contract = papers.contract_pdf(name, "HT-演示-018", firm.name, CENTRE, Decimal(36_000), date=signed)
    yield Kind.CONTRACT, f"{name}.pdf", contract, {"name": name, "valid_from": signed, "valid_until": ends}
    certificate = papers.certificate_pdf("管理体系认证", "YS-演示-0021", firm.name, f"至 {papers.day(ended)}")
    yield Kind.CERTIFICATE, "管理体系认证证书.pdf", certificate, {"name": "管理体系认证证书", "valid_until": ended}
