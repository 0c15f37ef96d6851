"""The mall 科淘: categories, providers, products; an open laboratory is a provider with laboratory facts beside it."""

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from catalog.querysets import ProductQuerySet, ProviderQuerySet
from catalog.search import search_text_of
from records.kinds import start_of
from records.models import Trailed
from records.people import Person
from ui.pinyin import PinyinField, SortedByName
from ui.templatetags.ui import money

if TYPE_CHECKING:
    from catalog.models.laboratory import Laboratory


class Category(Trailed):
    """A node of 产品导航, two levels deep (domain.md §7)."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    may_be_marked = models.BooleanField("可带创新券标识", default=False)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "产品类别"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="category_name_once_per_parent",
                violation_error_message="同一个上级下面已经有这个名称的类别，请换一个名称，或修改原来的类别。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Region(models.TextChoices):
    """京津冀."""

    BEIJING = "beijing", "北京"
    TIANJIN = "tianjin", "天津"
    HEBEI = "hebei", "河北"


class Provider(Trailed, SortedByName):
    """A service institution (服务机构); a unit may stand behind it and keep its desk."""

    name = models.CharField("机构名称", max_length=120)
    name_key = PinyinField("拼音")
    uscc = models.CharField("统一社会信用代码", max_length=18, db_index=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="providers", verbose_name="帐号所属单位"
    )
    region = models.CharField("地区", max_length=10, choices=Region, default=Region.TIANJIN)
    city = models.CharField("城市", max_length=20, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    summary = models.TextField("机构简介", blank=True)
    qualifications = models.CharField("资质", max_length=200, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    scope = models.ManyToManyField(
        Category, related_name="+", verbose_name="服务范围", blank=True
    )  # of the admission in force; empty where none limits it
    is_admitted = models.BooleanField("创新券服务机构", default=False)
    is_active = models.BooleanField("在用", default=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务机构"
        ordering = ("name_key", "pk")
        indexes = (
            models.Index(fields=["id"], condition=Q(is_active=True, is_admitted=True), name="provider_admitted"),
            models.Index(fields=["name_key"], name="provider_name_key"),
        )  # the first to be counted on the first page, the second to find who has a name already

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The provider's public page."""
        return reverse("provider_detail", args=[self.pk])

    def has_member(self, user: Person) -> bool:
        """Whether the person keeps this provider's desk."""
        return self.unit is not None and self.unit.has_member(user)

    def covers(self, category: Category) -> bool:
        """Whether the category lies in the scope; where none is set, nothing limits it."""
        scope = {found.pk for found in self.scope.all()}
        return not scope or bool({category.pk, category.parent_id} & scope)

    @property
    def region_words(self) -> str:
        """The region, with the city where it tells more."""
        region = self.get_region_display()
        return f"{region} · {self.city}" if self.city and self.city != region else region

    @property
    def as_laboratory(self) -> "Laboratory | None":
        """The laboratory that this provider is, if it is one."""
        return getattr(self, "laboratory", None)

    @property
    def legal_name(self) -> str:
        """The legal person that contracts and invoices: a laboratory's 依托单位, else the provider itself."""
        laboratory = self.as_laboratory
        return laboratory.host_name if laboratory else self.name

    @property
    def legal_uscc(self) -> str:
        """The credit code of that legal person."""
        laboratory = self.as_laboratory
        return laboratory.host_uscc if laboratory else self.uscc


RENOWN = (
    "orders_done",
    "stars_mean",
)  # figures of a product that others count: a row that was read earlier never writes them


def next_product_number() -> str:
    """The next product number, e.g. KT000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_product_number')")
        return product_number(cursor.fetchone()[0])


def product_number(value: int) -> str:
    """A product number as it is written."""
    return f"KT{value:06d}"


class Product(Trailed):
    """A service product in the mall."""

    class Status(models.TextChoices):
        """Whether it is on the shelf."""

        DRAFT = "draft", "未上架"
        ON_SALE = "on_sale", "已上架"
        WITHDRAWN = "withdrawn", "已下架"

    RESTS_ON = ("provider",)

    number = models.CharField("编号", max_length=20, unique=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="products", verbose_name="服务机构", db_index=False
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name="类别")
    name = models.CharField("产品名称", max_length=120)
    summary = models.CharField("一句话介绍", max_length=200, blank=True)
    description = models.TextField("服务说明", blank=True)
    deliverable = models.CharField("交付成果", max_length=200, blank=True)
    standards = models.CharField("执行标准", max_length=300, blank=True, default="", db_default="")
    instruments = models.CharField("主要仪器", max_length=300, blank=True, default="", db_default="")
    samples = models.TextField("样品要求", blank=True, default="", db_default="")
    price_items = models.TextField("分项价格", blank=True, default="", db_default="")  # a line each (mall/facts.py)
    price = models.DecimalField("参考价格（元）", max_digits=12, decimal_places=2)  # yuan
    price_unit = models.CharField("计价单位", max_length=20, default="次")
    duration = models.CharField("服务周期", max_length=40, blank=True)
    is_marked = models.BooleanField("创新券", default=False)  # in force: shows, counts, is copied into orders
    mark_rests = models.BooleanField(
        "标识暂停", default=False, editable=False
    )  # given, not in force: the provider is not admitted, or the category out of its scope; the database wakes it
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    search_text = models.TextField("检索文本", editable=False, blank=True)
    orders_done = models.PositiveIntegerField("已完成订单", default=0, db_default=0, editable=False)
    stars_mean = models.PositiveSmallIntegerField(
        "评分均值（百分之一星）", default=0, db_default=0, editable=False
    )  # 0 of fewer than are shown; the database keeps it (migration 0044)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    benefit: Any  # of a page's products: what the voucher brings (mall/benefit.py)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务产品"
        ordering = ("-is_marked", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="product_price_above_zero",
                violation_error_message="参考价格须大于 0 元；面议的，请填写常见的价格，并在服务说明里写明。",
            ),
            models.CheckConstraint(
                condition=Q(is_marked=False) | Q(mark_rests=False), name="product_mark_in_force_or_rests"
            ),
        )
        indexes = (
            models.Index(fields=["category", "-is_marked", "-id"]),
            models.Index(fields=["provider", "id"], name="product_provider_new"),
            models.Index(fields=["status", "id"], name="product_status_new"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text that the keyword search reads; give a new product its number; leave the figures to who counts."""
        self.number = self.number or next_product_number()
        self.search_text = search_text_of(self)
        if not self._state.adding:
            kwargs.setdefault("update_fields", self.written())
        super().save(*args, **kwargs)

    def written(self) -> list[str]:
        """The columns that a change of the product writes."""
        columns = self._meta.concrete_fields
        return [column.name for column in columns if not column.primary_key and column.name not in RENOWN]

    def get_absolute_url(self) -> str:
        """The product's public page."""
        return reverse("product_detail", args=[self.number])

    @property
    def start_url(self) -> str:
        """Where it is ordered."""
        return start_of(self)[1]

    @property
    def top_category(self) -> Category:
        """The first-level category, which the drawn stand-in is of."""
        return self.category.parent or self.category

    @property
    def price_words(self) -> str:
        """The price with its unit, e.g. ¥ 1,000.00/次."""
        return f"{money(self.price)}/{self.price_unit}" if self.price_unit else money(self.price)

    @property
    def pause_words(self) -> str:
        """Why a product on the shelf takes no orders for a while; "" where its laboratory is not paused."""
        laboratory = self.provider.as_laboratory
        return laboratory.pause_words if laboratory and self.status == self.Status.ON_SALE else ""

    @property
    def can_be_ordered(self) -> bool:
        """On the shelf, of an active provider, and of a laboratory only while it is listed; as `on_shelf` in SQL."""
        laboratory = self.provider.as_laboratory
        is_open = laboratory is None or laboratory.is_listed
        return self.status == self.Status.ON_SALE and self.provider.is_active and is_open
