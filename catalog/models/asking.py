"""咨询: what people ask about a product before they order it, and what its institution answers."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, UnitMember
from catalog.models.mall import Product
from records.models import Trailed
from records.people import Person


class InquiryQuerySet(models.QuerySet[Any]):
    """Reading rules of questions."""

    def shown(self) -> Self:
        """What everybody reads: answered in public, and not hidden."""
        return self.filter(is_public=True, hidden_at=None)

    def kept_by(self, user: Person) -> Self:
        """Those that the person may answer or hide: asked of an own institution, or all of them."""
        if user.duty == Duty.CATALOG:
            return self
        return self.filter(
            models.Exists(UnitMember.objects.filter(user=user, unit=models.OuterRef("product__provider__unit")))
        )

    def visible_to(self, user: Person) -> Self:
        """Those, and the person's own."""
        return self.kept_by(user) | self.filter(asker=user)

    def unanswered(self) -> Self:
        """Those that wait for the institution."""
        return self.filter(answered_at=None, hidden_at=None)


class Inquiry(Trailed):
    """One question about a product."""

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="inquiries", verbose_name="服务产品", db_index=False
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提问人", db_index=False
    )
    text = models.TextField("问题")
    asked_at = models.DateTimeField("提问时间", default=timezone.now)
    answer = models.TextField("回答", blank=True)
    answered_at = models.DateTimeField("回答时间", null=True, blank=True)
    is_public = models.BooleanField("公开", default=False)
    hidden_at = models.DateTimeField("隐藏时间", null=True, blank=True)
    hidden_why = models.CharField("隐藏原因", max_length=200, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "咨询"
        default_permissions = ()
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, is_public=False)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="inquiry_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(hidden_why="", hidden_at=None) | (~Q(hidden_why="") & Q(hidden_at__isnull=False)),
                name="inquiry_hidden_with_a_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["product", "-answered_at"], condition=Q(is_public=True, hidden_at=None), name="inquiry_shown"
            ),
            models.Index(fields=["product", "asked_at"], name="inquiry_of_product"),
            models.Index(fields=["asker", "-asked_at", "-id"], name="inquiry_of_asker"),
            models.Index(fields=["asker"], condition=Q(answered_at=None, hidden_at=None), name="inquiry_open_of"),
        )

    def __str__(self) -> str:
        return f"{self.product}：{self.text[:20]}"

    def get_absolute_url(self) -> str:
        """Where both sides read it."""
        return reverse("inquiry", args=[self.pk])

    @property
    def stage(self) -> str:
        """How far it is, in a word."""
        if self.hidden_at:
            return "已隐藏"
        if not self.answered_at:
            return "待回答"
        return "已公开回答" if self.is_public else "已回答（只有提问人可见）"

    @property
    def where(self) -> str:
        """Where the answer stands, as its asker reads it."""
        if self.hidden_at:
            return f"原因：{self.hidden_why}"
        if not self.answered_at:
            return "机构回答后会通知您"
        return "显示在产品页，不显示您的姓名" if self.is_public else "只有您和机构能看到"
