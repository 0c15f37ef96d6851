"""Forms of groups: which cases and how many experts, whom to ask, an answer, words in a row."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from policy.working_days import add_working_days
from reviews.experts.pool import free_for
from reviews.forms import WORDS as LONGEST
from reviews.forms import WordForm, expert_label
from reviews.models import ExpertWord, OfficeMember, Specialty, Turn
from reviews.panel import LEAST_EXPERTS
from reviews.panels.services import DAYS
from reviews.querysets import OfficeMemberQuerySet
from ui.fields import DateField, TitleField
from ui.forms import SectionsMixin, needed_with
from ui.widgets import Lines

REPLY_DAYS = 3  # working days that an invitation is open, as it is offered
HEAR_DAYS = 10  # working days that experts may have for their words, however near the promised day is
WORDS = 300  # characters


class ProposalForm(SectionsMixin, forms.Form):
    """How large the group shall be, and what its experts shall know."""

    sizes = tuple(range(LEAST_EXPERTS, 10, 2))
    size = forms.TypedChoiceField(label="专家人数", coerce=int, choices=[(n, f"{n} 人") for n in sizes], initial=5)
    specialties = forms.MultipleChoiceField(
        label="领域", required=False, choices=Specialty.choices, widget=forms.CheckboxSelectMultiple
    )


class GroupForm(SectionsMixin, forms.Form):
    """Whom the office asks, and until when."""

    sections: ClassVar[dict[str, list[str]]] = {"评审组": ["name", "reply_by", "due_on"], "专家": ["experts"]}
    name = TitleField(label="评审组名称", max_length=60)
    reply_by = DateField(label="答复期限", help_text="请专家在这一天前答复是否参加")
    due_on = DateField(label="提交意见期限", help_text="请专家在这一天前提交全部意见")
    experts = forms.ModelMultipleChoiceField(
        label="专家",
        queryset=OfficeMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="已勾选系统提名的专家，可以调整；与其中任何一个事项有利害关系的人不在名单中。",
    )

    def __init__(self, *args: Any, turns: Sequence[Turn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["experts"]
        field.queryset = free_for(turns)
        field.label_from_instance = known_label
        self.last, first = last_day(turns), first_promised(turns)
        days = self.fields["due_on"]
        days.help_text = (
            f"请专家在这一天前提交全部意见；最迟 {self.last:%Y-%m-%d}，最早的承诺办结日期是 {first:%Y-%m-%d}"
        )
        for name in ("reply_by", "due_on"):
            self.fields[name].widget.limits = lambda: (timezone.localdate(), self.last)

    def clean(self) -> dict[str, Any]:
        """The days stand in their order."""
        data = super().clean() or {}
        reply_by, due_on = data.get("reply_by"), data.get("due_on")
        if reply_by and due_on and not timezone.localdate() <= reply_by <= due_on:
            self.add_error("reply_by", DAYS[1])
        if due_on and due_on > self.last:
            self.add_error("due_on", f"选中的事项应当按承诺办结，提交意见期限最迟 {self.last:%Y-%m-%d}，请改早。")
        return data


def known_label(member: OfficeMember) -> str:
    """The expert with what decides whether he fits: 财务, fields, employer."""
    profile = getattr(member.user, "expert_profile", None)
    known = f" · {profile.specialty_words} · {profile.employer}" if profile else " · 未填写资料"
    return f"{expert_label(member)}{known}"


def first_days(turns: Sequence[Turn]) -> dict[str, dt.date]:
    """The days that are offered: some working days to answer, and the first promised day of the cases, if that comes later."""
    reply_by = add_working_days(timezone.localdate(), REPLY_DAYS)
    return {"reply_by": reply_by, "due_on": max([reply_by, first_promised(turns)])}


def first_promised(turns: Sequence[Turn]) -> dt.date:
    """The first promised day of the cases."""
    return min(turn.due_on for turn in turns)


def last_day(turns: Sequence[Turn]) -> dt.date:
    """Until when experts may speak: the first promised day, but for as many working days as they need at least."""
    return max(first_promised(turns), add_working_days(timezone.localdate(), HEAR_DAYS))


class MemberForm(SectionsMixin, forms.Form):
    """Somebody else in the place of an expert."""

    expert = forms.ModelChoiceField(label="改请", queryset=OfficeMember.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, free: OfficeMemberQuerySet, **kwargs: Any) -> None:
        """free: who may be asked, as `free_for` tells."""
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = free
        self.fields["expert"].label_from_instance = known_label


class AnswerForm(SectionsMixin, forms.Form):
    """Why an expert does not come, or leaves."""

    words = forms.CharField(
        label="说明", required=False, max_length=WORDS, widget=Lines(2), help_text="组建单位会看到；不参加的必填。"
    )


class RowWordForm(WordForm):
    """An expert's word in one row of many; a row in which nothing is chosen or typed is left for later."""

    word = forms.ChoiceField(label="评审意见", choices=[("", "请选择"), *ExpertWord.choices])
    text = forms.CharField(label="说明", required=False, max_length=LONGEST, widget=Lines(1))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        for name in ("amount", "text", *self.rated):
            self.fields[name].help_text = ""
        needed_with(self.fields["amount"], self.add_prefix("word"), ExpertWord.CUT)
        needed_with(self.fields["text"], self.add_prefix("word"), ExpertWord.CUT, ExpertWord.REFUSE)
