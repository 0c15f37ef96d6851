"""What the lists of the desk read of a turn: kept beside it, so that no list joins or asks a case (docs/adr/0135)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Contains

from reviews.terms import question

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    TextColumn = models.TextField[str, str]
else:
    TextColumn = models.TextField

ZERO = Decimal(0)
SORTED = (  # what a list of one office is sorted by; each with an index behind the office and where the turn lies
    "due_on",
    "opened_at",
    "closed_at",
    "amount",
    "number",
    "title",
    "unit_name",
    "case_type",
    "stage",
    "round",
    "district",
    "category",
    "ended_by",
    "looked",
)
SORTED_ANYWHERE = (  # in the list of all offices
    "due_on",
    "opened_at",
    "amount",
    "number",
    "unit_name",
    "stage",
    "round",
    "district",
    "category",
    "ended_by",
    "looked",
)


class Lies(models.TextChoices):
    """Where a turn lies; kept by `reviews.lists.keeping`."""

    DESK = "desk", "待办"
    EXPERTS = "experts", "等专家"
    RETURNED = "returned", "等待补正"  # closed, and the applicant has not answered yet
    DONE = "done", "已办"


class Looked(models.TextChoices):
    """What the checks of a case came to when they were last looked at while it lay open; "" before (`reviews.looking`)."""

    BAD = "bad", "有不通过的核对"
    WARN = "warn", "有提醒"
    FINE = "fine", "没有不通过和提醒"
    EXPRESS = "express", "快速通道"


class Told(TextColumn):
    """A folded text that is found by the words in it, through the index of its terms (migration 0009)."""


@Told.register_lookup
class Tells(Contains):
    """Whether the folded word stands in the text; the index is asked first, where it knows the word."""

    lookup_name = "tells"
    by_index = True

    def as_sql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> Any:
        """Both questions; the text alone where the word has nothing that the index knows."""
        column, params = self.process_lhs(compiler, connection)
        word = str(self.rhs)
        held, wanted = f"{column} LIKE %s", f"%{connection.ops.prep_for_like_query(word)}%"
        asked = question(word) if self.by_index else ""
        if not asked:
            return held, (*params, wanted)
        return f"(reviews_terms({column}) @@ %s::tsquery AND {held})", (*params, asked, *params, wanted)


@Told.register_lookup
class TellsDensely(Tells):
    """The same of the text alone, row by row along whatever order: for words that very many rows hold."""

    lookup_name = "tells_densely"
    by_index = False


class Listed(models.Model):
    """The columns that a turn has for its lists alone."""

    lies = models.CharField("所在", max_length=10, choices=Lies, default=Lies.DESK)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, default=ZERO)
    district = models.CharField("区", max_length=40, blank=True)
    category = models.CharField("服务类别", max_length=40, blank=True)
    ended_by = models.CharField("办结方式", max_length=40, blank=True)  # the step that closed it
    looked = models.CharField("核对", max_length=8, choices=Looked, blank=True, default="", db_default="")
    search_text = Told("检索内容", blank=True, default="")

    class Meta:
        abstract = True


def list_indexes() -> list[models.Index]:
    """An index for every order of every list."""
    of_office = [
        models.Index(fields=["office", "lies", name, "id"], name=f"turn_by_{name.replace('_', '')}") for name in SORTED
    ]
    anywhere = [
        models.Index(fields=["lies", name, "id"], name=f"turn_any_{name.replace('_', '')}") for name in SORTED_ANYWHERE
    ]
    unlooked = models.Index(fields=["id"], condition=models.Q(closed_at=None, looked=""), name="turn_unlooked")
    return [*of_office, *anywhere, unlooked]
