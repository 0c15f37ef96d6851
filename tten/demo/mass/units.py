"""What a firm and a provider share: an administrator, a unit with its certification and the trail of it."""

from accounts.login.consent import TERMS_VERSION
from accounts.models import FACTS, Unit, UnitMember, UnitSnapshot, User
from records.models import Document
from tten.demo.mass.copying import Family, Mould
from tten.demo.mass.sql import run

FAMILY = """
    k integer, pattern bigint, days integer, minutes integer, login text, person text, name text, uscc text,
    district_id text, address text, founded_on date, legal_representative text, capital numeric, industry text,
    honours varchar[], staff_count integer, revenue numeric, research_spend numeric, handler_name text, handler_phone text,
    person_key text, name_key text
"""  # what is told of each copy; the rest follows
PATTERNS = """
    SELECT unit.id AS pattern, {case}.state, admin.user_id AS applicant_id, NULL::bigint AS provider_user_id,
           NULL::bigint AS reviewer_id, NULL::bigint AS office_id, NULL::text AS office_name,
           coalesce((
               SELECT min(at) FROM records_event event JOIN django_content_type kind ON kind.id = event.case_type_id
                WHERE kind.app_label = 'accounts' AND kind.model = 'unit' AND event.case_id = unit.id
           ), unit.created_at) AS began
      FROM accounts_unit unit JOIN accounts_unitmember admin ON admin.unit_id = unit.id AND admin.role = 'admin'
"""
BEGAN = "date_trunc('second', least(row.created_at, q.began) - c.shift)"
OF_PATTERN = {"licence_until", "licence_permanent", "kind"}  # how long a licence lasts is no matter of when it began
PERSON = {
    "id": "c.applicant_id",
    "username": "c.login",
    "name": "c.person",
    "name_key": "c.person_key",
    "email": "c.login || '@' || replace(c.login, '_', '-') || '.example'",
    "email_verified_at": "now()",
    **dict.fromkeys(("phone", "phone_verified_at", "acting_for_id", "last_login"), "NULL"),
}
OWN = {
    "number": "c.number",
    "created_at": BEGAN,
    "updated_at": BEGAN,
    "held_uscc": "c.uscc",
    "code_admitted_words": "''",
    **dict.fromkeys(("code_admitted_by_id", "code_admitted_at", "licence_reminded_on"), "NULL"),
}


def known() -> dict[str, str]:
    """The columns of a unit's facts in a copy, but for the licence, which is a paper."""
    facts = [field for field in Unit._meta.local_concrete_fields if field.name in FACTS]
    columns = {str(field.column) for field in facts} - {"licence_id"}
    return {column: f"row.{column}" if column in OF_PATTERN else f"c.{column}" for column in columns}


def unit_moulds(name: str) -> list[Mould]:
    """The tables of a unit and its administrator; the patterns' keys are those of their units."""
    within = f"JOIN mass_{name}_pattern q ON q.pattern = found.unit_id"
    members = f"accounts_unitmember found {within} AND found.user_id = q.applicant_id"
    return [
        Mould(User, f"SELECT applicant_id AS id, pattern FROM mass_{name}_pattern", PERSON),
        Mould(Unit, f"SELECT pattern AS id, pattern FROM mass_{name}_pattern", known() | OWN),
        Mould(
            UnitSnapshot,
            f"SELECT found.id, q.pattern FROM accounts_unitsnapshot found {within}",
            {**known(), "hash": "''"},
        ),
        Mould(UnitMember, f"SELECT found.id, q.pattern FROM {members}", {"since": "c.since"}),
    ]


def copy_units(family: Family) -> None:
    """Make people, papers, units and what was certified; each person has agreed to the terms."""
    run("SET CONSTRAINTS ALL DEFERRED")  # a unit and what was certified of it name each other
    for model in (User, Document, Unit, UnitSnapshot, UnitMember):
        family.copy(model)
    run(
        "INSERT INTO accounts_consent (user_id, version, at)"
        f" SELECT c.applicant_id, %s, c.since FROM mass_{family.name} c ORDER BY c.k",
        [TERMS_VERSION],
    )


def told(family: Family, number: str) -> str:
    """What every copy of a unit has beside what was told of it: SQL columns; number: of its certification."""
    return f"""
        c.*, '{family.name}'::text AS family, make_interval(days => c.days, mins => c.minutes) AS shift,
        1::numeric AS ratio, {family.key(User)} AS applicant_id, NULL::bigint AS provider_user_id,
        NULL::bigint AS reviewer_id, NULL::bigint AS office_id, NULL::text AS office_name, {number} AS number,
        date_trunc('second', q.began - make_interval(days => c.days, mins => c.minutes)) AS since
    """
