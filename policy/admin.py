"""政策版本 and 工作日历 for the municipal administrators."""

from typing import Any

from django.contrib import admin, messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse

from policy.models import CalendarDay, PolicyVersion
from policy.reach import calendar_gap

NO_DAYS = (
    "还没有单独登记的日期：工作日按已公布的放假和调休安排计算，没有公布的年份按法定节假日计算。遇到调整时在这里增加。"
)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(admin.ModelAdmin):
    """A version can be written until it holds; from then on it is read, and the next one starts from it."""

    list_display = ["name", "effective_from", "standing", "published", "ratio", "annual_cap", "minimum"]
    list_filter = ["published"]
    search_fields = ["name"]
    date_hierarchy = "effective_from"
    fieldsets = [
        (None, {"fields": ["name", "effective_from", "published"]}),
        (
            "补贴金额",
            {"fields": ["ratio", "annual_cap", "minimum", "rounding", "amount_base", "jjj_shares_cap"]},
        ),
        (
            "受理时间",
            {
                "description": "每年的受理时间，不填为全年受理。",
                "fields": [("apply_open", "apply_close"), ("redeem_open", "redeem_close")],
            },
        ),
        (
            "创新券期限与兑现条件",
            {
                "fields": [
                    ("use_months", "redeem_months"),
                    ("voucher_reminder_days", "voucher_last_reminder_days", "voucher_task_days"),
                    "contract_date_rule",
                    "full_payment_required",
                ]
            },
        ),
        (
            "补正、上传与申请复核期限",
            {
                "fields": [
                    ("correction_days", "reminder_day"),
                    ("form_deadline_days", "form_reminder_days"),
                    "appeal_days",
                ]
            },
        ),
        (
            "承诺时限",
            {
                "description": "向申请单位公示的每个环节的办理时限。",
                "fields": [
                    ("promised_district", "promised_body"),
                    ("promised_formal", "promised_experts"),
                    "promised_appeal",
                    ("promised_certification", "promised_admission"),
                ],
            },
        ),
        (
            "单位认证与服务机构入驻",
            {
                "description": "从生效日期起适用于所有单位和服务机构；已经提交的认证和入驻保持原来的承诺时限。",
                "fields": [
                    ("licence_reminder_days", "licence_last_reminder_days"),
                    ("admission_months", "renewal_days"),
                    ("admission_reminder_days", "admission_last_reminder_days"),
                ],
            },
        ),
        (
            "单位成员、邀请与代理",
            {
                "description": "从生效日期起适用；已经发出的邀请和加入申请保持原来的期限。",
                "fields": [
                    ("join_reply_days", "join_wait_days"),
                    ("join_most_open", "invitations_most_open"),
                    ("invitation_days", "stand_in_days"),
                ],
            },
        ),
        (
            "订单与产品",
            {
                "description": "从生效日期起适用。",
                "fields": [("repeat_minutes", "wanted_days"), "inquiries_most_open"],
            },
        ),
        (
            "审核工作台",
            {
                "description": "从生效日期起适用于所有审核单位。",
                "fields": [
                    ("lease_minutes", "aside_days", "share_most"),
                    ("rest_seconds", "second_amount"),
                    ("due_reminder_days", "unopened_days"),
                ],
            },
        ),
        ("创新券申请的核对", {"description": "适用于从生效日期起首次提交的申请。", "fields": ["similar_months"]}),
        (
            "询问与更正建议",
            {"description": "从生效日期起适用；已经提出的保持原来的期限。", "fields": ["question_days"]},
        ),
        ("专家评审", {"description": "适用于从生效日期起首次提交的事项。", "fields": ["rubric"]}),
        ("诚信承诺", {"fields": ["pledge_version", "pledge_text"]}),
    ]

    @admin.display(description="状态")
    def standing(self, policy: PolicyVersion) -> str:
        """Say how this version stands today."""
        if not policy.published:
            return "草稿"
        if not policy.is_in_force:
            return "待生效"
        return "现行" if policy == PolicyVersion.objects.in_force() else "已被替代"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start a new version from the one in force, so that only what changes is typed."""
        current = model_to_dict(PolicyVersion.objects.in_force(), exclude=["id", "name", "effective_from", "published"])
        return current | super().get_changeform_initial_data(request)

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _holds(obj)

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _holds(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Versions are deleted one by one, so that each is asked whether it holds."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


def _holds(policy: PolicyVersion | None) -> bool:
    return policy is not None and policy.is_in_force


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    """Days that the package does not know yet, or knows wrongly."""

    list_display = ["date", "is_working", "note"]
    list_filter = ["is_working"]
    date_hierarchy = "date"
    search_fields = ["note"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say above the days which year is missing, while a deadline can reach it."""
        if request.method == "GET" and (gap := calendar_gap()):
            messages.warning(request, gap)
        page = super().changelist_view(request, extra_context)
        shown = getattr(page, "context_data", {}).get("cl")
        if shown is not None and not (shown.result_count or shown.query or shown.has_active_filters):
            messages.info(request, NO_DAYS)
        return page
