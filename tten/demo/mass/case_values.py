"""What stands in the copy of a case where it is not what the pattern has: column → SQL."""

from orders.models import Order
from redemption.models import Claim
from tten.demo.mass.copying import by_kind, folded
from tten.demo.mass.forms import CONTRACT_NUMBER, INVOICE_NUMBER, SERIAL
from vouchers.models import Application

OF_FIRM = {
    "unit_id": "c.unit_id",
    "snapshot_id": "CASE WHEN row.snapshot_id IS NOT NULL THEN c.snapshot_id END",
    "policy_id": "CASE WHEN row.policy_id IS NOT NULL THEN c.policy_id END",
}
YUAN = "to_char(round({}::numeric * c.ratio, 2), 'FM999999990.00')"
TERM = "(row.submitted_terms->>'{}')"
ORDER = {
    "number": "c.order_number",
    "unit_id": "c.unit_id",
    "category_may_be_marked": "c.may_be_marked",
    "is_marked": "true",
    "contact": "c.handler_name",
    "phone": "c.handler_phone",
    **{
        name: f"c.{name}"
        for name in ("product_id", "provider_id", "product_name", "category_name", "price", "price_unit")
    },
}
APPLICATION = OF_FIRM | {
    "number": "c.application_number",
    "project_name": "c.project",
    "contact": "c.handler_name",
    "phone": "c.handler_phone",
    "account_id": "CASE WHEN row.account_id IS NOT NULL THEN c.account_id END",
    "voucher_number": "CASE WHEN row.voucher_number IS NOT NULL THEN c.voucher_number END",
    "use_by": "(c.approved_on + make_interval(months => c.use_months))::date",
    "redeem_by": "(c.approved_on + make_interval(months => c.use_months + c.redeem_months))::date",
    "submitted_terms": f"""
        CASE WHEN row.submitted_terms = '{{}}' THEN row.submitted_terms ELSE row.submitted_terms || jsonb_build_object(
            'contract', {YUAN.format(TERM.format("contract"))}, 'applied', {YUAN.format(TERM.format("applied"))}) END""",
}
LEDGER = {"account_id": "c.account_id"}
CONTRACTS = f"""
    (SELECT jsonb_agg(jsonb_build_array(
            {CONTRACT_NUMBER.format(day="contract.signed_on", place="(part.place - 1)")},
            {YUAN.format("(part.value->>1)")}, part.value->>2) ORDER BY part.place)
       FROM jsonb_array_elements(row.submitted_terms->'contracts') WITH ORDINALITY part (value, place)
       JOIN redemption_contract contract ON contract.claim_id = row.id AND contract.number = part.value->>0)
"""
SUMS = ", ".join(f"'{name}', {YUAN.format(TERM.format(name))}" for name in ("contract", "net", "gross", "receipts"))
CLAIM = OF_FIRM | {
    "number": "c.claim_number",
    "account_name": "c.unit_name",
    "account_number": "CASE WHEN row.account_number = '' THEN '' ELSE c.unit_account END",
    "form_number": "CASE WHEN row.form_number IS NOT NULL THEN c.form_number END",
    "form_content": "c.form_text::jsonb",
    "form_hash": "coalesce(encode(sha256(convert_to(c.form_text, 'UTF8')), 'hex'), '')",
    "submitted_terms": f"""
        CASE WHEN row.submitted_terms = '{{}}' THEN row.submitted_terms
             ELSE jsonb_build_object({SUMS}, 'contracts', {CONTRACTS}) END""",
}
INVOICE = {
    "invoice_number": INVOICE_NUMBER.format(day="row.issued_on", place="own.place"),
    "seller": "c.provider_name",
    "seller_tax_id": "c.provider_uscc",
    "buyer": "c.unit_name",
    "tax": "round(row.gross * c.ratio, 2) - round(row.net * c.ratio, 2)",
}
RECEIPT = {
    "serial": SERIAL.format(day="row.paid_on", place="own.place"),
    "payer": "c.unit_name",
    "payer_account": "c.unit_account",
    "payee": "c.provider_name",
    "payee_account": "c.provider_account",
}
CONTRACT = {
    "number": CONTRACT_NUMBER.format(day="row.signed_on", place="own.place"),
    "party_a": "c.unit_name",
    "party_b": "c.provider_name",
}
EVENT = {"text": "coalesce(replace(row.text, q.claim_number, c.claim_number), row.text)"}


def turn_values() -> dict[str, str]:
    """What an inbox shows of a case without asking it."""
    return {
        "title": by_kind({Order: "''", Application: "c.project", Claim: "'兑现：' || c.project"}),
        "unit_name": "c.unit_name",
        "number": by_kind({Order: "c.order_number", Application: "c.application_number", Claim: "c.claim_number"}),
        "district": "c.district_name",
        "category": "c.category_name",
        "search_text": folded(
            by_kind({Order: "c.order_number", Application: "c.application_number", Claim: "c.claim_number"}),
            by_kind({Order: "''", Application: "c.project", Claim: "'兑现：' || c.project"}),
            *("c.unit_name", "c.uscc", "c.product_name", "c.provider_name"),
            by_kind({Order: "''", Application: "c.order_number", Claim: "c.application_number"}),
            "CASE WHEN c.approved_on IS NOT NULL THEN c.voucher_number END",
        ),
    }
