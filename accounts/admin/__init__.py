"""Users, to be kept; units, sign-ins, text messages, invitations, to be read."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from accounts.admin.exports import ListExportAdmin
from accounts.admin.filters import LockedNow, PurposeFilter
from accounts.admin.forms import PasswordForm, UserChangeForm, UserCreationForm
from accounts.login.lockout import unlock
from accounts.models import (
    AccountMail,
    Consent,
    DataExport,
    Invitation,
    ListExport,
    SignInEvent,
    TextMessage,
    Unit,
    UnitMember,
    User,
)
from accounts.models.entrance import PURPOSES
from accounts.offices.deactivation import keeps_accounts, set_active
from accounts.security.second_factor.services import reset_second_factor
from accounts.security.sessions.services import end_sessions
from accounts.staff import is_staff
from records.admin import CaseAdmin, KeptAdmin, ReadOnlyAdmin, ReadOnlyInline
from records.rules import RuleBroken
from records.steps import note
from ui.templatetags.ui import mask_phone

KEEPERS = frozenset({"accounts", "audit"})
IDENTITY = ["username", "phone", "email"]  # by which a person is let in
HOW = "停用、启用、解除登录暂停和重置第二重验证，请在列表中勾选后选择操作；管理职责在“用户中心”的“管理员”页面指定。"


def is_own(user):
    """Whether the account is in somebody's hands: what lets him in is his alone to change, or it could be taken over."""
    return (
        user.last_login is not None or is_staff(user) or Invitation.objects.open_to(user).exclude(office=None).exists()
    )


admin.site.unregister(Group)  # rights follow from duties and places, no row grants them


class ConsentInline(ReadOnlyInline):
    """What the person has agreed to."""

    model = Consent


class UnitMembershipInline(ReadOnlyInline):
    """The units that the person acts for; they are kept by the units themselves."""

    model = UnitMember
    fields = ["unit", "role", "since"]


@admin.register(User)
class UserAdmin(KeptAdmin, DjangoUserAdmin):
    """用户: put out of use, never deleted; a duty is given on the page 管理员, never here."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = PasswordForm
    list_display = ["username", "name", "phone_masked", "units_of", "duty", "is_active", "last_login"]
    list_filter = ["is_active", "duty", "is_superuser", "offices__kind", "unit_memberships__role"]
    search_fields = ["username", "name", "phone", "email", "units__name"]
    search_help_text = "用户名、姓名、手机号、邮箱或单位"
    ordering = ["-pk"]
    inlines = [UnitMembershipInline, ConsentInline]
    actions = ["close", "open", "unlock", "reset_factor"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "name", "phone", "phone_verified_at", "email", "email_verified_at"]}),
        ("使用与职责", {"fields": ["is_active", "duty", "is_superuser"], "description": HOW}),
        ("时间", {"fields": ["date_joined", "last_login", "deletion_asked_at", "deleted_at"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "name", "phone", "password1", "password2"]}),
    ]
    readonly_fields = [
        "phone_verified_at",
        "email_verified_at",
        "is_active",
        "duty",
        "date_joined",
        "last_login",
        "deletion_asked_at",
        "deleted_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("units")

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    def get_readonly_fields(self, request, obj=None):
        """Who may be let in as a member of the staff is not for others to say; only the first set-up makes another."""
        may_raise = request.user.is_superuser and not (obj and obj.duty)
        fixed = [*self.readonly_fields, *([] if may_raise else ["is_superuser"])]
        if obj is None:
            return fixed
        return [*fixed, *(IDENTITY if is_own(obj) else ()), *(["name"] if is_staff(obj) else ())]

    def has_change_permission(self, request, obj=None):
        """The own account is kept in 我的资料."""
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def user_change_password(self, request, id, form_url=""):
        """A password is set for an account that nobody has used yet; its sessions end, and it is written down."""
        user = self.get_object(request, id)
        if user is not None and is_own(user):
            raise PermissionDenied
        before = user.password if user else ""
        response = super().user_change_password(request, id, form_url)
        if user is not None and User.objects.get(pk=user.pk).password != before:
            note(user, "password_set", by=request.user, text="代为设置密码")
            end_sessions(user, "reset")
        return response

    def save_model(self, request, obj, form, change):
        if "phone" in form.changed_data:
            obj.phone_verified_at = None
        if "email" in form.changed_data:
            obj.email_verified_at = None
        super().save_model(request, obj, form, change)
        labels = [str(form.fields[name].label) for name in form.changed_data if name in form.fields]
        if labels and change:
            note(obj, "account_changed", by=request.user, text=f"修改：{'、'.join(labels)}")
        elif not change:
            note(obj, "account_made", by=request.user, text="新建帐号")

    @admin.display(description="手机号", ordering="phone")
    def phone_masked(self, user):
        return mask_phone(user.phone) or "—"

    @admin.display(description="单位")
    def units_of(self, user):
        return "、".join(unit.name for unit in user.units.all()) or "—"

    @admin.action(description="停用帐号", permissions=["keep"])
    def close(self, request, queryset):
        self.each(request, queryset, lambda user: set_active(user, active=False, by=request.user))

    @admin.action(description="启用帐号", permissions=["keep"])
    def open(self, request, queryset):
        self.each(request, queryset, lambda user: set_active(user, active=True, by=request.user))

    @admin.action(description="解除登录暂停", permissions=["keep"])
    def unlock(self, request, queryset):
        self.each(request, queryset, lambda user: unlock(user, by=request.user, request=request))

    @admin.action(description="重置第二重验证", permissions=["keep"])
    def reset_factor(self, request, queryset):
        self.each(request, queryset, lambda user: reset_second_factor(user, by=request.user))

    def has_keep_permission(self, request):
        return keeps_accounts(request.user)

    def each(self, request, users, verb):
        """Apply the verb to each account; those that a rule refuses stay as they are, and are told."""
        done = 0
        for user in users.order_by("pk"):
            try:
                verb(user)
            except RuleBroken as refusal:
                self.message_user(request, f"{user.username}：{refusal.sentence}", messages.WARNING)
            else:
                done += 1
        self.message_user(request, f"已处理 {done} 个帐号。", messages.SUCCESS if done else messages.INFO)


class UnitMemberInline(ReadOnlyInline):
    """The people of a unit; its administrators keep them."""

    model = UnitMember
    fields = ["user", "role", "since"]


@admin.register(Unit)
class UnitAdmin(CaseAdmin):
    """单位: its papers and its state change through 单位认证 alone, its people through the unit."""

    duties = KEEPERS | {"catalog"}  # a provider's page names its unit
    list_display = ["name", "uscc", "kind", "district", "state", "handler_name", "updated_at"]
    list_filter = ["state", "kind", "district", "created_at"]
    list_select_related = ["district"]
    search_fields = ["name", "uscc", "number", "legal_representative", "handler_name"]
    search_help_text = "单位名称、统一社会信用代码、编号、法定代表人或经办人"
    fieldsets = [
        ("单位信息", {"fields": ["name", "uscc", "kind", "district", "address", "founded_on", "legal_representative"]}),
        ("认证", {"fields": ["number", "state", "licence_until", "licence_permanent", "created_at", "updated_at"]}),
        ("代码核验", {"fields": ["code_admitted_at", "code_admitted_by", "code_admitted_words"]}),
        (
            "经营情况",
            {"fields": ["capital", "industry", "honours", "staff_count", "revenue", "research_spend"]},
        ),
        ("经办人", {"fields": ["handler_name", "phone_masked"]}),
    ]

    def get_inlines(self, request, obj):
        return [UnitMemberInline] if request.user.duty in KEEPERS else []

    @admin.display(description="手机")
    def phone_masked(self, unit):
        return mask_phone(unit.handler_phone) or "—"


@admin.register(SignInEvent)
class SignInEventAdmin(ReadOnlyAdmin):
    """登录记录."""

    duties = KEEPERS
    list_display = ["at", "user", "kind", "method", "address", "by"]
    list_filter = [LockedNow, "at", "kind", "method"]
    list_select_related = ["user", "by"]
    search_fields = ["user__username", "user__name", "address"]
    search_help_text = "用户名、姓名或来源地址"
    fields = ["at", "user", "kind", "method", "address", "agent", "by"]


class MaskedPhoneAdmin(ReadOnlyAdmin):
    """Rows that name a phone number: found by the whole of it, shown without its middle."""

    duties = KEEPERS
    search_fields = ["=phone"]
    search_help_text = "完整的手机号"

    @admin.display(description="手机号")
    def phone_masked(self, row):
        return mask_phone(row.phone)


@admin.register(TextMessage)
class TextMessageAdmin(MaskedPhoneAdmin):
    """短信记录: whether they have left; never their words, which may be a code."""

    list_display = ["at", "phone_masked", "what_for", "address", "tries", "sent_at", "problem"]
    list_filter = ["at", PurposeFilter, ("sent_at", admin.EmptyFieldListFilter)]
    fields = ["at", "phone_masked", "what_for", "address", "tries", "sent_at", "receipt", "problem"]

    @admin.display(description="用途", ordering="purpose")
    def what_for(self, row):
        return PURPOSES.get(row.purpose, row.purpose)


@admin.register(AccountMail)
class AccountMailAdmin(ReadOnlyAdmin):
    """帐号邮件: whether they have left; never their words, which may be a code."""

    duties = KEEPERS
    list_display = ["at", "to", "tries", "sent_at", "problem"]
    fields = ["at", "to", "tries", "sent_at", "problem"]
    list_filter = ["at", ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["to"]


@admin.register(Invitation)
class InvitationAdmin(MaskedPhoneAdmin):
    """邀请: who was invited into what, and how it ended."""

    list_display = ["at", "phone_masked", "unit", "office", "by", "expires_at", "accepted_by", "closed_at"]
    list_filter = ["at", ("closed_at", admin.EmptyFieldListFilter), "office__kind"]
    list_select_related = ["unit", "office", "by", "accepted_by"]
    fields = [
        "at",
        "phone_masked",
        "unit",
        "unit_role",
        "office",
        "office_role",
        "is_financial",
        "by",
        "expires_at",
        "accepted_by",
        "closed_at",
    ]


@admin.register(DataExport)
class DataExportAdmin(ReadOnlyAdmin):
    """个人数据导出: that they were made, never what is in them."""

    list_display = ["asked_at", "user", "ready_at", "failed_at", "expires_at", "size"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]
    fields = ["asked_at", "user", "ready_at", "failed_at", "expires_at", "size"]


admin.site.register(ListExport, ListExportAdmin)
