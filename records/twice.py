"""What is begun a second time, equal, by the same person within minutes is asked about: he may have gone back and sent it again."""

import datetime as dt
from typing import Any, Protocol

from django.db import models
from django.utils import timezone

from records.rules import RuleBroken

AGAIN = "again"  # in the form: the number of the first one, for which an equal second is meant


class Numbered(Protocol):
    """What people know by its number."""

    number: str
    created_at: dt.datetime


class Twice(RuleBroken):
    """An equal one was begun just now."""

    def __init__(self, what: str, first: Numbered) -> None:
        at = timezone.localtime(first.created_at)
        super().__init__("R-TWICE", f"您刚刚（{at:%H:%M}）提交过同样的{what} {first.number}，所以没有再提交一次。")
        self.first = first


def check_first(
    thing: models.Model, earlier: models.QuerySet[Any], names: tuple[str, ...], *, minutes: int, again: str | None
) -> None:
    """Raise Twice where one of the earlier ones, begun within so many minutes, has the same answers under these names.

    again: the number of the one that the person has been shown, and wants once more; None where nobody can be asked.
    """
    if not minutes or again is None:
        return
    since = timezone.now() - dt.timedelta(minutes=minutes)
    equal = {name: getattr(thing, name) for name in names}
    first = earlier.filter(created_at__gt=since, **equal).order_by("-created_at").first()
    if first is not None and first.number != again:
        raise Twice(str(thing._meta.verbose_name), first)
