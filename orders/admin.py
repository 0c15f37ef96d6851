"""Orders, to be read: their state changes through `take_step` alone."""

from django.contrib import admin

from orders.models import Order
from records.admin import CaseAdmin


@admin.register(Order)
class OrderAdmin(CaseAdmin):
    """订单: read-only."""

    list_display = ("number", "product_name", "provider", "unit", "buyer", "price", "is_marked", "state", "created_at")
    list_filter = ["state", "is_marked", "created_at"]
    list_select_related = ("provider", "unit", "buyer")
    search_fields = ["number", "product_name", "provider__name", "unit__name"]
    fieldsets = (
        (None, {"fields": ("number", "state", ("created_at", "updated_at"))}),
        (
            "产品",
            {"fields": ("product", "product_name", "provider", "category_name", "price", "price_unit", "is_marked")},
        ),
        ("买方", {"fields": ("unit", "buyer", "contact", "phone")}),
        ("需求", {"fields": ("requirement", ("budget", "budget_words"), "wanted_on", "closing_words")}),
    )
