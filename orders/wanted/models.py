"""What a firm looks for, and the services that providers offer for it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, Unit, UnitMember
from catalog.models import Category, Product, Provider
from orders.wanted.workflow import State, WantedWorkflow
from policy.calendar import today
from records.people import Person, Visitor
from reviews.permissions import is_municipal


class WantedQuerySet(models.QuerySet[Any]):
    """Reading rules of needs."""

    def shown(self) -> Self:
        """What everybody reads now."""
        return self.filter(state=State.OPEN, expires_on__gte=today())

    def of(self, user: Person) -> Self:
        """Those of the person's units."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))

    def visible_to(self, user: Visitor) -> Self:
        """What is shown; his firm's; what his provider has answered; all of them to the curator and 市科技局."""
        if not user.is_authenticated:
            return self.shown()
        if user.duty == Duty.CATALOG or is_municipal(user):
            return self
        member = UnitMember.objects.filter(user=user)
        answered = WantedOffer.objects.filter(wanted=OuterRef("pk"), provider__unit__memberships__user=user)
        shown = Q(state=State.OPEN, expires_on__gte=today())
        return self.filter(shown | Exists(member.filter(unit=OuterRef("unit"))) | Exists(answered))

    def over(self) -> Self:
        """Shown, and past the last day."""
        return self.filter(state=State.OPEN, expires_on__lt=today())


class Wanted(WantedWorkflow):
    """企业需求: without the firm's name for everybody else until it orders."""

    PREFIX = "XQ"
    RESTS_ON = ("unit", "order_placed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发布单位")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    title = models.CharField("需求名称", max_length=60)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="服务类别")
    requirement = models.TextField("需求描述")
    budget = models.DecimalField("预算（元）", max_digits=12, decimal_places=2)  # yuan
    wanted_on = models.DateField("期望完成时间")
    contact = models.CharField("联系人", max_length=60)
    phone = models.CharField("电话", max_length=20)
    published_at = models.DateTimeField("公布时间", null=True, editable=False)
    expires_on = models.DateField("征集截止", null=True, editable=False)
    closing_words = models.TextField("说明", blank=True, editable=False)  # why it was not shown, or closed
    order_placed = models.OneToOneField(
        "orders.Order", models.PROTECT, null=True, editable=False, related_name="wanted", verbose_name="订单"
    )

    objects = WantedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业需求"
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(state__in=State.values), name="wanted_state_known"),)
        indexes = (
            models.Index(fields=["unit", "-id"], name="wanted_of_unit"),
            models.Index(fields=["state", "-id"], name="wanted_by_state"),
        )

    def get_absolute_url(self) -> str:
        """The page of the need."""
        return reverse("wanted_detail", args=[self.number])

    def has_member(self, user: Person) -> bool:
        """Whether it is of a unit of the person's."""
        return self.unit.has_member(user)

    @property
    def is_shown(self) -> bool:
        """Whether everybody reads it now."""
        return self.state == State.OPEN and self.expires_on is not None and self.expires_on >= today()


class WantedOffer(models.Model):
    """报价: a service on the shelf that a provider offers for a need; mark, price and category are those of that moment."""

    wanted = models.ForeignKey(Wanted, models.CASCADE, related_name="offers", verbose_name="企业需求")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", verbose_name="服务机构")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name="服务产品")
    product_name = models.CharField("产品名称", max_length=120)
    category_name = models.CharField("类别", max_length=40)
    price = models.DecimalField("报价时的参考价格（元）", max_digits=12, decimal_places=2)  # yuan
    price_unit = models.CharField("计价单位", max_length=20)
    is_marked = models.BooleanField("创新券", default=False)
    words = models.TextField("报价说明")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报价人")
    at = models.DateTimeField("报价时间", default=timezone.now)
    taken_back_at = models.DateTimeField("撤回时间", null=True, editable=False)
    outcome = ""  # whether it was chosen, as a page has found out

    class Meta:
        verbose_name = verbose_name_plural = "报价"
        default_permissions = ()
        ordering = ("price", "pk")
        constraints = (models.UniqueConstraint(fields=["wanted", "product"], name="wanted_offer_once_a_product"),)
        indexes = (models.Index(fields=["provider", "-id"], name="wanted_offer_of_provider"),)

    def __str__(self) -> str:
        return self.product_name
