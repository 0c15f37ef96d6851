"""A 兑现申请表 of plainly fictional values, as long as a test wants it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from redemption.form.claim_form import (
    Applicant,
    ClaimForm,
    ContractLine,
    InvoiceLine,
    OfficeOpinion,
    Outcome,
    ReceiptLine,
    Redemption,
    Service,
)

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
FROZEN_AT = dt.datetime(2026, 11, 24, 10, 20, tzinfo=SHANGHAI)
UNIT, PROVIDER = "天津星桥示例科技有限公司", "天津示范检测技术有限公司"
ACCOUNT = "6222020302012345678"
PLEDGE = "本单位郑重承诺：\n一、所填报的信息和上传的材料真实、准确、完整；\n二、如有不实，愿意退回补贴资金。"


def sample_form(lines=2, outcome="已按合同完成全部试验，取得检测报告 3 份。", **applicant):
    """Return a sealed form with so many invoices and receipts; keywords replace fields of the applicant."""
    return ClaimForm(
        number="SQB20260000123",
        version=2,
        frozen_at=FROZEN_AT,
        year=2026,
        applicant=replace(APPLICANT, **applicant),
        service=SERVICE,
        redemption=Redemption(Decimal(40000), Decimal("0.50"), Decimal(20000), UNIT, "示例银行天津南开支行", ACCOUNT),
        outcome=Outcome(dt.date(2026, 10, 20), outcome, ("检测报告.pdf",), 5),
        pledge=PLEDGE,
        contracts=(CONTRACT,),
        invoices=tuple(_invoice(index) for index in range(lines)),
        receipts=tuple(_receipt(index) for index in range(lines)),
        district_opinion=OfficeOpinion("南开区科技主管部门", "通过", "材料齐全，同意报送形式审查。", FROZEN_AT),
        body_opinion=OfficeOpinion("示例专业机构", "通过", "发票、付款凭证与合同一致。", FROZEN_AT),
    ).sealed()


APPLICANT = Applicant(
    name=UNIT,
    uscc="91120104000000019E",
    kind="企业",
    district="南开区",
    address="天津市南开区示例路 18 号",
    legal_representative="张示例",
    founded=dt.date(2018, 5, 3),
    staff=46,
    revenue=Decimal("12345678.90"),
    handler="李演示",
    phone="13800001234",
)
SERVICE = Service(
    voucher_number="TJQ20260000088",
    application_number="XQ20260000123",
    project="新型耐腐蚀涂层力学试验",
    content="对新型耐腐蚀涂层样件开展盐雾、疲劳与冲击试验，为配方优化提供依据。",
    product="涂层力学与可靠性试验套餐",
    category="检验检测 / 力学与可靠性试验",
    provider=PROVIDER,
    provider_uscc="91120116000000027M",
    approved_amount=Decimal(50000),
    approved_on=dt.date(2026, 3, 18),
)
CONTRACT = ContractLine(
    "技术服务合同", "HT-2026-001", UNIT, PROVIDER, dt.date(2026, 4, 1), "2026-04-01 至 2026-10-31", Decimal(40000)
)


def _invoice(index):
    number, issued = f"2512200000000{index:07d}", dt.date(2026, 9, 1)
    return InvoiceLine(
        "数电普票", "", number, issued, PROVIDER, Decimal("18867.92"), Decimal("1132.08"), Decimal("20000.00")
    )


def _receipt(index):
    return ReceiptLine(
        dt.date(2026, 9, 10), UNIT, ACCOUNT, PROVIDER, "120500000000009876", f"2026{index:08d}", Decimal("20000.00")
    )
