"""The mall 科淘: categories, providers, products; an open laboratory is a provider with laboratory facts beside it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from catalog.querysets import LaboratoryQuerySet, ProductQuerySet, ProviderQuerySet
from catalog.search import search_text_of
from records.kinds import start_of
from records.people import Person
from ui.templatetags.ui import money


class Category(models.Model):
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
        constraints = (models.UniqueConstraint(fields=["parent", "name"], name="category_name_once_per_parent"),)

    def __str__(self) -> str:
        return self.name


class Region(models.TextChoices):
    """京津冀."""

    BEIJING = "beijing", "北京"
    TIANJIN = "tianjin", "天津"
    HEBEI = "hebei", "河北"


class Provider(models.Model):
    """A service institution (服务机构); a unit may stand behind it and keep its desk."""

    name = models.CharField("机构名称", max_length=120)
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
        ordering = ("name",)

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


class LabBatch(models.Model):
    """A published batch of the 京津冀 laboratory list (第 N 批)."""

    number = models.PositiveSmallIntegerField("批次", unique=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "实验室批次"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"第 {self.number} 批"


class LabType(models.TextChoices):
    """Types of open laboratories, as the manual lists them."""

    NATIONAL = "national", "国家级重点实验室"
    PROVINCIAL = "provincial", "省部级重点实验室"
    ENGINEERING = "engineering", "工程技术中心"
    ENTERPRISE = "enterprise", "企业技术中心"
    COLLABORATIVE = "collaborative", "协同创新中心"
    INDUSTRY = "industry", "省部级产业技术研究院"
    NEW_RESEARCH = "new_research", "新型研发组织"


class LabField(models.TextChoices):
    """Technical fields of laboratories."""

    ELECTRONICS = "electronics", "电子信息"
    BIOMEDICINE = "biomedicine", "生物医药"
    MATERIALS = "materials", "新材料"
    MANUFACTURING = "manufacturing", "先进制造"
    ENERGY = "energy", "新能源与节能"
    ENVIRONMENT = "environment", "资源环境"
    AGRICULTURE = "agriculture", "现代农业"
    AEROSPACE = "aerospace", "航空航天"
    SERVICES = "services", "现代服务"


class Laboratory(models.Model):
    """What is known of a provider that is an open laboratory of 京津冀."""

    class Status(models.TextChoices):
        """A removed laboratory keeps its row, so that old orders still resolve."""

        LISTED = "listed", "在册"
        PAUSED = "paused", "暂停"
        REMOVED = "removed", "退出"

    provider = models.OneToOneField(Provider, models.CASCADE, related_name="laboratory", verbose_name="机构")
    number = models.CharField("编号", max_length=20, unique=True)
    host_name = models.CharField("依托单位", max_length=120)
    host_uscc = models.CharField("依托单位统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("类型", max_length=16, choices=LabType)
    fields = ArrayField(models.CharField(max_length=16, choices=LabField), verbose_name="领域", default=list)
    instruments = models.TextField("仪器设备", blank=True)
    batch = models.ForeignKey(LabBatch, models.PROTECT, related_name="laboratories", verbose_name="批次")
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.LISTED)
    search_text = models.TextField("检索文本", editable=False, blank=True)  # lower-case: institution, host, services

    objects = LaboratoryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "开放实验室"
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.provider)

    def get_absolute_url(self) -> str:
        """The laboratory's public page."""
        return reverse("lab_detail", args=[self.number])

    @property
    def is_listed(self) -> bool:
        """在册, of a published batch."""
        return self.status == self.Status.LISTED and self.batch.published_on is not None

    @property
    def field_labels(self) -> list[str]:
        """The technical fields in Chinese."""
        return [LabField(field).label for field in self.fields]


def next_product_number() -> str:
    """The next product number, e.g. KT000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_product_number')")
        return f"KT{cursor.fetchone()[0]:06d}"


class Product(models.Model):
    """A service product in the mall."""

    class Status(models.TextChoices):
        """Whether it is on the shelf."""

        DRAFT = "draft", "未上架"
        ON_SALE = "on_sale", "已上架"
        WITHDRAWN = "withdrawn", "已下架"

    number = models.CharField("编号", max_length=20, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="products", verbose_name="服务机构")
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name="类别")
    name = models.CharField("产品名称", max_length=120)
    summary = models.CharField("一句话介绍", max_length=200, blank=True)
    description = models.TextField("服务说明", blank=True)
    deliverable = models.CharField("交付成果", max_length=200, blank=True)
    price = models.DecimalField("参考价格（元）", max_digits=12, decimal_places=2)  # yuan
    price_unit = models.CharField("计价单位", max_length=20, default="次")
    duration = models.CharField("服务周期", max_length=40, blank=True)
    is_marked = models.BooleanField("创新券", default=False)  # in force: shows, counts, is copied into orders
    mark_rests = models.BooleanField(
        "标识暂停", default=False, editable=False
    )  # given, not in force: the provider is not admitted, or the category out of its scope; the database wakes it
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    search_text = models.TextField("检索文本", editable=False, blank=True)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    benefit: Any  # of a page's products: what the voucher brings (mall/benefit.py)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务产品"
        ordering = ("-is_marked", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(price__gt=0), name="product_price_above_zero"),
            models.CheckConstraint(
                condition=Q(is_marked=False) | Q(mark_rests=False), name="product_mark_in_force_or_rests"
            ),
        )
        indexes = (models.Index(fields=["category", "-is_marked", "-id"]),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text that the keyword search reads; give a new product its number."""
        self.number = self.number or next_product_number()
        self.search_text = search_text_of(self)
        super().save(*args, **kwargs)

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
    def can_be_ordered(self) -> bool:
        """On the shelf, of an active provider, and of a laboratory only while it is listed; as `on_shelf` in SQL."""
        laboratory = self.provider.as_laboratory
        is_open = laboratory is None or laboratory.is_listed
        return self.status == self.Status.ON_SALE and self.provider.is_active and is_open
