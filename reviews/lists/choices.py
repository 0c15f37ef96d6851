"""What the selects of the lists of the desk may offer, and what their values mean."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from policy.calendar import today
from policy.working_days import is_working_day, kept_days
from reviews.kinds import reviewed_kinds
from reviews.models import Looked, Office, TurnClaim
from reviews.models.turns import ENDINGS, Verdict
from reviews.querysets import alive
from ui.limited import MANY

Choices = list[tuple[str, str]]
BOUNDS = (Decimal(10_000), Decimal(50_000), Decimal(100_000))  # yuan, between the bands of amounts
AGES = (5, 10)  # working days since the arrival, between the bands
TEN_THOUSAND = Decimal(10_000)


def case_types() -> Choices:
    """(content type, what people call such a case) of everything that is reviewed."""
    return [(str(ContentType.objects.get_for_model(kind.model).pk), kind.matter) for kind in reviewed_kinds()]


def ending_words(step: str) -> str:
    """How a turn ended, in words: a verdict by its name, or what else closed it."""
    if step in Verdict.values:
        return str(Verdict(step).label)
    names = (kind.steps[step] for kind in reviewed_kinds() if step in kind.steps)
    return ENDINGS.get(step) or next(names, step)


def looked_words(value: str) -> str:
    """What the checks came to, in words."""
    return dict(Looked.choices).get(value, value)


def bands(bounds: Iterable[Any], below: str, between: str, above: str) -> Choices:
    """The choices between bounds: -a, a-b, b-."""
    marks = list(bounds)
    inner = [(f"{low}-{high}", between.format(low, high)) for low, high in pairwise(marks)]
    return [(f"-{marks[0]}", below.format(marks[0])), *inner, (f"{marks[-1]}-", above.format(marks[-1]))]


def amount_bands() -> Choices:
    """Amounts in 万元."""
    whole = [int(bound / TEN_THOUSAND) for bound in BOUNDS]
    return bands(whole, "{} 万元以下", "{}–{} 万元", "{} 万元以上")


def age_bands() -> Choices:
    """Working days since the arrival."""
    return bands(AGES, "{} 个工作日以内", "{}–{} 个工作日", "{} 个工作日以上")


def ends_of(band: str) -> tuple[str, str]:
    """(from, to) of a band."""
    low, _, high = band.partition("-")
    return low, high


def days_before(many: int) -> dt.datetime:
    """The beginning of the day so many working days ago."""
    day = today()
    table = kept_days(day - dt.timedelta(days=3 * many + 30), day)
    while many:
        many -= is_working_day(day, table)
        day -= dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def kept_choices(key: str, asked: Callable[[], Choices]) -> Choices:
    """What was asked for, as it was within the last minute."""
    kept: Choices | None = MANY.fresh(("choices", key))
    if kept is None:
        kept = asked()
        MANY.keep(("choices", key), kept)
    return kept


def office_names(offices: Iterable[int]) -> Choices:
    """(key, name) of these offices."""
    rows = Office.objects.filter(pk__in=offices).order_by("pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def offices_among(values: Iterable[str]) -> Choices:
    """The same of what `Scope.values` has read of all offices."""
    pairs = (value.partition(" ") for value in values)
    return sorted(((key, name) for key, _, name in pairs), key=lambda pair: int(pair[0]))


def holders_at(offices: Sequence[int]) -> Choices:
    """(key, name) of those who have open turns of these offices now, as it was within the last minute."""

    def asked() -> Choices:
        claims = TurnClaim.objects.filter(alive(), turn__office__in=offices, turn__closed_at=None).order_by()
        people = get_user_model().objects.filter(pk__in=claims.values("person")).order_by("name_key", "pk")
        return [(str(person.pk), str(person)) for person in people]

    return kept_choices(f"holders {offices}", asked) if offices else []


def matter_of(value: str) -> str:
    """What people call cases of this content type."""
    return dict(case_types()).get(value, value)
