"""Curation of the mall and of the laboratory list."""

from django import forms
from django.contrib import admin

from catalog.mall.navigation import Navigation
from catalog.mall.services import keep_mark, locked, refresh_provider
from catalog.models import (
    Admission,
    Category,
    LabBatch,
    LabField,
    Laboratory,
    Product,
    Provider,
    Qualification,
    SheetImport,
    Synonym,
)
from records.admin import KEY, CaseAdmin, KeptAdmin, OrderedAdmin, ReadOnlyAdmin, ReadOnlyInline
from records.locks import hold_row
from records.steps import write
from ui.sayings import CHOOSE

SEARCHED = {"name", "region", "city", "qualifications"}  # of a provider; by all but the first its laboratory is found
CARRIED = ("name", "uscc", "legal_representative", "unit", "is_admitted")  # from an admission to its provider


class NotedMixin(admin.ModelAdmin):
    """What is typed here stands in the row's history, as on the curator's desk."""

    def log_addition(self, request, obj, message):
        write(obj, "row_made", by=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """The labels of what was changed, as the form has them."""
        labels = [label for part in message for label in part.get("changed", {}).get("fields", ())]
        if labels:
            write(obj, "row_changed", by=request.user, text=f"修改：{'、'.join(labels)}")
        return super().log_change(request, obj, message)


@admin.register(Category)
class CategoryAdmin(NotedMixin, OrderedAdmin):
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
class ProviderAdmin(NotedMixin, KeptAdmin):
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
        if change and SEARCHED & set(form.changed_data):
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
    list_filter = ["state", "region", "created_at"]
    list_select_related = ("unit",)
    search_fields = ["number", "unit__name", "unit__uscc"]
    search_help_text = "编号、单位名称或统一社会信用代码"
    inlines = (QualificationInline,)
    fieldsets = (
        (None, {"fields": ("number", "state", "unit", "provider", ("valid_from", "valid_until"))}),
        ("内容", {"fields": ("summary", ("region", "city"), "address", "contact", "phone", "scope")}),
        ("时间", {"fields": ("pledged_at", "submitted_at", "created_at", "updated_at")}),
    )


class TopFilter(admin.SimpleListFilter):
    """The categories of the first level, as the tree has them: no product is asked."""

    title = "一级类别"
    parameter_name = "top"

    def lookups(self, request, model_admin):
        return [(str(top.pk), top.name) for top in Category.objects.filter(parent=None)]

    def queryset(self, request, queryset):
        return queryset.filter(category__parent=self.value()) if KEY.fullmatch(self.value() or "") else queryset


@admin.register(Product)
class ProductAdmin(NotedMixin, KeptAdmin):
    """服务产品: status and mark change on the curator's desk alone, which asks the rules and the reason."""

    list_display = ("number", "name", "provider", "category", "price", "is_marked", "status", "updated_at")
    list_display_links = ("number", "name")
    list_filter = (
        "status",
        "is_marked",
        TopFilter,
        "provider__region",
        ("provider__laboratory", admin.EmptyFieldListFilter),
    )
    list_select_related = ("provider", "category")
    search_fields = ("number", "name", "provider__name")
    raw_id_fields = ("provider",)
    readonly_fields = ("number", "status", "is_marked", "mark_rests", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("number", "name", "provider", "category", "summary")}),
        ("服务内容", {"fields": ("description", "deliverable", "duration", "standards", "instruments", "samples")}),
        ("价格", {"fields": (("price", "price_unit"), "price_items")}),
        ("状态与标识", {"fields": (("status", "is_marked", "mark_rests"), ("created_at", "updated_at"))}),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A category is chosen below the one above it."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category" and field is not None:
            field.choices = lambda: [("", CHOOSE), *Navigation().leaf_choices()]
        return field

    def get_readonly_fields(self, request, obj=None):
        """A product stays with its provider: orders point to both."""
        return (*self.readonly_fields, "provider") if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        """A new category takes the mark away; the laboratory's search follows."""
        if change:
            keep_mark(obj, locked(obj))
        super().save_model(request, obj, form, change)
        refresh_provider(obj.provider)


@admin.register(LabBatch)
class LabBatchAdmin(NotedMixin, KeptAdmin):
    """实验室批次: a batch without a date of publication is not shown."""

    list_display = ("__str__", "published_on", "note")
    fields = ("number", "published_on", "note")


@admin.register(SheetImport)
class SheetImportAdmin(ReadOnlyAdmin):
    """表格导入, to be read: who has brought which list in, published it, taken it back."""

    list_display = ("created_at", "name", "kind", "by", "unit", "stage", "published_at", "undone_at")
    list_display_links = ("name",)
    list_filter = ("kind", "stage")
    list_select_related = ("by", "unit")
    search_fields = ("name", "by__username", "by__name", "unit__name", "sha256")
    fields = (
        "name",
        "kind",
        "by",
        "unit",
        "acts",
        "stage",
        "sentence",
        "size",
        "sha256",
        "batch",
        "published_on",
        "created_at",
        "published_at",
        "undone_at",
    )


@admin.register(Laboratory)
class LaboratoryAdmin(NotedMixin, KeptAdmin):
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
        """Bring what is searched up to date; the provider is held first, as by whoever changes it."""
        hold_row(Provider.objects.all(), obj.provider_id)
        super().save_model(request, obj, form, change)
        refresh_provider(obj.provider)


@admin.register(Synonym)
class SynonymAdmin(KeptAdmin):
    """同义词: what the search of the mall finds beside what was typed; put out of use, never deleted."""

    list_display = ("word", "means", "both_ways", "is_active", "updated_at")
    list_display_links = ("word",)
    list_filter = ("is_active",)
    search_fields = ("word", "means")
    search_help_text = "检索词或同时查找的词"
    fields = (("word", "means"), ("both_ways", "is_active"))
