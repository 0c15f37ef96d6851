"""What a person types into the rows and the form of a redemption."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.records.papers import pdf

NUMBER = "26999999999999999999"


def paper(name="发票.pdf", content=None):
    return SimpleUploadedFile(name, pdf() if content is None else content)


def invoice(world, **changes):
    return {
        "kind": "digital_plain",
        "code": "",
        "invoice_number": NUMBER,
        "issued_on": timezone.localdate().isoformat(),
        "seller": world.provider.name,
        "seller_tax_id": world.provider.uscc,
        "buyer": world.unit.name,
        "net": "9,433.96",
        "tax": "566.04",
        "gross": "10,000.00",
        **changes,
    }


def receipt(world, **changes):
    return {
        "paid_on": timezone.localdate().isoformat(),
        "payer": world.unit.name,
        "payer_account": "1200 0000 0000 0001",
        "payee": world.provider.name,
        "payee_account": "1200000000000002",
        "amount": "10000",
        "serial": "LS-0001",
        **changes,
    }


def contract(world, **changes):
    today = timezone.localdate().isoformat()
    return {
        "name": "技术服务合同",
        "number": "HT-9",
        "party_a": world.unit.name,
        "party_b": world.provider.name,
        "signed_on": today,
        "starts_on": today,
        "ends_on": today,
        "amount": "10000",
        **changes,
    }


def answers(**changes):
    return {
        "completed_on": timezone.localdate().isoformat(),
        "effect": "检测数据用于材料选型，样机通过评审。" * 8,
        "bank_name": "示例银行天津分行",
        "account_number": "1200000000000001",
        "rating": "5",
        **changes,
    }
