"""The frozen 兑现申请表 of the copies: that of the pattern with the copy's own figures, and its true hash.

The canonical text of a form becomes a pattern for PostgreSQL's `format`; what differs in a copy is put in by the database.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from accounts.models import Honour
from redemption.form.claim_form import canonical
from redemption.form.freezing import frozen_form
from redemption.models import Claim
from tten.demo.mass.names import HONOURS
from tten.demo.mass.sql import read

Part = dict[str, Any]  # of a form, as JSON has it
MARK = re.compile('("?)\ue000(.*?)\ue001"?')
INSTANT = "to_char(date_trunc('second', {} - c.shift) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
CONTRACT_NUMBER = "'HT-' || to_char({day} - c.days, 'YYYY') || '-' || lpad((c.k * 10 + {place})::text, 8, '0')"
INVOICE_NUMBER = "to_char({day} - c.days, 'YY') || lpad(((1000000000 + c.k)::bigint * 10 + {place})::text, 18, '0')"
SERIAL = "'LS' || to_char({day} - c.days, 'YYYYMMDD') || lpad((c.k * 10 + {place})::text, 10, '0')"
SERVICE = {
    "voucher_number": "c.voucher_number",
    "application_number": "c.application_number",
    "order_number": "c.order_number",
    "project": "c.project",
    "product": "c.product_name",
    "category": "c.category_name",
    "provider": "c.provider_name",
    "provider_uscc": "c.provider_uscc",
}
APPLICANT = {
    "name": "c.unit_name",
    "uscc": "c.uscc",
    "district": "c.district_name",
    "address": "c.address",
    "legal_representative": "c.legal_representative",
    "founded": "c.founded_on",
    "registered_capital": "to_char(c.capital, 'FM999,999,990.00') || ' 万元'",
    "industry": "c.industry",
    "revenue": "to_char(c.revenue, 'FM999999990.0000')",
    "research_spending": "to_char(c.research_spend, 'FM999999990.0000')",
    "handler": "c.handler_name",
    "phone": "c.handler_phone",
}
PLAIN = {"applicant.staff": "c.staff_count", "year": "c.cycle"}  # no strings


def form_text() -> str:
    """SQL: the canonical text of the form of a copy, NULL where it has none."""
    claims = Claim.objects.exclude(form_content=None).filter(pk__in=_claims()).select_related("application")
    cases = " ".join(f"WHEN {claim.application.order_id} THEN {_formatted(claim)}" for claim in claims)
    return f"CASE c.pattern {cases} END" if cases else "NULL::text"


def _claims() -> list[int]:
    return [key for (key,) in read("SELECT claim_id FROM mass_case_pattern WHERE claim_id IS NOT NULL")]


def _formatted(claim: Claim) -> str:
    """The form of one pattern as a call of `format`."""
    tree = json.loads(canonical(frozen_form(claim).content()))
    for part, values in _parts(tree):
        part.update({name: f"\ue000{value}\ue001" for name, value in values.items()})
    told: list[str] = []
    text = MARK.sub(lambda found: _place(found, told), canonical(tree).replace("%", "%%")).replace("'", "''")
    return f"format('{text}', {', '.join(told)})"


def _place(found: re.Match[str], told: list[str]) -> str:
    value = json.loads(f'"{found[2]}"')
    told.append(value)
    return "%s" if value in PLAIN.values() else '"%s"'


def _parts(tree: Part) -> Iterator[tuple[Part, dict[str, str]]]:
    """Each part of the form with what stands there in a copy."""
    yield tree, {"year": PLAIN["year"]}
    qualifications = " ".join(f"WHEN '{held}' THEN '{_labels(held)}'" for held in HONOURS)
    known = APPLICANT | {"qualifications": f"CASE c.honours::text {qualifications} END"}
    yield tree["applicant"], known | {"staff": PLAIN["applicant.staff"]}
    yield tree["service"], SERVICE | _changed(tree["service"], ["approved_on"], ["approved_amount"])
    payee = {"payee": "c.unit_name", "account": "c.unit_account"}
    yield tree["redemption"], payee | _changed(tree["redemption"], [], ["base", "amount"])
    yield tree["outcome"], _changed(tree["outcome"], ["completed"], [])
    yield from _rows(tree)
    for name, more in (("district_opinion", {"office": "c.office_name"}), ("body_opinion", {})):
        if tree[name]:
            at = INSTANT.format(f"TIMESTAMPTZ '{tree[name]['decided_at']}'")
            yield tree[name], more | {"decided_at": f"{at} || '+00:00'"}


def _rows(tree: Part) -> Iterator[tuple[Part, dict[str, str]]]:
    """The lines of the three lists."""
    for place, line in enumerate(tree["contracts"]):
        days = [day_of(part) for part in line["period"].split(" 至 ")]
        number = CONTRACT_NUMBER.format(day=f"DATE '{line['signed']}'", place=place)
        parties = {"party_a": "c.unit_name", "party_b": "c.provider_name", "period": " || ' 至 ' || ".join(days)}
        yield line, {"number": number} | parties | _changed(line, ["signed"], ["amount"])
    for place, line in enumerate(tree["invoices"]):
        number = INVOICE_NUMBER.format(day=f"DATE '{line['issued']}'", place=place)
        tax = {"tax": money(f"round({line['gross']} * c.ratio, 2) - round({line['net']} * c.ratio, 2)")}
        seller = {"number": number, "seller": "c.provider_name"}
        yield line, seller | _changed(line, ["issued"], ["net", "gross"]) | tax
    for place, line in enumerate(tree["receipts"]):
        serial = {"serial": SERIAL.format(day=f"DATE '{line['paid']}'", place=place)}
        accounts = {"payer_account": "c.unit_account", "payee_account": "c.provider_account"}
        parties = {"payer": "c.unit_name", "payee": "c.provider_name"}
        yield line, serial | accounts | parties | _changed(line, ["paid"], ["amount"])


def _changed(part: Part, days: Sequence[str], amounts: Sequence[str]) -> dict[str, str]:
    """Days and amounts of the pattern as they are in a copy."""
    passed = {name: day_of(part[name]) for name in days if part[name]}
    return passed | {name: money(f"round({part[name]} * c.ratio, 2)") for name in amounts}


def day_of(day: str) -> str:
    """SQL: a day of the pattern, moved, as it is written."""
    return f"to_char(DATE '{dt.date.fromisoformat(day)}' - c.days, 'YYYY-MM-DD')"


def money(amount: str) -> str:
    """SQL: an amount as the canonical text has it."""
    return f"to_char({amount}, 'FM999999990.0000')"


def _labels(held: str) -> str:
    return "、".join(Honour(name).label for name in held.strip("{}").split(",") if name)
