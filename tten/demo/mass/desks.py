"""Providers in any number, each with a certified unit behind it, an account for its desk, and its 入驻."""

import random
from collections.abc import Iterator

from accounts.models import Unit
from catalog.models import Admission, Provider, Qualification
from catalog.workflow import State
from tten.demo import names
from tten.demo.mass.copying import Family, Mould, by_kind, folded
from tten.demo.mass.hanging import copy_hanging, hanging, name_cases
from tten.demo.mass.names import FIRST_CODE, facts, institute
from tten.demo.mass.sql import fill, keep_table, numbered, read, reserve
from tten.demo.mass.units import FAMILY, PATTERNS, copy_units, told, unit_moulds

NAME = "desk"
OF_UNITS = """
    JOIN catalog_admission admission ON admission.unit_id = unit.id
    JOIN catalog_provider provider ON provider.unit_id = unit.id
    WHERE (admission.state <> 'admitted' OR admission.valid_until > now() + interval '500 days')
      AND NOT EXISTS (SELECT 1 FROM catalog_provider more WHERE more.unit_id = unit.id AND more.id <> provider.id)
"""  # one provider each: no laboratory beside it
A_YEAR = 52  # weeks by which an admission is older than that of its pattern
OTHERS = 0.05  # share of the providers that are not admitted
FROM_UNIT = {"address": "c.address", "contact": "c.handler_name", "phone": "c.handler_phone"}
OFFER = FROM_UNIT | {
    "name": "c.name",
    "name_key": "c.name_key",
    "uscc": "c.uscc",
    "legal_representative": "c.legal_representative",
}


def make_desks(count: int, chance: random.Random) -> Family:
    """Make so many providers, from the patterns that the small demo's desks are."""
    keep_table(f"mass_{NAME}_pattern", PATTERNS.format(case="admission") + OF_UNITS)
    admissions = f"catalog_admission found JOIN mass_{NAME}_pattern q ON q.pattern = found.unit_id"
    certifications = f"SELECT pattern AS case_id, pattern FROM mass_{NAME}_pattern"
    name_cases(NAME, {Unit: certifications, Admission: f"SELECT found.id AS case_id, q.pattern FROM {admissions}"})
    family = Family(NAME, [*unit_moulds(NAME), *offer_moulds(admissions), *hanging(NAME, turn_values(), {})])
    fill(f"mass_{NAME}_told", FAMILY, _rows(count, chance))
    start, began = reserve("records_case_number", 2 * count), "q.began - make_interval(days => c.days)"
    columns = told(family, numbered(Unit.PREFIX, f"{start} + c.k", began))
    more = f"{numbered(Admission.PREFIX, f'{start + count} + c.k', began)} AS admission_number"
    keep_table(
        f"mass_{NAME}", f"SELECT {columns}, {more} FROM mass_{NAME}_told c JOIN mass_{NAME}_pattern q USING (pattern)"
    )
    copy_units(family)
    for model in (Provider, Provider.scope.through, Admission, Admission.scope.through, Qualification):
        family.copy(model)
    copy_hanging(family)
    return family


def turn_values() -> dict[str, str]:
    """What an inbox shows of a case without asking it."""
    return {
        "title": by_kind({Unit: "'单位认证：' || c.name", Admission: "'服务机构入驻：' || c.name"}),
        "unit_name": "c.name",
        "number": by_kind({Unit: "c.number", Admission: "c.admission_number"}),
        "search_text": folded(by_kind({Unit: "c.number", Admission: "c.admission_number"}), "c.name", "c.uscc"),
    }


def offer_moulds(admissions: str) -> list[Mould]:
    """The tables of a provider and of its admissions; admissions: those of the patterns, as `found` and `q`."""
    providers = f"catalog_provider found JOIN mass_{NAME}_pattern q ON q.pattern = found.unit_id"
    return [
        Mould(Provider, f"SELECT found.id, q.pattern FROM {providers}", OFFER),
        Mould(
            Provider.scope.through,
            f"SELECT part.id, q.pattern FROM {providers} JOIN catalog_provider_scope part ON part.provider_id = found.id",
        ),
        Mould(
            Admission, f"SELECT found.id, q.pattern FROM {admissions}", {**FROM_UNIT, "number": "c.admission_number"}
        ),
        Mould(
            Admission.scope.through,
            f"SELECT part.id, q.pattern FROM {admissions} JOIN catalog_admission_scope part ON part.admission_id = found.id",
        ),
        Mould(
            Qualification,
            f"SELECT part.id, q.pattern FROM {admissions} JOIN catalog_qualification part ON part.admission_id = found.id",
            {"number": "row.number || '-' || c.k"},
        ),
    ]


def _rows(count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    """What is told of each provider; the last ones, which have the fewest products, are one of every other state."""
    found = read(f"SELECT pattern, state FROM mass_{NAME}_pattern ORDER BY pattern")
    admitted = [row for row in found if row[1] == State.ADMITTED]
    others = [row for row in found if row[1] != State.ADMITTED]
    for k in range(count):
        is_other = k >= count - len(others) or chance.random() < OTHERS
        pattern, state = others[k % len(others)] if is_other else chance.choice(admitted)
        weeks = 0 if state == State.PENDING else A_YEAR
        known = facts(k, institute(k), names.code(FIRST_CODE + k, "12", "120000"), "120104", chance)
        yield k, pattern, 7 * weeks, chance.randrange(60), f"institute_{k + 1:06d}", *known
