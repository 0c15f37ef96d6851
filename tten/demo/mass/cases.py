"""Orders, applications and redemptions in any number, with quota, papers, opinions and trails."""

import random
from typing import Any

from orders.models import Order
from records.models import Document
from redemption.models import Claim, Contract, Invoice, Receipt
from tten.demo.mass.case_values import APPLICATION, CLAIM, CONTRACT, EVENT, INVOICE, LEDGER, ORDER, RECEIPT, turn_values
from tten.demo.mass.copying import Family, Mould
from tten.demo.mass.firms import Firms
from tten.demo.mass.forms import form_text
from tten.demo.mass.hanging import copy_hanging, hanging, name_cases
from tten.demo.mass.plan import Among, plan_cases
from tten.demo.mass.profile import Profile
from tten.demo.mass.sql import fill, first, free_id, keep_table, numbered, read, reserve, run
from vouchers.models import Application, LedgerEntry, QuotaAccount

NAME = "case"
BATCH = 40_000  # copies at once, so that what is sorted stays in memory
NUMBERS = {"order": "DD", "application": "SQ", "claim": "DX", "voucher": "CXQ", "form": "SQB"}
AT = {
    "order": "ordered_at",
    "application": "applied_at",
    "claim": "claimed_at",
    "voucher": "approved_at",
    "form": "accepted_at",
}


def make_cases(count: int, firms: Firms, chance: random.Random, since: int, like: Profile) -> None:
    """Make so many cases of these firms; since: the first product that they are about."""
    keep_table(f"mass_{NAME}_pattern", PATTERNS.format(**_due()))
    keep_table("mass_office", OFFICES)
    keep_table("mass_offer", OFFERS.format(since=since))
    plan = plan_cases(count, chance, among(firms.certified, like))
    fill("mass_plan", PLAN, plan.cases)
    fill("mass_account", "number integer, firm integer, cycle integer, cap numeric", plan.accounts)
    accounts = free_id(QuotaAccount)
    run(ACCOUNTS.format(accounts=accounts))
    family = case_family()
    question = _copies(accounts, reserve("records_case_number", len(NUMBERS) * len(plan.cases)))
    for start in range(0, len(plan.cases), BATCH):
        run(f"DROP TABLE IF EXISTS mass_{NAME}")
        keep_table(f"mass_{NAME}", f"{question} WHERE plan.k >= {start} AND plan.k < {start + BATCH}) c")
        copy_cases(family)


def among(firms: list[int], like: Profile) -> Among:
    """Whom and what the cases are about, as in the profile where it tells both."""
    if like.applications_of_firms and like.orders_of_providers:
        return Among.like(like, firms, [row[0] for row in read(OFFERED)])
    return Among.curved(firms, int(first("SELECT count(*) FROM mass_offer")))


def case_family() -> Family:
    """The tables of an order and of all that hangs on it."""
    of = f"JOIN mass_{NAME}_pattern q ON q."
    parts: dict[Any, tuple[str, str]] = {
        Application: ("vouchers_application", f"{of}pattern = found.order_id"),
        LedgerEntry: ("vouchers_ledgerentry", f"{of}application_id = found.application_id"),
        Claim: ("redemption_claim", f"{of}application_id = found.application_id"),
        **{model: (model._meta.db_table, f"{of}claim_id = found.claim_id") for model in ROWS},
    }
    name_cases(
        NAME,
        {
            Order: f"SELECT pattern AS case_id, pattern FROM mass_{NAME}_pattern",
            Application: f"SELECT application_id AS case_id, pattern FROM mass_{NAME}_pattern",
            Claim: f"SELECT claim_id AS case_id, pattern FROM mass_{NAME}_pattern",
        },
    )
    moulds = [
        Mould(model, f"SELECT found.id, q.pattern FROM {table} found {joined}", VALUES.get(model, {}))
        for model, (table, joined) in parts.items()
    ]
    orders = Mould(Order, f"SELECT pattern AS id, pattern FROM mass_{NAME}_pattern", ORDER)
    return Family(NAME, [orders, *moulds, *hanging(NAME, turn_values(), EVENT)])


def copy_cases(family: Family) -> None:
    """Make the copies that stand in the family's table."""
    for model in (Document, Order, Application, LedgerEntry, Claim, *ROWS):
        family.copy(model)
    copy_hanging(family)


def _due() -> dict[str, str]:
    """The states that end with their day, as lists of SQL."""
    states = {"claims": Claim.RETURNED | Claim.AWAITS_FORM, "applications": Application.RETURNED}
    return {name: ", ".join(f"'{state}'" for state in sorted(found)) for name, found in states.items()}


def _copies(accounts: int, numbers: int) -> str:
    """SQL: everything that a copy needs, but for the condition on `plan` and a bracket."""
    told = ", ".join(
        f"{numbered(prefix, f'{numbers} + {len(NUMBERS)} * plan.k + {place}', f'q.{AT[name]} - plan.shift')} AS {name}_number"
        for place, (name, prefix) in enumerate(NUMBERS.items())
    )
    return f"SELECT c.*, {form_text()} AS form_text FROM ({COPIES.format(numbers=told, accounts=accounts)}"


ROWS = (Invoice, Receipt, Contract, Claim.result_papers.through)
VALUES = {
    Application: APPLICATION,
    LedgerEntry: LEDGER,
    Claim: CLAIM,
    Invoice: INVOICE,
    Receipt: RECEIPT,
    Contract: CONTRACT,
}
PLAN = """
    k integer, pattern bigint, days integer, minutes integer, firm integer, offer integer, contract numeric,
    account integer, policy_id bigint, shift interval GENERATED ALWAYS AS (days * interval '1 day' + minutes * interval '1 minute') STORED
"""
PATTERNS = """
    SELECT placed.id AS pattern, placed.buyer_id AS applicant_id, keeper.user_id AS provider_user_id, seat.user_id AS
           reviewer_id, office.id AS office_id, office.name AS office_name, placed.state AS order_state,
           application.id AS application_id, application.state AS application_state, claim.id AS claim_id,
           claim.state AS claim_state, claim.number AS claim_number, placed.created_at AS began, placed.created_at AS
           ordered_at, application.created_at AS applied_at, application.submitted_at, application.approved_at,
           claim.created_at AS claimed_at, claim.accepted_at, coalesce(application.contract_amount, 2000) AS contract,
           CASE WHEN claim.state IN ({claims}) THEN claim.due_on
                WHEN claim.id IS NULL AND application.state IN ({applications}) THEN application.due_on END AS first_due
      FROM orders_order placed
      JOIN accounts_unit unit ON unit.id = placed.unit_id
      JOIN catalog_provider provider ON provider.id = placed.provider_id
      JOIN accounts_unitmember keeper ON keeper.unit_id = provider.unit_id AND keeper.role = 'admin'
      JOIN reviews_office office ON office.district_id = unit.district_id
      JOIN reviews_officemember seat ON seat.office_id = office.id AND seat.stands_in_for_id IS NULL
      LEFT JOIN vouchers_application application ON application.order_id = placed.id
      LEFT JOIN redemption_claim claim ON claim.application_id = application.id
     WHERE (SELECT count(*) FROM vouchers_application more WHERE more.order_id = placed.id) <= 1
       AND (SELECT count(*) FROM redemption_claim more WHERE more.application_id = application.id) <= 1
       AND NOT EXISTS (SELECT 1 FROM catalog_laboratory lab WHERE lab.provider_id = provider.id)
"""
OFFICES = """
    SELECT district.code AS district_id, district.name AS district_name, office.id AS office_id, office.name AS office_name,
           (SELECT min(user_id) FROM reviews_officemember seat
             WHERE seat.office_id = office.id AND seat.stands_in_for_id IS NULL) AS reviewer_id
      FROM reviews_office office JOIN reviews_district district ON district.code = office.district_id
"""
OFFERS = """
    SELECT row_number() OVER (ORDER BY hashint8(product.id), product.id) - 1 AS offer, product.id AS product_id,
           product.name AS product_name, product.price, product.price_unit, category.name AS category_name,
           category.may_be_marked, provider.id AS provider_id, provider.name AS provider_name,
           provider.uscc AS provider_uscc, keeper.user_id AS provider_user_id,
           '13' || lpad(provider.id::text, 14, '0') AS provider_account
      FROM catalog_product product
      JOIN catalog_category category ON category.id = product.category_id
      JOIN catalog_provider provider ON provider.id = product.provider_id
      JOIN accounts_unitmember keeper ON keeper.unit_id = provider.unit_id AND keeper.role = 'admin'
     WHERE product.is_marked AND product.status = 'on_sale' AND product.id >= {since}
       AND NOT EXISTS (SELECT 1 FROM catalog_laboratory lab WHERE lab.provider_id = provider.id)
"""
OFFERED = (
    "SELECT array_agg(offer ORDER BY offer) FROM mass_offer GROUP BY provider_id ORDER BY count(*) DESC, provider_id"
)
ACCOUNTS = """
INSERT INTO vouchers_quotaaccount (id, unit_id, uscc, cycle, pool, cap, reserved, approved, used)
SELECT {accounts} + account.number, firm.unit_id, firm.uscc, account.cycle, 'municipal', account.cap, 0, 0, 0
  FROM mass_account account JOIN mass_firm firm ON firm.k = account.firm ORDER BY account.number
"""
COPIES = """
    SELECT plan.k, plan.pattern, plan.days, plan.shift, 'case'::text AS family, plan.contract / q.contract AS ratio,
           plan.policy_id, {accounts} + plan.account AS account_id, account.cycle, firm.unit_id, firm.snapshot_id,
           firm.applicant_id, firm.district_id, firm.name AS unit_name, firm.uscc, firm.address, firm.founded_on,
           firm.legal_representative, firm.capital, firm.industry, firm.honours, firm.staff_count, firm.revenue,
           firm.research_spend, firm.handler_name, firm.handler_phone,
           '12' || lpad(firm.unit_id::text, 14, '0') AS unit_account, office.district_name, office.office_id,
           office.office_name, office.reviewer_id, offer.*, offer.product_name || '（新产品研发）' AS project,
           (date_trunc('second', q.approved_at - plan.shift) AT TIME ZONE 'Asia/Shanghai')::date AS approved_on,
           policy.use_months, policy.redeem_months, {numbers}
      FROM mass_plan plan
      JOIN mass_case_pattern q ON q.pattern = plan.pattern
      JOIN mass_firm firm ON firm.k = plan.firm
      JOIN mass_offer offer ON offer.offer = plan.offer
      JOIN mass_office office ON office.district_id = firm.district_id
      JOIN policy_policyversion policy ON policy.id = plan.policy_id
      LEFT JOIN mass_account account ON account.number = plan.account
"""
