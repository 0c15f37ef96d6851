"""Cases that were never saved, for tests without a database: a rule reads what it is told, and asks nobody.

Each is whole, so that every rule holds of it; a test changes the one thing that it is about.
"""

import datetime as dt
from decimal import Decimal

from accounts.models import Unit, UnitKind
from catalog.models import Laboratory, Product, Provider
from orders.models import Order
from policy.models import PolicyVersion
from records.models import Document
from redemption.models import Claim, Contract, Invoice, Receipt
from reviews.models import District
from tests.factories import BEIJING, FIRM, PROVIDER
from vouchers.models import Application

DAY = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)  # ten o'clock in Tianjin
PLAIN, LABORATORY = "样例检测服务中心", "北京样例研究院"


def having(row, **related):
    """The row with these rows on the other side of its relations, as after `prefetch_related`."""
    row.pk = row.pk or 1
    for name, rows in related.items():
        found = row._meta.get_field(name).related_model._default_manager.none()
        found._result_cache = list(rows)
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = found
    return row


def a_unit(**facts):
    """A certified firm with everything filled in."""
    unit = Unit(
        **{
            "pk": 1,
            "state": "certified",
            "name": "海河样例科技有限公司",
            "uscc": FIRM,
            "kind": UnitKind.ENTERPRISE,
            "district": District(code="120104", name="南开区"),
            "address": "样例路 1 号",
            "founded_on": dt.date(2018, 5, 1),
            "legal_representative": "甄样例",
            "handler_name": "贾经办",
            "handler_phone": "13800000000",
            "licence": Document(name="执照.pdf"),
            "licence_permanent": True,
            **facts,
        }
    )
    return having(unit, box=[])


def a_provider(**facts):
    """A provider that is no laboratory."""
    provider = Provider(**{"pk": 1, "name": PLAIN, "uscc": PROVIDER, "is_admitted": True, **facts})
    provider._state.fields_cache["laboratory"] = None
    return provider


def a_laboratory(**facts):
    """The provider behind which stands a laboratory of somebody else's."""
    provider = Provider(pk=1, name="样例实验室", uscc=BEIJING)
    Laboratory(**{"provider": provider, "host_name": LABORATORY, "host_uscc": BEIJING, **facts})
    return provider


def an_order(**facts):
    """The firm's order of a marked product, at work."""
    provider = facts.setdefault("provider", a_provider())
    product = Product(name="材料力学性能检测", provider=provider, price=Decimal(1000), is_marked=True)
    return Order(
        **{
            "pk": 1,
            "state": "serving",
            "unit": a_unit(),
            "product": product,
            "is_marked": True,
            "product_name": product.name,
            "price": product.price,
            "wanted_on": dt.date(2026, 12, 31),
            **facts,
        }
    )


def an_application(**facts):
    """A whole draft for 50 000 yuan of 100 000."""
    unit = facts.setdefault("unit", a_unit())
    order = facts.setdefault("order", an_order(unit=unit))
    return Application(
        **{
            "pk": 1,
            "policy": PolicyVersion(),
            "district": unit.district,
            "project_name": order.product_name,
            "content": "字" * 50,
            "contract_amount": Decimal(100_000),
            "applied_amount": Decimal(50_000),
            "planned_from": DAY,
            "planned_to": DAY,
            "contact": "贾经办",
            "phone": "13800000000",
            "declares_unrelated": True,
            "declares_no_other_funds": True,
            "declares_not_statutory": True,
            "pledged_at": AT,
            **facts,
        }
    )


def a_voucher(**facts):
    """The same at 复审通过."""
    return an_application(
        **{
            "state": "approved",
            "voucher_number": "CXQ20260000001",
            "approved_amount": Decimal(50_000),
            "approved_at": AT,
            "submitted_at": AT,
            "use_by": dt.date(2027, 11, 24),
            "redeem_by": dt.date(2028, 2, 24),
            **facts,
        }
    )


def a_claim(rows=None, **facts):
    """A whole draft for 50 000 yuan: a result, and one paper of each kind over 100 000.

    rows: name of a list → its rows, instead of the usual ones.
    """
    voucher = facts.setdefault("application", a_voucher())
    claim = Claim(
        **{
            "unit": voucher.unit,
            "district": voucher.district,
            "completed_on": DAY,
            "effect": "字" * 100,
            "account_name": voucher.unit.name,
            "bank_name": "示例银行",
            "account_number": "1200000000000001",
            "rating": 5,
            **facts,
        }
    )
    usual = {"result_papers": [Document(name="检测报告.pdf")], **papers_of(voucher)}
    return having(claim, **{**usual, **(rows or {})})


def papers_of(voucher, amount=Decimal(100_000)):
    """One invoice, one receipt and one contract over the amount, between the unit and the provider's legal person."""
    unit, provider = voucher.unit.name, voucher.order.provider.legal_name
    net = (amount / Decimal("1.06")).quantize(Decimal("0.01"))
    return {
        "invoices": [an_invoice(buyer=unit, seller=provider, net=net, tax=amount - net, gross=amount)],
        "receipts": [a_receipt(payer=unit, payee=provider, amount=amount)],
        "contracts": [
            Contract(
                pk=1, number="HT-9", party_a=unit, party_b=provider, amount=amount, signed_on=DAY, document=Document()
            )
        ],
    }


def an_invoice(**facts):
    """A 数电发票."""
    return Invoice(
        **{
            "pk": 1,
            "kind": "digital_plain",
            "invoice_number": "26999999999999999999",
            "issued_on": DAY,
            "document": Document(name="发票.pdf"),
            **facts,
        }
    )


def a_receipt(**facts):
    """A bank's receipt."""
    return Receipt(
        **{"pk": 1, "serial": "LS-0001", "paid_on": DAY, "document": Document(name="回单.pdf"), **facts},
    )
