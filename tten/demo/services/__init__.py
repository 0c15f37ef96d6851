"""The services of the demo's mall: a hundred and fifty that a firm could order, written by hand, a file for each kind of them."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Service:
    """One service as a good institution would describe it."""

    leaf: str  # its category of the second level, or of the first where there is none below
    field: str  # of laboratories that might offer it
    name: str
    summary: str
    about: str
    price: int  # yuan
    unit: str
    days: int  # working days
    deliverable: str
    standards: str = ""
    instruments: str = ""

    @property
    def description(self) -> str:
        """What stands under 服务说明."""
        lines = [self.about]
        lines += [f"执行标准：{self.standards}（按现行有效版本）"] if self.standards else []
        lines += [f"主要设备：{self.instruments}"] if self.instruments else []
        return "\n".join(lines)

    @property
    def duration(self) -> str:
        """How long it takes, in words."""
        return f"{self.days} 个工作日"

    def price_of(self, offer: int) -> Decimal:
        """What the first, second … institution asks for it: prices differ, and end in a round figure."""
        share = (100, 92, 108, 96, 105)[offer % 5]
        step = 10 ** max(0, len(str(self.price)) - 2)
        return Decimal(round(self.price * share / 100 / step) * step)


@cache
def all_services() -> tuple[Service, ...]:
    """Every service, in the order of the files and of their lines."""
    return tuple(
        _service(leaf, dict(row))
        for path in sorted(FOLDER.glob("*.toml"))
        for leaf, rows in tomllib.loads(path.read_text()).items()
        for row in rows
    )


def _service(leaf: str, row: dict[str, Any]) -> Service:
    price, unit, days, deliverable = row.pop("terms")
    return Service(leaf=leaf, price=price, unit=unit, days=days, deliverable=deliverable, **row)
