"""服务评价: the stars that a firm gives in a redemption that has passed, without a name (ADR 0205)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Duty
from catalog.models.mall import Product, Provider
from records.models import Trailed
from records.people import Person

WORST, BEST = 1, 5
ENOUGH = 3  # of one product, or one institution, from which on they are shown: of fewer one knows whose they are


class RatingQuerySet(models.QuerySet[Any]):
    """Reading rules of ratings."""

    def shown(self) -> Self:
        """Those that count in public."""
        return self.filter(hidden_at=None)

    def answerable_by(self, user: Person) -> Self:
        """Those of the institutions whose desk the person keeps, with the right to write."""
        return self.filter(provider__in=Provider.objects.written_by(user))

    def kept_by(self, user: Person) -> Self:
        """The curator's all of them; else those of an own institution, once there are so many that none has a face."""
        if user.duty == Duty.CATALOG:
            return self
        own = Provider.objects.kept_by(user)
        many = self.model.objects.order_by().values("provider").annotate(n=models.Count("pk")).filter(n__gte=ENOUGH)
        return self.shown().filter(provider__in=own).filter(provider__in=many.values("provider"))


class Rating(Trailed):
    """One rating, of one redemption."""

    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="ratings", verbose_name="服务机构", db_index=False
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="ratings", verbose_name="服务产品", db_index=False
    )
    claim_number = models.CharField("兑现申请编号", max_length=24, unique=True)  # which no page of this app shows
    stars = models.PositiveSmallIntegerField("评分")
    given_at = models.DateTimeField("评价时间", default=timezone.now)
    answer = models.TextField("机构回复", blank=True)
    answered_at = models.DateTimeField("回复时间", null=True, blank=True)
    hidden_at = models.DateTimeField("隐藏时间", null=True, blank=True)
    hidden_why = models.CharField("隐藏原因", max_length=200, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务评价"
        default_permissions = ()
        ordering = ("-given_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(stars__gte=WORST, stars__lte=BEST), name="rating_of_one_to_five"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="rating_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(hidden_why="", hidden_at=None) | (~Q(hidden_why="") & Q(hidden_at__isnull=False)),
                name="rating_hidden_with_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=["product", "stars"], condition=Q(hidden_at=None), name="rating_of_product"),
            models.Index(fields=["provider", "stars"], condition=Q(hidden_at=None), name="rating_of_provider"),
            models.Index(fields=["given_at", "id"], name="rating_new"),
        )

    def __str__(self) -> str:
        return f"{self.product}：{self.stars} 分"
