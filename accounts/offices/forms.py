"""What the pages 单位与人员 and 管理员 ask for."""

import datetime as dt
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Duty, User
from accounts.offices.duties.services import WHAT
from policy.models import PolicyVersion
from reviews.models import Office, OfficeMember
from reviews.permissions import gives_in, kinds_kept_by
from reviews.stand_ins import candidates_for
from ui.fields import DateField, PhoneField
from ui.figures import bare_phone
from ui.filters import WordsFilter
from ui.forms import SectionsMixin
from ui.words import found_by, in_columns

Role = OfficeMember.Role

INVITED = "对方会收到短信；用这个手机号登录后，在“我的邀请”中接受。邀请 {} 天内有效。"
STAND_IN_ENDS = "含当日，最长 {} 天，到期自动结束。"


class OfficeFilter(django_filters.FilterSet):
    """By kind, by whether it is in use, by words."""

    kind = django_filters.ChoiceFilter(label="类别", choices=Office.Kind.choices, empty_label="全部")
    use = django_filters.ChoiceFilter(
        label="状态", method="by_use", choices=(("on", "在用"), ("off", "已停用")), empty_label="全部"
    )
    q = WordsFilter(label="单位、区或人员", method="by_words", longest=100)

    class Meta:
        model = Office
        fields = ("kind", "use", "q")

    def __init__(self, *args: Any, leads: set[str], **kwargs: Any) -> None:
        """leads: the kinds of offices whose 负责人 the person is."""
        super().__init__(*args, **kwargs)
        kept = kinds_kept_by(leads)
        self.filters["kind"].field.choices = [pair for pair in Office.Kind.choices if pair[0] in kept]

    def by_use(self, offices: QuerySet[Office], _name: str, value: str) -> QuerySet[Office]:
        """In use or not."""
        return offices.filter(is_active=value == "on")

    def by_words(self, offices: QuerySet[Office], _name: str, words: str) -> QuerySet[Office]:
        """Each word stands in the name of the office, of its district or of somebody there."""
        return offices.filter(found_by(words, self.named))

    @staticmethod
    def named(word: str) -> Q:
        """The offices of which one name holds the word."""
        people = OfficeMember.objects.standing().filter(in_columns(word, "user__name", "user__username"))
        return in_columns(word, "name", "district__name") | Q(pk__in=people.values("office"))


class RoleForm(SectionsMixin, forms.Form):
    """A role at an office, and whether an expert is a financial one."""

    sections: ClassVar[dict[str, list[str]]] = {}
    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect)
    is_financial = forms.BooleanField(label="财务专家", required=False, help_text="每个专家组至少要有一名财务专家。")

    def __init__(self, *args: Any, office: Office, leads: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = gives_in(leads, office.kind)
        self.fields["role"].choices = [pair for pair in Role.choices if pair[0] in given]
        if office.kind != Office.Kind.EXPERT:
            del self.fields["is_financial"]

    @property
    def said(self) -> dict[str, Any]:
        """What the services take."""
        return {"role": self.cleaned_data["role"], "is_financial": self.cleaned_data.get("is_financial", False)}


class OfficeInviteForm(RoleForm):
    """A phone number is invited; never the own one."""

    phone = PhoneField(label="手机号")
    field_order = ("phone", "role", "is_financial")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["phone"].help_text = INVITED.format(PolicyVersion.objects.remembered().invitation_days)
        self.fields["role"].initial = Role.REVIEWER

    def clean_phone(self) -> str:
        """Nobody invites himself."""
        phone: str = self.cleaned_data["phone"]
        if phone == self.by.phone:
            raise forms.ValidationError("不能邀请自己，请填写对方的手机号。")
        return phone


class StandInForm(SectionsMixin, forms.Form):
    """Who stands in for a place, from which day to which."""

    sections: ClassVar[dict[str, list[str]]] = {}
    person = forms.ModelChoiceField(
        label="代理人",
        queryset=OfficeMember.objects.none(),
        empty_label="请选择",
        help_text="其他同类单位在岗的人员。代理人只办理审核事项，不管理人员。",
    )
    starts_on = DateField(label="开始日期", back=1, ahead=1)
    ends_on = DateField(label="结束日期", back=1, ahead=2, help_text="含当日，到期自动结束。")

    def __init__(self, *args: Any, place: OfficeMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = candidates_for(place)
        field.label_from_instance = lambda member: f"{member.user}（{member.office}）"
        self.fields["starts_on"].initial = timezone.localdate()
        self.fields["ends_on"].initial = timezone.localdate() + dt.timedelta(days=6)
        self.fields["ends_on"].help_text = STAND_IN_ENDS.format(PolicyVersion.objects.remembered().stand_in_days)


class DutyForm(SectionsMixin, forms.Form):
    """Which account is given which duty."""

    sections: ClassVar[dict[str, list[str]]] = {}
    account = forms.CharField(label="用户名或手机号", max_length=60)
    duty = forms.ChoiceField(label="管理职责", widget=forms.RadioSelect)

    def __init__(self, *args: Any, given: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(duty.value, f"{duty.label}：{WHAT[duty]}") for duty in Duty if duty in given]
        self.fields["duty"].choices = pairs

    def clean_account(self) -> User:
        """The account of that very user name or phone number."""
        words = self.cleaned_data["account"].strip()
        user = User.objects.filter(Q(username=words) | Q(phone=bare_phone(words)), is_active=True).first()
        if user is None:
            raise forms.ValidationError("没有找到在用的帐号，请核对用户名或手机号；对方需要先注册。")
        return user
