"""To whom a turn is handed, and until when it is put aside."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from policy.models import PolicyVersion
from policy.working_days import add_working_days
from records.people import Person
from reviews.claims.pages import Load
from reviews.claims.sharing import hands_of, to_share
from reviews.lists.choices import case_types
from reviews.models import District, Office, OfficeMember, Turn
from reviews.offices import hands_for
from ui.fields import CountField, DateField
from ui.forms import SectionsMixin
from ui.widgets import Lines

WORDS = 300  # characters
AT_ONCE = 100  # turns of one 分派
NOBODY_ELSE = (
    "本单位现在没有其他可以办理本环节的在岗同事，不能交给同事。您可以返回后放开或者搁置这个事项；"
    "需要增加人员的，请联系市科技局或科服网平台的负责人。"
)
NONE_FOUND = "没有符合条件的事项，请改选分派哪些，或放宽条件。"


class HandOverForm(SectionsMixin, forms.Form):
    """To which colleague, with which words."""

    sections: ClassVar[dict[str, list[str]]] = {}
    place = forms.ModelChoiceField(
        label="交给",
        queryset=OfficeMember.objects.none(),
        empty_label="请选择",
        help_text="本单位在岗、可以办理本环节的同事。",
    )
    note = forms.CharField(
        label="说明",
        max_length=WORDS,
        widget=Lines(3),
        help_text="他会在消息里和事项页面的上方看到；申请单位看不到。",
    )

    def __init__(self, *args: Any, turn: Turn, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        field.queryset = hands_for(turn, turn.case).exclude(user=by)
        field.label_from_instance = lambda place: str(place.user)

    @property
    def obstacle(self) -> str:
        """Why the act cannot be done at all, and what can; "" where there is a colleague."""
        return "" if self.fields["place"].queryset.exists() else NOBODY_ELSE


class AsideForm(SectionsMixin, forms.Form):
    """Until which day, and what it waits for."""

    sections: ClassVar[dict[str, list[str]]] = {}
    until = DateField(label="搁置至", back=1, ahead=2)
    words = forms.CharField(
        label="在等什么", max_length=WORDS, widget=Lines(3), help_text="同事会看到；申请单位看不到。承诺办结日期不变。"
    )

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turn, field = turn, self.fields["until"]
        today, most = timezone.localdate(), PolicyVersion.objects.remembered().aside_days
        first, last = add_working_days(today, 1), add_working_days(today, most)
        field.initial, field.widget.limits = first, lambda: (first, last)
        field.help_text = (
            f"工作日，{first:%Y-%m-%d} 至 {last:%Y-%m-%d}；到这一天自动回到待办。"
            f"承诺办结日期是 {turn.due_on:%Y-%m-%d}，搁置到更晚的日期，办结时会超期。"
        )

    @property
    def warning(self) -> str:
        """That the chosen day, of a valid form, lies behind the promised one; "" where it does not."""
        due_on = self.turn.due_on
        if self.cleaned_data["until"] <= due_on:
            return ""
        return f"请注意：承诺办结日期 {due_on:%Y-%m-%d} 早于这一天，请在此之前取消搁置并办结，否则超期。"


BY_DISTRICT = "district"
RULES = (("", "逐件给名下最少的人"), (BY_DISTRICT, "按区：同一个区的给同一个人"))


class ShareForm(SectionsMixin, forms.Form):
    """Which turns of an office go to whom: the oldest that nobody has, or all that one person has."""

    sections: ClassVar[dict[str, list[str]]] = {}
    source = forms.ChoiceField(label="分派哪些")
    count = CountField(
        label="件数",
        required=False,
        min_value=1,
        max_value=AT_ONCE,
        help_text=f"从最早到达的起；不填为全部，一次最多 {AT_ONCE} 件。",
    )
    kind = forms.TypedChoiceField(label="只分派这类事项", required=False, coerce=int, empty_value=None)
    district = forms.ModelChoiceField(
        label="只分派这个区提交的", queryset=District.objects.all(), required=False, empty_label="全部"
    )
    rule = forms.ChoiceField(label="怎样分", choices=RULES, required=False)
    to = forms.ModelMultipleChoiceField(
        label="分给",
        queryset=OfficeMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="选一位即全部给他；选几位即平均分配，名下少的先得。不能办理该事项的人不会分到。",
    )

    def __init__(self, *args: Any, office: Office, loads: Sequence[Load], free: int, **kwargs: Any) -> None:
        """loads: who has what (`loads_of`); free: how many turns nobody has."""
        super().__init__(*args, **kwargs)
        self.office, self.people = office, {load.person.pk: load.person for load in loads}
        having = [(str(load.person.pk), f"{load.person}名下的 {load.total} 件") for load in loads if load.total]
        self.fields["source"].choices = [("", f"没有人认领的 {free} 件"), *having]
        self.fields["source"].required = False
        self.fields["kind"].choices = [("", "全部"), *case_types()]
        self.fields["to"].queryset = hands_of(office)
        self.fields["to"].label_from_instance = lambda place: str(place.user)
        if office.kind == Office.Kind.DISTRICT:
            del self.fields["district"], self.fields["rule"]

    def chosen(self) -> list[Turn]:
        """The turns that the valid form names, the oldest first."""
        data = self.cleaned_data
        person = self.people[int(data["source"])] if data["source"] else None
        turns = to_share(self.office, of=person, kind=data["kind"], district=data.get("district"))
        return list(turns[: data["count"] or AT_ONCE])

    @property
    def how(self) -> dict[str, bool]:
        """By which rule the people get them, as `share_out` takes it."""
        return {"by_district": self.cleaned_data.get("rule") == BY_DISTRICT}

    def clean(self) -> dict[str, Any]:
        """At least one turn has to be there."""
        data = super().clean() or {}
        if not self.errors and not self.chosen():
            raise forms.ValidationError(NONE_FOUND)
        return data
