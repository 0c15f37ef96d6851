"""What the ratings of a product or an institution come to, as its page shows it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from catalog.models import Product, Provider, Rating
from catalog.models.ratings import BEST, ENOUGH, WORST
from ui.reading import aside

ANSWERED = 3  # the latest ones with an answer that a page shows
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Line:
    """How many gave so many stars."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True)
class Figures:
    """The ratings of one thing; whose: of the service, or of the whole institution."""

    counts: dict[int, int]
    whose: str = ""

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def is_enough(self) -> bool:
        """Whether they are shown: of fewer one knows whose they are."""
        return self.count >= ENOUGH

    @property
    def mean(self) -> Decimal:
        """Their mean, to a tenth."""
        total = Decimal(sum(stars * count for stars, count in self.counts.items()))
        return (total / self.count).quantize(TENTH, ROUND_HALF_UP)

    @property
    def lines(self) -> list[Line]:
        """How they are spread, the best first."""
        found = {stars: self.counts.get(stars, 0) for stars in range(BEST, WORST - 1, -1)}
        return [Line(stars, count, round(100 * count / self.count)) for stars, count in found.items()]


def figures_of(whose: str = "", **of: Any) -> Figures:
    """What those of a product or a provider come to: one question of an index."""
    rows = aside(Rating.objects.shown()).filter(**of).order_by().values_list("stars").annotate(Count("pk"))
    return Figures(dict(rows), whose)


def rated(product: Product) -> dict[str, Any]:
    """What the page of a product shows: its own ratings, else those of its institution, else that there are too few."""
    own, all_of_it = both_figures(product)
    found = own if own.is_enough else all_of_it
    of = {"product": product} if own.is_enough else {"provider": product.provider_id}
    return {"figures": found, "few": ENOUGH, "answered": answered(**of) if found.is_enough else []}


def both_figures(product: Product) -> tuple[Figures, Figures]:
    """Those of the product and of its institution, in one question."""
    rows = aside(Rating.objects.shown()).filter(provider=product.provider_id).order_by()
    spread = rows.values_list("stars").annotate(every=Count("pk"), own=Count("pk", filter=Q(product=product)))
    counts = list(spread)
    own = {stars: count for stars, _, count in counts if count}
    return Figures(own, "这个服务"), Figures({stars: count for stars, count, _ in counts}, "这家机构的全部服务")


def rated_provider(provider: Provider) -> dict[str, Any]:
    """What the page of an institution shows."""
    found = figures_of("这家机构的全部服务", provider=provider)
    return {"figures": found, "few": ENOUGH, "answered": answered(provider=provider) if found.is_enough else []}


def answered(**of: Any) -> list[Rating]:
    """The latest ones that the institution has answered."""
    return list(
        aside(Rating.objects.shown()).filter(**of, answered_at__isnull=False).order_by("-answered_at")[:ANSWERED]
    )
