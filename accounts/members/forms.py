"""What is asked of those who join a unit, admit, invite and hand over."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import UnitMember
from accounts.uscc import UsccField
from policy.models import PolicyVersion
from ui.fields import PhoneField
from ui.forms import SectionsMixin
from ui.widgets import Lines

Role = UnitMember.Role
INVITED = "对方会收到短信，用这个手机号登录并验证后，在【我的邀请】中接受；{} 天内有效。"
ROLES = (
    (Role.HANDLER, "经办人：可以办理全部事项"),
    (Role.READER, "只读：可以查看全部事项和材料，不能办理"),
    (Role.ADMIN, "管理员：可以办理全部事项，并邀请和管理成员"),
)
WORDS = 300  # characters
LINES = Lines(3)


class JoinForm(SectionsMixin, forms.Form):
    """申请加入单位: the code as the person knows it, and words by which the administrator knows him."""

    uscc = UsccField(admit_checksum=True)  # such units exist
    words = forms.CharField(
        label="说明",
        min_length=4,
        max_length=WORDS,
        widget=LINES,
        help_text="写明您的部门、岗位和工作电话，让单位管理员能确认您是本单位人员。",
    )


class CodeForm(SectionsMixin, forms.Form):
    """添加单位 begins with the code."""

    uscc = UsccField(admit_checksum=True)  # 安全认证 itself asks about a wrong check digit


class AdmitForm(SectionsMixin, forms.Form):
    """同意加入: with which role; 科服网 writes its proof, and makes an administrator only where there is none."""

    role = forms.ChoiceField(label="角色", choices=ROLES, initial=Role.HANDLER, widget=forms.RadioSelect)
    words = forms.CharField(label="答复（可不填）", max_length=WORDS, required=False, widget=LINES)

    def __init__(self, *args: Any, own: bool, orphan: bool, **kwargs: Any) -> None:
        """own: an administrator of the unit answers. orphan: the unit has none."""
        super().__init__(*args, **kwargs)
        if not own:
            role: Any = self.fields["role"]
            role.choices = ROLES if orphan else ROLES[:2]
            words = self.fields["words"]
            words.label, words.required = "核实依据", True
            words.help_text = "例如“已收到单位盖章的授权书”。申请人和单位管理员会在消息里看到。"
            words.error_messages["required"] = "请写明核实的依据。"


class DeclineForm(SectionsMixin, forms.Form):
    """不同意: why."""

    reply = forms.CharField(label="不同意的原因", max_length=WORDS, widget=LINES, help_text="申请人会在消息里看到。")


class RoleForm(SectionsMixin, forms.Form):
    """A member's role; was: the one on screen."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    was = forms.ChoiceField(choices=Role.choices, required=False, widget=forms.HiddenInput)


class InviteForm(SectionsMixin, forms.Form):
    """邀请成员: a phone number and a role; whether the number has an account is nobody's business here."""

    phone = PhoneField(label="手机号")
    role = forms.ChoiceField(label="角色", choices=ROLES, initial=Role.HANDLER, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = INVITED.format(PolicyVersion.objects.remembered().invitation_days)


class HandOverForm(SectionsMixin, forms.Form):
    """移交管理员: to whom."""

    to = forms.ModelChoiceField(UnitMember.objects.none(), label="接任的管理员", empty_label="请选择")

    def __init__(self, *args: Any, members: QuerySet[UnitMember], **kwargs: Any) -> None:
        """members: those who may take over."""
        super().__init__(*args, **kwargs)
        self.fields["to"] = NamedChoice(members, label="接任的管理员", empty_label="请选择")


class NamedChoice(forms.ModelChoiceField):
    """Members by name and role."""

    default_error_messages = {"required": "请选择接任的管理员。", "invalid_choice": "请选择本单位现在的成员。"}

    def label_from_instance(self, obj: UnitMember) -> str:
        """The person and his role."""
        return f"{obj.user}（{obj.get_role_display()}）"
