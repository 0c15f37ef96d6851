"""An order of a service product; price, category and mark are copied when it is placed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Unit
from catalog.models import Product, Provider
from orders.booking.models import Booking, ClosedDay, KeptHours, Timetable
from orders.permissions import belongs_to
from orders.querysets import OrderQuerySet
from orders.wanted.models import Wanted, WantedOffer
from orders.workflow import OrderWorkflow, State
from records.people import Person

__all__ = ["Booking", "ClosedDay", "KeptHours", "Order", "Timetable", "Wanted", "WantedOffer"]


class Order(OrderWorkflow):
    """What an enterprise asks of a provider; nothing is paid in the mall (domain.md §5.2)."""

    PREFIX = "DD"
    LOOSE_PAPERS = True
    RESTS_ON = ("unit",)

    product = models.ForeignKey(Product, models.PROTECT, related_name="orders", verbose_name="产品")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="orders", verbose_name="服务机构")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders", verbose_name="下单人")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name="下单单位"
    )
    product_name = models.CharField("产品名称", max_length=120)
    category_name = models.CharField("类别", max_length=40)
    category_may_be_marked = models.BooleanField("类别在支持范围", default=False)
    price = models.DecimalField("参考价格（元）", max_digits=12, decimal_places=2)  # yuan, when the order was placed
    price_unit = models.CharField("计价单位", max_length=20)
    is_marked = models.BooleanField("创新券", default=False)
    requirement = models.TextField("需求描述")
    budget = models.DecimalField("数量/预算", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    budget_words = models.CharField(
        "数量/预算（原文）", max_length=100, blank=True
    )  # of orders placed before it was a number
    wanted_on = models.DateField("期望完成时间")
    contact = models.CharField("联系人", max_length=60)
    phone = models.CharField("电话", max_length=20)
    closing_words = models.TextField("说明", blank=True)  # why declined or cancelled, or what was delivered

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "订单"
        ordering = ("-created_at",)
        constraints = (models.CheckConstraint(condition=Q(state__in=State.values), name="order_state_known"),)
        indexes = (
            models.Index(fields=["unit", "-created_at"]),
            models.Index(fields=["buyer", "-created_at"]),
            models.Index(fields=["provider", "id"], name="order_received"),
            models.Index(fields=["provider", "state", "id"], name="order_received_state"),
        )

    def get_absolute_url(self) -> str:
        """The order's page."""
        return reverse("order_detail", args=[self.number])

    @property
    def budget_told(self) -> Decimal | str | None:
        """The budget in yuan, or as it was written before it was a number."""
        return self.budget if self.budget is not None else self.budget_words

    @property
    def title(self) -> str:
        """What lists call the case."""
        return self.product_name

    @property
    def buyer_name(self) -> str:
        """The buying unit, or the person who ordered without one."""
        return str(self.unit or self.buyer)

    def has_member(self, user: Person) -> bool:
        """Whether the order is the person's own or of a unit of his."""
        return belongs_to(self, user)

    @property
    def is_confirmed(self) -> bool:
        """Whether the provider has taken the order."""
        return self.state in {State.SERVING, State.COMPLETED}

    @property
    def is_alive(self) -> bool:
        """Neither declined nor cancelled."""
        return self.state not in Order.DEAD
