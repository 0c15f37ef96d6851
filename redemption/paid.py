"""What the city has paid: one line a payment, and beside the claim the day, by which the lists find it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from redemption.workflow import State

LONGEST_REFERENCE, LONGEST_WHY = 40, 200  # characters
BY_PAYMENT = (
    models.Index(
        fields=["passed_at", "id"], condition=Q(state=State.PASSED, paid_on=None), name="claim_waits_for_money"
    ),
    models.Index(fields=["-paid_on", "-id"], condition=Q(paid_on__isnull=False), name="claim_paid"),
)


class Paid(models.Model):
    """The day on which the amount of a case was paid."""

    paid_on = models.DateField("拨付日期", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Payment(models.Model):
    """The amount of a claim was paid; a line that was wrong is struck out with its reason and stays."""

    claim = models.ForeignKey("redemption.Claim", models.PROTECT, related_name="payments", verbose_name="兑现申请")
    amount = models.DecimalField("拨付金额", max_digits=12, decimal_places=2)  # yuan
    paid_on = models.DateField("拨付日期")
    reference = models.CharField("拨付批次或凭证号", max_length=LONGEST_REFERENCE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间", default=timezone.now)
    struck_at = models.DateTimeField("撤销时间", null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    struck_why = models.CharField("撤销原因", max_length=LONGEST_WHY, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "拨付登记"
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["claim"], condition=Q(struck_at=None), name="payment_once_per_claim"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_why="")
                | Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_why=""),
                name="payment_struck_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.paid_on:%Y-%m-%d}"
