"""How life spreads over firms, providers, categories and offices: counts alone, from a portal that runs, and back as shares.

A profile tells how many there are of each size and nothing else: no name, no number, no day. `manage.py demo --like` makes a
demo that is as skewed; without a profile the demo has the smooth curve of its own constants.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

from tten.demo.mass.sql import read

Sizes = list[tuple[int, int]]  # a size, and how many have it; the largest first
COUNTED = {
    "products_of_providers": "SELECT count(*) AS size FROM catalog_product GROUP BY provider_id",
    "products_of_categories": "SELECT count(*) AS size FROM catalog_product GROUP BY category_id",
    "orders_of_providers": "SELECT count(*) AS size FROM orders_order GROUP BY provider_id",
    "applications_of_firms": "SELECT count(*) AS size FROM vouchers_application GROUP BY unit_id",
    "turns_of_districts": """
        SELECT count(*) AS size FROM reviews_turn turn JOIN reviews_office office ON office.id = turn.office_id
         WHERE office.district_id IS NOT NULL GROUP BY office.district_id
    """,
}


@dataclass(frozen=True)
class Profile:
    """The sizes of what a demo copies; an empty list is not told."""

    products: int = 0
    cases: int = 0
    products_of_providers: Sizes = field(default_factory=list)
    products_of_categories: Sizes = field(default_factory=list)
    orders_of_providers: Sizes = field(default_factory=list)
    applications_of_firms: Sizes = field(default_factory=list)
    turns_of_districts: Sizes = field(default_factory=list)

    @classmethod
    def of_portal(cls) -> Self:
        """Count the portal that this database holds."""
        sizes = {name: _counted(question) for name, question in COUNTED.items()}
        cases = read("""
            SELECT (SELECT count(*) FROM accounts_unit)
                 + (SELECT count(*) FROM vouchers_application) + (SELECT count(*) FROM redemption_claim)
        """)
        return cls(
            products=sum(size * many for size, many in sizes["products_of_providers"]), cases=cases[0][0], **sizes
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file that `text` wrote; ValueError where it is none."""
        told = json.loads(path.read_text())
        if not isinstance(told, dict) or set(told) - set(cls.__dataclass_fields__):
            raise ValueError("names")
        totals = {name: _whole(told.pop(name, 0), 0) for name in ("products", "cases")}
        known: dict[str, Any] = {name: _sizes(value) for name, value in told.items()}
        return cls(**totals | known)

    def text(self) -> str:
        """The profile as a file, a line for each list."""
        lines = (f'  "{name}": {json.dumps(value)}' for name, value in asdict(self).items())
        return "{\n" + ",\n".join(lines) + "\n}\n"


def _counted(question: str) -> Sizes:
    return [
        (int(size), int(many))
        for size, many in read(f"SELECT size, count(*) FROM ({question}) counted GROUP BY size ORDER BY size DESC")
    ]


def _sizes(value: Iterable[tuple[object, object]]) -> Sizes:
    return sorted(((_whole(size, 1), _whole(many, 1)) for size, many in value), reverse=True)


def _whole(value: object, least: int) -> int:
    if type(value) is not int or value < least:
        raise ValueError(value)
    return value


def how_many(sizes: Sizes) -> int:
    """How many have a size at all."""
    return sum(many for _, many in sizes)


def shares(sizes: Sizes, count: int) -> list[float]:
    """The shares of so many, the largest first, together 1: of another number than was counted the curve is the same."""
    ends = list(accumulate(many for _, many in sizes))
    held = [sizes[bisect_right(ends, place * ends[-1] // count)][0] for place in range(count)]
    return [size / sum(held) for size in held]


def bounds(parts: Sequence[float]) -> str:
    """SQL: the bounds between the parts of 1, as `width_bucket` takes them."""
    between = list(accumulate(parts))[:-1]
    return "ARRAY[" + ", ".join(f"{bound:.9f}" for bound in between) + "]::float8[]"
