"""Redemptions and their rows, to be read: states move on their own pages."""

from django.contrib import admin

from records.admin import CaseAdmin, ReadOnlyInline
from redemption.models import Claim, Contract, Invoice, PrintedForm, Receipt

SHOWN = 12  # signs of a hash


class InvoiceInline(ReadOnlyInline):
    """发票."""

    model = Invoice
    fields = ["kind", "code", "invoice_number", "issued_on", "seller", "buyer", "net", "tax", "gross", "live"]


class ReceiptInline(ReadOnlyInline):
    """银行回单; accounts stay in the claim's own pages."""

    model = Receipt
    fields = ["paid_on", "payer", "payee", "amount", "serial", "live"]


class ContractInline(ReadOnlyInline):
    """合同."""

    model = Contract
    fields = ["name", "number", "party_a", "party_b", "signed_on", "starts_on", "ends_on", "amount"]


class PrintedFormInline(ReadOnlyInline):
    """The versions of the 兑现申请表 that were made."""

    model = PrintedForm
    fields = ["version", "content", "asked_at", "made_at"]

    @admin.display(description="内容摘要")
    def content(self, printed: PrintedForm) -> str:
        """As much of it as the form itself shows."""
        return printed.content_hash[:SHOWN].upper()


@admin.register(Claim)
class ClaimAdmin(CaseAdmin):
    """兑现申请."""

    list_display = ["number", "application", "unit", "redeemed_amount", "final_amount", "form_number", "state"]
    list_filter = ["state", "district", "created_at"]
    list_select_related = ["application", "unit"]
    search_fields = ["number", "form_number", "application__voucher_number", "unit__name"]
    search_help_text = "兑现编号、申请表编号、创新券编号或单位"
    inlines = [InvoiceInline, ReceiptInline, ContractInline, PrintedFormInline]
    fieldsets = [
        (None, {"fields": ["number", "state", "application", "unit", "district", "policy"]}),
        ("完成情况", {"fields": ["completed_on", "effect", "rating"]}),
        ("金额", {"fields": ["redeemed_amount", "final_amount", "passed_at"]}),
        ("兑现申请表", {"fields": ["form_number", "form_version", "form_hash", "accepted_at", "stamped_form"]}),
        ("时间", {"fields": ["created_at", "submitted_at", "due_on", "updated_at"]}),
    ]
