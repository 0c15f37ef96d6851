"""Firms in any number: most of them certified long enough to have cases, the others in every other state."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from accounts.models import Unit, UnitSnapshot
from accounts.workflow import State
from reviews.models import District
from tten.demo import names
from tten.demo.mass.copying import Family
from tten.demo.mass.hanging import copy_hanging, hanging, name_cases
from tten.demo.mass.names import FIRST_CODE, facts, firm
from tten.demo.mass.profile import Profile, shares
from tten.demo.mass.sql import fill, keep_table, numbered, read, reserve
from tten.demo.mass.units import FAMILY, PATTERNS, copy_units, told, unit_moulds

NAME = "firm"
PLAIN = """
    WHERE unit.kind = 'enterprise' AND coalesce(unit.licence_until, 'infinity') > now() + interval '90 days'
      AND NOT EXISTS (SELECT 1 FROM accounts_unitmember more WHERE more.unit_id = unit.id AND more.id <> admin.id)
      AND NOT EXISTS (SELECT 1 FROM accounts_joinrequest asked WHERE asked.unit_id = unit.id)
      AND NOT EXISTS (SELECT 1 FROM catalog_admission admission WHERE admission.unit_id = unit.id)
      AND NOT EXISTS (SELECT 1 FROM accounts_unitsnapshot more WHERE more.unit_id = unit.id AND more.number > 1)
"""  # nothing of these units hangs on other units or people
CASES_SINCE = 760  # days; who has cases was certified before them
SPREAD = 50  # weeks over which certifications are spread
OTHERS = 0.06  # share of the firms that are not certified
BUSY = ("120116", "120104", "120111", "120116-TEDA", "120116-THT", "120114")  # districts with many firms
TURN = {"title": "'单位认证：' || c.name", "unit_name": "c.name", "number": "c.number"}


@dataclass
class Firms:
    """The firms that were made: their tables, and which of them may have cases, the busiest first."""

    family: Family
    certified: list[int]


def make_firms(count: int, chance: random.Random, like: Profile) -> Firms:
    """Make so many firms."""
    keep_table(f"mass_{NAME}_pattern", PATTERNS.format(case="unit") + PLAIN)
    name_cases(NAME, {Unit: f"SELECT pattern AS case_id, pattern FROM mass_{NAME}_pattern"})
    family = Family(NAME, [*unit_moulds(NAME), *hanging(NAME, TURN, {})])
    rows = list(_rows(count, chance, like))
    fill(f"mass_{NAME}_told", FAMILY, rows)
    began = "q.began - make_interval(days => c.days)"
    columns = told(family, numbered(Unit.PREFIX, f"{reserve('records_case_number', count)} + c.k", began))
    more = f"{family.key(Unit)} AS unit_id, {family.key(UnitSnapshot)} AS snapshot_id"
    keep_table(
        f"mass_{NAME}", f"SELECT {columns}, {more} FROM mass_{NAME}_told c JOIN mass_{NAME}_pattern q USING (pattern)"
    )
    copy_units(family)
    copy_hanging(family)
    certified = {pattern for pattern, state, _ in _patterns() if state == State.CERTIFIED}
    return Firms(family, [k for k, row in enumerate(rows) if row[1] in certified])


def _patterns() -> list[tuple[int, str, dt.datetime]]:
    """Key, state and beginning of each pattern."""
    return [(*row,) for row in read(f"SELECT pattern, state, began FROM mass_{NAME}_pattern ORDER BY pattern")]


def _rows(count: int, chance: random.Random, like: Profile) -> Iterator[tuple[object, ...]]:
    """What is told of each firm; the first ones are one of every state that is not 认证通过."""
    found = _patterns()
    certified = [row for row in found if row[1] == State.CERTIFIED]
    others = [row for row in found if row[1] != State.CERTIFIED]
    district_of = _districts(like)
    for k in range(count):
        is_other = k < len(others) or chance.random() < OTHERS
        pattern, _, began = others[k % len(others)] if is_other else chance.choice(certified)
        weeks = 0 if is_other else _weeks(began, chance)
        district = district_of(chance)
        known = facts(k, firm(k), names.code(FIRST_CODE + k, "91", district[:6]), district, chance)
        yield k, pattern, 7 * weeks, chance.randrange(60), f"enterprise_{k + 1:06d}", *known


def _districts(like: Profile) -> Callable[[random.Random], str]:
    """From which district a firm is: the first ones of the profile are the busy ones."""
    codes = [*District.objects.values_list("code", flat=True)]
    if not like.turns_of_districts:
        return lambda chance: chance.choice([*codes, *BUSY])
    codes.sort(key=lambda code: (code not in BUSY, code))
    weights = shares(like.turns_of_districts, len(codes))
    return lambda chance: chance.choices(codes, weights)[0]


def _weeks(began: dt.datetime, chance: random.Random) -> int:
    """How many weeks earlier than its pattern a firm was certified."""
    age = (dt.datetime.now(dt.UTC) - began).days
    return (CASES_SINCE - age) // 7 + 1 + chance.randrange(SPREAD)
