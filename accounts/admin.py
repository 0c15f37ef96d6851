"""Users and the people of units, to be kept; certifications, to be read."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm

from accounts.adapter import RESERVED
from accounts.models import Consent, Unit, UnitMember, User
from records.admin import CaseAdmin, ReadOnlyInline
from ui.fields import NameField, PhoneField


class UserCreationForm(AdminUserCreationForm):
    """A new user with name and phone number."""

    name = NameField(label="姓名", max_length=60)
    phone = PhoneField(label="手机号", required=False, empty_value=None)

    def clean_username(self):
        username = super().clean_username()
        if username and RESERVED.fullmatch(username):
            self.add_error("username", "用户名不能全是数字，请加上字母或汉字。")
        return username


class UserChangeForm(DjangoUserChangeForm):
    """The same rules as in 我的帐号."""

    phone = PhoneField(label="手机号", required=False, empty_value=None)


class ConsentInline(ReadOnlyInline):
    """What the person has agreed to."""

    model = Consent


class UnitMembershipInline(admin.TabularInline):
    """The units that the person acts for."""

    model = UnitMember
    fields = ["unit", "role", "since"]
    autocomplete_fields = ["unit"]
    readonly_fields = ["since"]
    extra = 0


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """用户: an account is put out of use, never deleted, since the trail names it."""

    form = UserChangeForm
    add_form = UserCreationForm
    list_display = ["username", "name", "phone", "units_of", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "offices__kind", "unit_memberships__role"]
    search_fields = ["username", "name", "phone", "email", "units__name"]
    search_help_text = "用户名、姓名、手机号、邮箱或单位"
    ordering = ["-date_joined"]
    inlines = [UnitMembershipInline, ConsentInline]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("个人资料", {"fields": ["name", "phone", "email"]}),
        ("使用与权限", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "name", "phone", "password1", "password2"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("units")

    @admin.display(description="单位")
    def units_of(self, user):
        return "、".join(unit.name for unit in user.units.all()) or "—"

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


class UnitMemberInline(admin.TabularInline):
    """The people of a unit: here the platform admits a colleague or hands the unit over."""

    model = UnitMember
    fields = ["user", "role", "since"]
    autocomplete_fields = ["user"]
    readonly_fields = ["since"]
    extra = 0


@admin.register(Unit)
class UnitAdmin(CaseAdmin):
    """单位: its papers and its state change through 单位认证 alone, its people here."""

    list_display = ["name", "uscc", "kind", "district", "state", "handler_name", "updated_at"]
    list_filter = ["state", "kind", "district"]
    list_select_related = ["district"]
    search_fields = ["name", "uscc", "number", "legal_representative", "handler_name"]
    search_help_text = "单位名称、统一社会信用代码、编号、法定代表人或经办人"
    inlines = [UnitMemberInline]
    fieldsets = [
        ("单位信息", {"fields": ["name", "uscc", "kind", "district", "address", "founded_on", "legal_representative"]}),
        ("认证", {"fields": ["number", "state", "created_at", "updated_at"]}),
        (
            "经营情况",
            {"fields": ["capital", "industry", "honours", "staff_count", "revenue", "research_spend"]},
        ),
        ("经办人", {"fields": ["handler_name", "handler_phone"]}),
    ]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("accounts.change_unit")

    def get_readonly_fields(self, request, obj=None):
        return [name for _, options in self.fieldsets for name in options["fields"]]
