"""The list of open laboratories as its pages read it: one narrow row for each, and how many there are where.

The database keeps both (migration 0024), as it keeps the shelf of products.
"""

from functools import partial
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from catalog.models.laboratory import LabBatch, Laboratory, LabType
from catalog.models.mall import Region
from catalog.models.shelf import Document
from catalog.search import densely, tsquery
from ui.words import cuts, found_by, query_words

LISTED = Q(is_listed=True)
WAYS = {"": "document", "institution": "institution", "service": "services", "instrument": "instruments"}  # → column


def question_of(word: str) -> str:
    """What the index is asked for a word, or for all that it may be cut into; "" where it does not know one of these ways."""
    ways = [[tsquery(piece) for piece in pieces] for pieces in ([word], *cuts(word))]
    asked = " | ".join(f"({' & '.join(way)})" for way in ways)
    return f"({asked})" if all(map(all, ways)) else ""


class LabShelfQuerySet(models.QuerySet[Any]):
    """How the list is narrowed."""

    def listed(self) -> Self:
        """What takes orders: 在册."""
        return self.filter(LISTED)

    def search(self, words: str, way: str = "") -> Self:
        """The rows that hold every word in what the way names, asked of its index in one question."""
        questions = [question for word in query_words(words) if (question := question_of(word))]
        asked = {f"{WAYS[way]}__asked": " & ".join(questions)} if questions else {}
        return self.search_densely(words, way).filter(**asked)

    def search_densely(self, words: str, way: str = "") -> Self:
        """The same, row by row in whatever order they are read: for words that very many hold."""
        return self.filter(found_by(words, partial(densely, column=WAYS[way])))


class LabShelf(models.Model):
    """One laboratory of a published batch, 在册 or 暂停."""

    laboratory = models.OneToOneField(
        Laboratory, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    batch = models.ForeignKey(
        LabBatch, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="批次"
    )
    region = models.CharField("地区", max_length=10, choices=Region)
    area = models.CharField(
        "城市或区", max_length=20
    )  # 北京, a district of Tianjin, a city of Hebei; "" where not known
    kind = models.CharField("类型", max_length=16, choices=LabType)
    fields = ArrayField(models.CharField(max_length=16), verbose_name="领域")
    is_listed = models.BooleanField("在册")
    place = models.BigIntegerField("次序", unique=True)  # by batch, in each in the order of their entry
    institution = Document("机构文本")  # these three and all of them: the parts of the laboratory's search_text
    services = Document("服务文本")
    instruments = Document("仪器文本")
    document = Document("检索文本")

    objects = LabShelfQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "在册实验室"
        default_permissions = ()
        indexes = (
            models.Index(fields=["batch", "place"], name="labs_batch"),
            models.Index(fields=["place"], condition=LISTED, name="labs_listed"),
            models.Index(fields=["region", "place"], condition=LISTED, name="labs_region"),
            models.Index(fields=["region", "area", "place"], condition=LISTED, name="labs_area"),
            models.Index(fields=["kind", "place"], condition=LISTED, name="labs_kind"),
            GinIndex(fields=["fields"], condition=LISTED, name="labs_fields"),
        )

    def __str__(self) -> str:
        return str(self.laboratory_id)


class LabCount(models.Model):
    """How many laboratories a batch names in one place, and how many of them take orders."""

    region = models.CharField("地区", max_length=10, choices=Region)
    area = models.CharField("城市或区", max_length=20)
    batch = models.ForeignKey(
        LabBatch, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="批次"
    )
    named = models.IntegerField("在册和暂停")
    listed = models.IntegerField("在册")

    class Meta:
        verbose_name = verbose_name_plural = "实验室家数"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["region", "area", "batch"], name="lab_count_once_per_place"),)

    def __str__(self) -> str:
        return f"{self.area} {self.named}"
