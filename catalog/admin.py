"""Curation of the mall and of the laboratory list."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction

from catalog.mall.services import keep_mark, locked, refresh_laboratory, refresh_provider, set_mark, set_status
from catalog.models import Admission, Category, LabBatch, LabField, Laboratory, Product, Provider, Qualification
from records.admin import CaseAdmin, KeptAdmin, OrderedAdmin, ReadOnlyInline
from records.rules import RuleBroken

CARRIED = ("name", "uscc", "legal_representative", "unit", "is_admitted")  # from an admission to its provider
SHOWN_REFUSALS = 5  # sentences of one action; more are counted


@admin.register(Category)
class CategoryAdmin(OrderedAdmin):
    """产品导航."""

    list_display = ("name", "parent", "code", "may_be_marked", "order")
    list_display_links = ("name",)
    list_filter = ("may_be_marked", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    fields = ("name", "parent", "code", "may_be_marked", "order")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Two levels: a category lies below one of the first level."""
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Bring what is searched up to date with the name."""
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            for provider in Provider.objects.filter(products__category__in=[obj, *obj.children.all()]).distinct():
                refresh_provider(provider)


@admin.register(Provider)
class ProviderAdmin(KeptAdmin):
    """服务机构."""

    list_display = ("name", "uscc", "region", "city", "unit", "is_admitted", "is_active")
    list_filter = ("region", "is_admitted", "is_active", ("laboratory", admin.EmptyFieldListFilter))
    list_select_related = ("unit",)
    search_fields = ("name", "uscc")
    raw_id_fields = ("unit",)
    fieldsets = (
        (None, {"fields": ("name", "uscc", "legal_representative", "unit")}),
        ("地区", {"fields": (("region", "city"), "address")}),
        ("介绍", {"fields": ("qualifications", "summary")}),
        ("联系方式", {"fields": (("contact", "phone"),)}),
        ("平台核定", {"fields": (("is_admitted", "is_active"),)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """What an admission has carried here changes with the next admission alone."""
        return CARRIED if obj and obj.admissions.exists() else ()

    def save_model(self, request, obj, form, change):
        """Bring what is searched up to date with the name; an admission may have been suspended meanwhile."""
        if change and obj.admissions.exists():
            obj.is_admitted = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=obj.pk).is_admitted
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            refresh_provider(obj)


class QualificationInline(ReadOnlyInline):
    """The certificates of an admission."""

    model = Qualification
    fields = ("kind", "name", "number", "valid_from", "valid_until", "permanent", "document")


@admin.register(Admission)
class AdmissionAdmin(CaseAdmin):
    """服务机构入驻, to be read: it moves on its own pages."""

    duties = frozenset({"catalog", "audit"})
    list_display = ("number", "unit", "region", "state", "valid_from", "valid_until", "updated_at")
    list_filter = ["state", "region"]
    list_select_related = ("unit",)
    search_fields = ["number", "unit__name", "unit__uscc"]
    search_help_text = "编号、单位名称或统一社会信用代码"
    inlines = (QualificationInline,)
    fieldsets = (
        (None, {"fields": ("number", "state", "unit", "provider", ("valid_from", "valid_until"))}),
        ("内容", {"fields": ("summary", ("region", "city"), "address", "contact", "phone", "scope")}),
        ("时间", {"fields": ("pledged_at", "submitted_at", "created_at", "updated_at")}),
    )


@admin.register(Product)
class ProductAdmin(KeptAdmin):
    """服务产品: status and mark change through the actions alone, which ask the rules."""

    list_display = ("number", "name", "provider", "category", "price", "is_marked", "status", "updated_at")
    list_display_links = ("number", "name")
    list_filter = (
        "status",
        "is_marked",
        ("category__parent", admin.RelatedOnlyFieldListFilter),
        "provider__region",
        ("provider__laboratory", admin.EmptyFieldListFilter),
    )
    list_select_related = ("provider", "category")
    search_fields = ("number", "name", "provider__name")
    raw_id_fields = ("provider",)
    readonly_fields = ("number", "status", "is_marked", "mark_rests", "created_at", "updated_at")
    actions = ("publish", "withdraw", "mark", "unmark")
    fieldsets = (
        (None, {"fields": ("number", "name", "provider", "category", "summary")}),
        ("服务内容", {"fields": ("description", "deliverable", "duration")}),
        ("价格", {"fields": (("price", "price_unit"),)}),
        ("状态与标识", {"fields": (("status", "is_marked", "mark_rests"), ("created_at", "updated_at"))}),
    )

    def get_readonly_fields(self, request, obj=None):
        """A product stays with its provider: orders point to both."""
        return (*self.readonly_fields, "provider") if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        """A new category takes the mark away; the laboratory's search follows."""
        if change:
            keep_mark(obj, locked(obj))
        super().save_model(request, obj, form, change)
        refresh_provider(obj.provider)

    @admin.action(description="上架", permissions=["change"])
    def publish(self, request, queryset):
        self.each(request, queryset, lambda product: set_status(product, Product.Status.ON_SALE, by=request.user))

    @admin.action(description="下架", permissions=["change"])
    def withdraw(self, request, queryset):
        self.each(request, queryset, lambda product: set_status(product, Product.Status.WITHDRAWN, by=request.user))

    @admin.action(description="加创新券标识", permissions=["change"])
    def mark(self, request, queryset):
        self.each(request, queryset, lambda product: set_mark(product, marked=True))

    @admin.action(description="取消创新券标识", permissions=["change"])
    def unmark(self, request, queryset):
        self.each(request, queryset, lambda product: set_mark(product, marked=False))

    def each(self, request, products, verb):
        """Apply the verb to each product; those that a rule refuses stay as they are, and are told."""
        refusals = []
        for product in products:
            try:
                with transaction.atomic():
                    verb(product)
            except RuleBroken as refusal:
                refusals.append(f"{product.number} {product}：{refusal.sentence}")
        done = len(products) - len(refusals)
        self.message_user(request, f"已处理 {done} 个产品。", messages.SUCCESS if done else messages.INFO)
        for sentence in refusals[:SHOWN_REFUSALS]:
            self.message_user(request, sentence, messages.WARNING)
        if len(refusals) > SHOWN_REFUSALS:
            self.message_user(
                request, f"另有 {len(refusals) - SHOWN_REFUSALS} 个产品因同类原因跳过。", messages.WARNING
            )


@admin.register(LabBatch)
class LabBatchAdmin(KeptAdmin):
    """实验室批次: a batch without a date of publication is not shown."""

    list_display = ("__str__", "published_on", "note")
    date_hierarchy = "published_on"
    fields = ("number", "published_on", "note")


@admin.register(Laboratory)
class LaboratoryAdmin(KeptAdmin):
    """京津冀开放实验室."""

    list_display = ("number", "provider", "host_name", "region", "kind", "batch", "status")
    list_filter = ("status", "batch", "provider__region", "kind")
    list_select_related = ("provider", "batch")
    search_fields = ("number", "provider__name", "host_name", "host_uscc")
    raw_id_fields = ("provider",)
    readonly_fields = ("search_text",)
    fieldsets = (
        (None, {"fields": ("number", "provider", ("host_name", "host_uscc"))}),
        ("类型与领域", {"fields": ("kind", "fields", "instruments")}),
        ("名录", {"fields": (("batch", "status"),)}),
        ("检索", {"fields": ("search_text",), "classes": ("collapse",)}),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Fields are ticked, not typed."""
        if db_field.name == "fields":
            return forms.MultipleChoiceField(
                choices=LabField.choices, label="领域", widget=forms.CheckboxSelectMultiple, required=False
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="地区", ordering="provider__region")
    def region(self, laboratory):
        return laboratory.provider.region_words

    def save_model(self, request, obj, form, change):
        """Bring what is searched up to date."""
        super().save_model(request, obj, form, change)
        refresh_laboratory(obj)
