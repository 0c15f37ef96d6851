"""Applications and the quota ledger, to be read: states move on their own pages, sums come from the entries alone."""

from django.contrib import admin

from records.admin import CaseAdmin, ReadOnlyAdmin, ReadOnlyInline, ValuesFilter
from vouchers.models import Application, LedgerEntry, QuotaAccount


class EntryInline(ReadOnlyInline):
    """The entries of an application or an account."""

    model = LedgerEntry
    fields = ["at", "kind", "reserved", "approved", "used", "by"]


@admin.register(Application)
class ApplicationAdmin(CaseAdmin):
    """创新券申请."""

    list_display = ["number", "project_name", "unit", "applied_amount", "approved_amount", "voucher_number", "state"]
    list_filter = ["state", "district", "policy", "created_at"]
    list_select_related = ["unit"]
    search_fields = ["number", "voucher_number", "project_name", "unit__name", "order__number"]
    search_help_text = "申请编号、创新券编号、项目名称、单位或订单编号"
    inlines = [EntryInline]
    fieldsets = [
        (None, {"fields": ["number", "state", "unit", "order", "district", "policy"]}),
        ("内容", {"fields": ["project_name", "content", "planned_from", "planned_to", "contract_draft"]}),
        ("金额", {"fields": ["contract_amount", "applied_amount", "approved_amount", "quota"]}),
        ("创新券", {"fields": ["voucher_number", "approved_at", "use_by", "redeem_by"]}),
        ("承诺与联系人", {"fields": ["pledge_version", "pledged_at", "contact", "phone"]}),
        ("时间", {"fields": ["created_at", "submitted_at", "due_on", "updated_at"]}),
    ]

    @admin.display(description="年度额度")
    def quota(self, application: Application) -> str:
        return str(application.account or "—")


@admin.register(QuotaAccount)
class QuotaAccountAdmin(ReadOnlyAdmin):
    """年度额度."""

    list_display = ["unit", "uscc", "cycle", "pool", "cap", "reserved", "approved", "used"]
    list_filter = [("cycle", ValuesFilter), "pool"]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "unit__uscc", "uscc"]
    search_help_text = "单位名称或统一社会信用代码"
    inlines = [EntryInline]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """额度流水: append-only, also for administrators."""

    list_display = ["at", "account", "application", "kind", "reserved", "approved", "used", "by"]
    list_filter = ["at", "kind", ("account__cycle", ValuesFilter)]
    list_select_related = ["account__unit", "application", "by"]
    search_fields = ["application__number", "application__voucher_number", "account__unit__name"]
    search_help_text = "申请编号、创新券编号或单位"
