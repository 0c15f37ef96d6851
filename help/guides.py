"""办事指南: materials, promised times, who decides, how a case goes; machine and policy are asked, not retold (ADR 0208)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from accounts.models import Unit
from catalog.models import Admission
from help.book import address_of
from help.figures import put_in
from help.flows import height_of, stations_of
from help.pages import crumbs, figures
from policy.models import PolicyVersion
from records.models import Case
from redemption.models import Claim
from vouchers.models import Application

FILE = Path(__file__).with_name("guides.toml")
MACHINES: dict[str, type[Case]] = {
    "certification": Unit,
    "application": Application,
    "claim": Claim,
    "admission": Admission,
}


@dataclass(frozen=True)
class Guide:
    """What whoever wants to begin has to know."""

    key: str
    name: str
    about: str
    who: str
    conditions: tuple[str, ...]
    result: str
    article: str
    materials: tuple[Mapping[str, str], ...]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("guide_read", args=[self.key])


@cache
def guides() -> dict[str, Guide]:
    """Every guide by its key, figures still in braces."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["guide"]
    return {
        row["key"]: Guide(
            **{name: row[name] for name in ("key", "name", "about", "who", "result", "article")},
            conditions=tuple(row["conditions"]),
            materials=tuple(row["material"]),
        )
        for row in rows
    }


def guide_context(guide: Guide) -> dict[str, Any]:
    """One guide with the figures in force, and its drawing."""
    policy, named = PolicyVersion.objects.remembered(), figures()
    stations = stations_of(MACHINES[guide.key], policy)
    deciding = [station for station in stations if station.days]
    return {
        "guide": guide,
        "guides": guides().values(),
        "conditions": [put_in(line, named).rstrip("。") for line in guide.conditions],
        "result": put_in(guide.result, named),
        "materials": [{name: put_in(words, named) for name, words in row.items()} for row in guide.materials],
        "stations": stations,
        "height": height_of(stations),
        "deciding": deciding,
        "days": sum(station.days for station in deciding),
        "steps_url": address_of(guide.article),
        "appealed": hasattr(MACHINES[guide.key], "appeal"),
        "appeal_days": policy.appeal_days,
        "promised_appeal": policy.promised_appeal,
        "policy": policy,
        "crumbs": crumbs(guide.name, ("办事指南", f"{reverse('help_page')}#guides")),
    }
