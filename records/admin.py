"""The trail and the papers, to be read only; and the base of every page that must not change a case."""

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType

from records.models import Case, Document, Event

STEPS = {
    "submit": "提交", "pass_review": "通过", "send_back": "退回修改", "reject": "不通过", "withdraw": "撤回",
    "lapse": "逾期", "void": "作废", "give_back": "交回", "redeem": "兑现", "reopen": "转为需重新认证",
    "freeze": "冻结", "unfreeze": "解除冻结", "confirm": "确认接单", "decline": "不接单", "complete": "登记完成",
    "cancel": "取消", "upload_form": "上传申请表", "return_form": "申请表退回重传", "transfer": "转办", "export": "导出",
}  # fmt: skip


def state_label(event, state):
    """The state's Chinese label in the machine of the event's case."""
    model = event.case_type.model_class()
    return dict(model._meta.get_field("state").choices).get(state, state) if state and model else ""


class CaseTypeFilter(admin.SimpleListFilter):
    """Only the kinds of cases, by their names."""

    title = "事项类型"
    parameter_name = "case"

    def lookups(self, request, model_admin):
        cases = [model for model in apps.get_models() if issubclass(model, Case)]
        return [(kind.pk, model._meta.verbose_name) for model, kind in
                ContentType.objects.get_for_models(*cases).items()]  # fmt: skip

    def queryset(self, request, queryset):
        return queryset.filter(case_type=self.value()) if self.value() else queryset


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that nobody adds, changes or deletes here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CaseAdmin(ReadOnlyAdmin):
    """A case: its state moves through its own pages alone, never here."""

    list_filter = ["state"]
    search_fields = ["number"]
    date_hierarchy = "created_at"
    list_per_page = 50


class ReadOnlyInline(admin.TabularInline):
    """Rows under another row, to be read only."""

    extra = 0
    can_delete = False

    def get_readonly_fields(self, request, obj=None):
        return self.fields or super().get_readonly_fields(request, obj)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """操作留痕: append-only, also for administrators."""

    list_display = ["at", "kind", "case_id", "sequence", "action", "before", "after", "office", "actor"]
    list_filter = [CaseTypeFilter, "at"]
    list_select_related = ["case_type", "actor"]
    search_fields = ["case_id", "actor__username", "actor__name", "office", "text"]
    search_help_text = "事项序号、操作人、办理单位或说明"
    date_hierarchy = "at"
    fieldsets = [
        ("事项", {"fields": ["kind", "case_id", "sequence"]}),
        ("动作", {"fields": ["action", "before", "after", "actor", "office", "at", "text"]}),
        ("防篡改", {"fields": ["attachments", "previous_hash", "hash"]}),
    ]

    @admin.display(description="事项类型", ordering="case_type")
    def kind(self, event):
        return event.case_type.name

    @admin.display(description="动作", ordering="step")
    def action(self, event):
        return STEPS.get(event.step, event.step)

    @admin.display(description="原状态", ordering="from_state")
    def before(self, event):
        return state_label(event, event.from_state)

    @admin.display(description="新状态", ordering="to_state")
    def after(self, event):
        return state_label(event, event.to_state)


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """材料: what is known of each paper; the paper itself is read through its case."""

    list_display = ["name", "purpose", "content_type", "size", "kind", "created_by", "created_at"]
    list_filter = ["content_type", "purpose", CaseTypeFilter]
    list_select_related = ["case_type", "created_by"]
    search_fields = ["name", "sha256", "created_by__username", "created_by__name"]
    search_help_text = "文件名、SHA-256 或上传人"
    date_hierarchy = "created_at"
    fields = [
        "name", "purpose", "content_type", "size", "sha256", "kind", "created_by", "created_at",
    ]  # fmt: skip

    @admin.display(description="事项类型", ordering="case_type")
    def kind(self, document):
        return document.case_type.name if document.case_type else "—"
