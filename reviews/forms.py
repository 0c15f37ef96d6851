"""What reviewers and experts say."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django import forms

from policy.arithmetic import yuan
from policy.rubric import MOST_POINTS, Criterion
from records.kinds import kind_for
from records.rules import RuleBroken
from records.steps import arrow_of
from reviews.experts.pool import free_for
from reviews.kinds import kind_of_review
from reviews.marking import MarksMixin
from reviews.models import APPEAL, ExpertWord, Office, OfficeMember, ReviewedCase, Turn, Verdict
from reviews.panel import LEAST_EXPERTS, NEEDS_GROUNDS, refusal_of_cut
from reviews.phrases.filling import open_fields
from reviews.rating import NEEDS_POINTS
from reviews.services import NEEDS_CUT_WORDS, NEEDS_REASON, NEEDS_WORDS
from ui.fields import CountField, MoneyField
from ui.forms import SectionsMixin, needed_with
from ui.sayings import rename
from ui.widgets import Lines

WORDS = 1000  # characters
CHOICES = {
    Verdict.PASS: "通过",
    Verdict.RETURN: "退回修改（申请单位可修改后重新提交）",
    Verdict.REJECT: "不通过（本次申请结束）",
}
ORDER = (Verdict.PASS, Verdict.RETURN, Verdict.FORM_RETURN, Verdict.REJECT)  # as the keys 1, 2, 2 and 3 choose them

AT_APPEAL = {
    Verdict.PASS: "复核通过（撤销原决定，继续办理）",
    Verdict.REJECT: "维持原决定（本次申请结束，不再复核）",
}
UPHELD_NEEDS = {"text": "维持原决定时必须填写审核意见，写明理由。", "reason": "维持原决定时必须选择原因。"}
NEEDS = {"text": NEEDS_WORDS[1], "reason": NEEDS_REASON[1]}  # field → what is said where it is left empty


def verdicts_for(case: ReviewedCase) -> list[tuple[str, str]]:
    """The verdicts whose arrow leaves the case's present state and whose conditions hold now."""
    holds = cache(lambda condition: condition(case))
    words = AT_APPEAL if case.state == APPEAL else CHOICES | dict(kind_for(case).verdicts)
    arrows = [(verdict, words.get(verdict, verdict.label), arrow_of(case, verdict.value)) for verdict in ORDER]
    return [(verdict.value, label) for verdict, label, arrow in arrows if arrow and all(map(holds, arrow.conditions))]


class OpinionForm(MarksMixin, SectionsMixin, forms.Form):
    """One reviewer's word on one turn; `limit` is the amount in yuan that he may lower, or None."""

    sections: ClassVar[dict[str, list[str]]] = {}
    verdict = forms.ChoiceField(label="审核结果", widget=forms.RadioSelect)
    amount = MoneyField(label="核定金额", required=False)
    reason = forms.ChoiceField(label="不通过的原因", required=False, help_text="审核结果为“不通过”时必填。")
    corrections = forms.MultipleChoiceField(  # type: ignore[assignment]
        label="需要修改的内容", required=False, widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="已逐项核对，仍然通过", required=False)
    text = forms.CharField(
        label="审核意见",
        required=False,
        max_length=WORDS,
        widget=Lines(5),
        help_text="退回、不通过或核减金额时必填：写明哪里不符合、怎样修改，或为什么核减。申请单位会看到。",
    )

    def __init__(
        self,
        *args: Any,
        case: ReviewedCase,
        corrections: list[tuple[str, str]],
        limit: Decimal | None = None,
        grave: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """corrections: (name, label) of what a return may name; grave: what the checks have found wrong, asked about once."""
        super().__init__(*args, **kwargs)
        needed_with(self.fields["sure"], "verdict", Verdict.PASS)
        self.fields["sure"].help_text = f"核对不通过：{'；'.join(grave)}"
        needed_with(self.fields["reason"], "verdict", Verdict.REJECT)
        needed_with(self.fields["text"], "verdict", Verdict.RETURN, Verdict.REJECT)
        self.limit, self.asked = limit, getattr(case, "asked_amount", Decimal(0))
        self.needs, self.grave = NEEDS, list(grave)
        self.fields["verdict"].choices = verdicts_for(case)
        self.fields["reason"].choices = [
            ("", "请选择"),
            *((reason.value, reason.label) for reason in kind_of_review(case).reasons),
        ]
        if case.state == APPEAL:
            self.speak_of_appeal()
        values = [value for value, _ in self.fields["verdict"].choices]
        self.keep_field("corrections", when=Verdict.RETURN in values)
        self.keep_field("reason", when=Verdict.REJECT in values)
        self.keep_field("sure", when=bool(grave) and Verdict.PASS in values)
        self.keep_field("amount", when=limit is not None and Verdict.PASS in values)
        if "corrections" in self.fields:
            self.offer_marks(corrections)
        if "amount" in self.fields and limit is not None:
            self.fields["amount"].help_text = f"不填即按 {yuan(limit)}核定；可以核减，不能增加。"

    def speak_of_appeal(self) -> None:
        """In the words of a decision that is looked at once more."""
        self.needs = UPHELD_NEEDS
        rename(self.fields["reason"], "维持原决定的原因")
        self.fields["reason"].help_text = "审核结果为“维持原决定”时必填。"
        self.fields["text"].help_text = "维持原决定或核减金额时必填：写明理由。申请单位会看到。"

    def keep_field(self, name: str, *, when: bool) -> None:
        """Ask only for what the verdicts at hand need."""
        if not when:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What each verdict needs: words, a reason, an amount within the limit."""
        data = super().clean() or {}
        self.take_marks(data)
        verdict = data.get("verdict")
        if verdict and verdict != Verdict.PASS and not data.get("text", "").strip():
            self.add_error("text", self.needs["text"])
        if verdict == Verdict.REJECT and not data.get("reason"):
            self.add_error("reason", self.needs["reason"])
        if verdict == Verdict.PASS and "sure" in self.fields and not data.get("sure"):
            self.add_error(
                "sure", f"核对里有不通过的内容（{'；'.join(self.grave)}），仍要通过的请勾选“已逐项核对，仍然通过”。"
            )
        if gaps := open_fields(data.get("text", "")):
            self.add_error("text", f"意见里的“{gaps[0]}”还没有写上，请写上或者删去。")
        amount = data.get("amount")
        if amount is not None and self.limit is not None and amount > self.limit:
            self.add_error("amount", f"核定金额不能超过 {yuan(self.limit)}，请改小，或不填。")
        elif verdict == Verdict.PASS and self.is_cut(amount) and not data.get("text", "").strip():
            self.add_error("text", NEEDS_CUT_WORDS[1])
        return data

    def is_cut(self, amount: Decimal | None) -> bool:
        """Whether less than what was asked for is granted, by this word or by the experts before it."""
        return self.limit is not None and (amount or self.limit) < self.asked

    @property
    def said(self) -> dict[str, Any]:
        """What `give_opinion` takes; an amount only where the case passes."""
        names = ("verdict", "text", "reason", "corrections", "amount")
        said = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        if said["verdict"] != Verdict.PASS:
            said.pop("amount", None)
        return said | self.rows_said(said.get("corrections", ()))


class TransferForm(SectionsMixin, forms.Form):
    """转办 to the office of another district."""

    sections: ClassVar[dict[str, list[str]]] = {}
    office = forms.ModelChoiceField(label="转给", queryset=Office.objects.none(), empty_label="请选择")
    words = forms.CharField(
        label="转办理由", max_length=WORDS, widget=Lines(3), help_text="申请单位和接收单位都会看到。"
    )

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Office.objects.filter(kind=Office.Kind.DISTRICT, is_active=True).exclude(pk=turn.office_id)
        self.fields["office"].queryset = others.order_by("district__order")


class PanelForm(SectionsMixin, forms.Form):
    """The body chooses the experts of a group."""

    sections: ClassVar[dict[str, list[str]]] = {}
    experts = forms.ModelMultipleChoiceField(
        label="专家",
        queryset=OfficeMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=f"不少于 {LEAST_EXPERTS} 人的单数，至少一名财务专家；已排除申请单位的成员和审核过本事项的人。",
    )

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["experts"]
        field.queryset = free_for([turn])
        field.label_from_instance = expert_label


class ReplaceForm(SectionsMixin, forms.Form):
    """One expert for a place that 回避 has left open."""

    sections: ClassVar[dict[str, list[str]]] = {}
    expert = forms.ModelChoiceField(label="补选专家", queryset=OfficeMember.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["expert"]
        field.queryset = free_for([turn])
        field.label_from_instance = expert_label


def expert_label(member: OfficeMember) -> str:
    """The expert's name, and whether he is the financial one."""
    return f"{member.user}（财务专家）" if member.is_financial else str(member.user)


def reason_in(form: forms.Form) -> str:
    """What stands in `words`, "" for nothing; RuleBroken where something was typed that is refused: no reason is dropped in silence."""
    if form.is_valid():
        return str(form.cleaned_data.get("words", ""))
    if "words" in form.errors and form.data.get("words", "").strip():
        raise RuleBroken("R-WORDS", str(form.errors["words"][0]))
    return ""


class WordForm(SectionsMixin, forms.Form):
    """An expert's sealed word."""

    sections: ClassVar[dict[str, list[str]]] = {}
    word = forms.ChoiceField(label="评审意见", choices=ExpertWord.choices, widget=forms.RadioSelect)
    amount = MoneyField(label="建议金额", required=False)
    text = forms.CharField(
        label="说明", required=False, max_length=WORDS, widget=Lines(5), help_text="核减或不同意时必填，写明理由。"
    )

    def __init__(self, *args: Any, asked: Decimal, criteria: Sequence[Criterion] = (), **kwargs: Any) -> None:
        """asked: yuan. criteria: what is rated besides, by the case's policy."""
        super().__init__(*args, **kwargs)
        self.asked = asked
        points = {f"points_{number}": points_field(one) for number, one in enumerate(criteria, start=1)}
        self.fields = self.fields.__class__({"word": self.fields.pop("word"), **points, **self.fields})
        self.rated = list(points)
        needed_with(self.fields["amount"], "word", ExpertWord.CUT)
        needed_with(self.fields["text"], "word", ExpertWord.CUT, ExpertWord.REFUSE)
        self.fields["amount"].help_text = f"只在核减时填写，应小于申请兑现金额 {yuan(asked)}。"

    def clean(self) -> dict[str, Any]:
        """A cut names a smaller amount; a cut or a refusal says why."""
        data = super().clean() or {}
        word, amount = data.get("word"), data.get("amount")
        if word and word != ExpertWord.AGREE and not data.get("text", "").strip():
            self.add_error("text", NEEDS_GROUNDS[1])
        said = "amount" in self.errors  # by the field itself: one sentence for one box
        if word == ExpertWord.CUT and not said and (amount is None or amount >= self.asked):
            self.add_error("amount", refusal_of_cut(self.asked)[1])
        return data

    @property
    def rated_fields(self) -> list[forms.BoundField]:
        """The boxes for points."""
        return [self[name] for name in self.rated]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The boxes that every word has."""
        return [self[name] for name in ("word", "amount", "text")]

    @property
    def said(self) -> dict[str, Any]:
        """What `give_word` takes, of a form that is valid."""
        data = self.cleaned_data
        return {"points": [data[name] for name in self.rated]} | {key: data[key] for key in ("word", "amount", "text")}


def points_field(criterion: Criterion) -> CountField:
    """The box for the points of one criterion."""
    kept = CountField(label=criterion.label, min_value=0, max_value=MOST_POINTS)
    kept.help_text = f"0 至 {MOST_POINTS} 分"
    kept.error_messages |= dict.fromkeys(("required", "invalid", "min_value", "max_value"), NEEDS_POINTS[1])
    return kept
