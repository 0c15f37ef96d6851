"""What the card of a laboratory says, read in two queries for a whole page and without a model for each row."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.urls import reverse

from catalog.mall.cards import place_words
from catalog.models import LabBatch, LabField, Laboratory, LabShelf, LabType
from ui.reading import line
from ui.words import folded, query_words

MOST = 3  # services, or instruments, named on a card
NAMES = re.compile(r"[、，,；;\n]+")  # between the instruments of a laboratory
COLUMNS = (
    "pk",
    "number",
    "host",
    "kind",
    "fields",
    "status",
    "instruments",
    "batch",
    "provider",
    "name",
    "region",
    "city",
)
READ = """
SELECT laboratory.id, laboratory.number, laboratory.host_name, laboratory.kind, laboratory.fields, laboratory.status,
       laboratory.instruments, batch.number, provider.id, provider.name, provider.region, provider.city
  FROM catalog_laboratory laboratory
  JOIN catalog_labbatch batch ON batch.id = laboratory.batch_id
  JOIN catalog_provider provider ON provider.id = laboratory.provider_id
 WHERE laboratory.id = ANY (%s)
"""
OFFERED = """
SELECT provider_id, name FROM catalog_product WHERE provider_id = ANY (%s) AND status = 'on_sale' ORDER BY id DESC
"""
SAMPLE = "TJ0000"
KINDS, FIELDS, STATES = (dict(choices.choices) for choices in (LabType, LabField, Laboratory.Status))

Card = dict[str, Any]


def cards(rows: Iterable[LabShelf], words: str = "") -> list[Card]:
    """What each of these rows shows, in their order; what holds the searched words is named first."""
    keys, wanted = [row.pk for row in rows], query_words(words)
    found = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in asked(READ, keys)} if keys else {}
    services = services_of([row["provider"] for row in found.values()])
    return [card(found[key], services.get(found[key]["provider"], []), wanted) for key in keys if key in found]


def services_of(providers: list[int]) -> dict[int, list[str]]:
    """The names of what each of them offers, the newest first."""
    names: dict[int, list[str]] = {}
    for provider, name in asked(OFFERED, providers) if providers else ():
        names.setdefault(provider, []).append(name)
    return names


def asked(question: str, keys: list[int]) -> list[Any]:
    """The rows of a question that names keys."""
    with line().cursor() as cursor:
        cursor.execute(question, [keys])
        rows: list[Any] = cursor.fetchall()
        return rows


def card(row: Card, services: list[str], wanted: list[str]) -> Card:
    """The inputs of one card, as words."""
    status = row["status"]
    instruments = NAMES.split(row["instruments"]) if wanted else []
    return {
        "title": row["name"],
        "url": sample_address().replace(SAMPLE, row["number"]),
        "host": row["host"],
        "region": place_words(row["region"], row["city"]),
        "kind": KINDS.get(row["kind"], ""),
        "fields": [FIELDS[field] for field in row["fields"] if field in FIELDS],
        "paused": "" if status == Laboratory.Status.LISTED else STATES[status],
        "services": few(sorted(services, key=lambda name: not holds(name, wanted)) if wanted else services),
        "instruments": few([name for name in instruments if holds(name, wanted)]),
        "number": row["number"],
        "batch": batch_words(row["batch"]),
    }


@lru_cache(maxsize=1)
def sample_address() -> str:
    """The page of one laboratory: working out the address of each costs more than drawing its card."""
    return reverse("lab_detail", args=[SAMPLE])


@lru_cache(maxsize=500)
def batch_words(number: int) -> str:
    """As the batch is called."""
    return str(LabBatch(number=number))


def holds(name: str, wanted: list[str]) -> bool:
    """Whether one of the words stands in the name."""
    return any(word in folded(name) for word in wanted)


def few(names: list[str]) -> str:
    """The first of them in words."""
    return "、".join(names[:MOST]) + ("等" if len(names) > MOST else "")
